import { memo, type ReactNode } from 'react';
import type { StrategyOverride, StrategyOverridesData } from '../../messages/types.ts';
import { LearningLink } from '../components/LearningLink.tsx';
import { MoreLink } from '../components/MoreLink.tsx';
import { Panel } from '../components/Panel.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { WEIGHT_COLUMNS, WeightCells } from '../components/WeightTable.tsx';
import { formatCount, formatCounted } from '../format.ts';
import { CATEGORY } from '../words.ts';

const COLUMNS = ['Learning', 'Category', 'Sessions#', 'Specialised', ...WEIGHT_COLUMNS];

interface StrategyOverridesProps {
  readonly data: StrategyOverridesData;
  /** Where more of the learnings are listed. */
  readonly moreHref: (limit: number) => string;
}

export function StrategyOverrides({ data, moreHref }: StrategyOverridesProps): ReactNode {
  const { overrides, total } = data;
  return (
    <Panel
      title="Learnings with weights of their own"
      explanation="A learning's own outcomes, beside those of its whole category (the mark in each bar). It is specialised, and follows its own weights, once it has outcomes from 20 sessions."
    >
      <p>{howMany(data)}</p>
      {overrides.length > 0 && (
        <TableFrame label="Weights of learnings">
          <TableHead columns={COLUMNS} />
          <tbody>
            {overrides.map((override) => (
              <Row key={override.learning_id} override={override} />
            ))}
          </tbody>
        </TableFrame>
      )}
      <MoreLink listed={overrides.length} total={total} noun="learning" hrefOf={moreHref} />
    </Panel>
  );
}

function howMany({ overrides, total }: StrategyOverridesData): string {
  if (total === 0) return 'No learning has had an outcome yet.';
  const all = formatCounted(total, 'learning');
  return overrides.length < total
    ? `The ${formatCount(overrides.length)} of ${all} with the most sessions.`
    : `${all}.`;
}

const Row = memo(function Row({ override }: { readonly override: StrategyOverride }): ReactNode {
  return (
    <tr>
      <th scope="row" className="subject">
        <LearningLink id={override.learning_id} content={override.content} />
      </th>
      <td>{CATEGORY[override.category]}</td>
      <td className="number">{formatCount(override.session_count)}</td>
      <td>
        {override.is_specialized
          ? 'Specialised'
          : `${formatCounted(override.sessions_to_specialize, 'session')} to go`}
      </td>
      <WeightCells weights={override.weights} base={override.base_weights} />
    </tr>
  );
});
