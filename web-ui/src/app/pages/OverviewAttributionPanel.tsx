import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OverviewAttribution, TopContributor } from '../../messages/types.ts';
import { Percent, Value } from '../components/Figures.tsx';
import { LearningLink } from '../components/LearningLink.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { formatCount } from '../format.ts';
import { learningsPath } from '../links.ts';

interface Props {
  readonly attribution: OverviewAttribution;
}

export const OverviewAttributionPanel = memo(function OverviewAttributionPanel({
  attribution,
}: Props): ReactNode {
  const { top_contributors: top, under_review_count, negative_count } = attribution;
  return (
    <Panel title="What helps most">
      <Stats>
        <Stat name="Negative value" hint="learnings that make sessions worse">
          {formatCount(negative_count)}
        </Stat>
        <Stat name="Under review">
          <Link href={learningsPath({ status: 'under_review' })}>
            {formatCount(under_review_count)}
          </Link>
        </Stat>
      </Stats>
      {top.length === 0 ? <p>No learning has a positive value yet.</p> : <Top contributors={top} />}
      <p>
        <Link href="/attribution">All contributions</Link>
      </p>
    </Panel>
  );
});

function Top({ contributors }: { readonly contributors: readonly TopContributor[] }): ReactNode {
  return (
    <TableFrame label="Top contributors over all time">
      <TableHead columns={['Learning', 'Value#', 'Confidence#']} />
      <tbody>
        {contributors.map((row) => (
          <tr key={row.learning_id}>
            <th scope="row" className="subject">
              <LearningLink id={row.learning_id} content={row.content} />
            </th>
            <td className="number">
              <Value value={row.estimated_value} />
            </td>
            <td className="number">
              <Percent fraction={row.confidence} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
