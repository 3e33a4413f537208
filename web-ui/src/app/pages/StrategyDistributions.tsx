import { memo, type ReactNode } from 'react';
import type { StrategyDistribution, StrategyDistributionsData } from '../../messages/types.ts';
import { Empty, HowToIngest } from '../components/Empty.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';
import { TableFrame, TableHead } from '../components/TableFrame.tsx';
import { WEIGHT_COLUMNS, WeightCells } from '../components/WeightTable.tsx';
import { formatCount, formatCounted } from '../format.ts';
import { CATEGORY, CONTEXT } from '../words.ts';

const COLUMNS = ['Category', 'Context', 'Sessions#', ...WEIGHT_COLUMNS];

interface Props {
  readonly data: StrategyDistributionsData;
}

export function StrategyDistributions({ data }: Props): ReactNode {
  const { distributions, specialized_count, total_learnings } = data;
  return (
    <Panel
      title="Ways to inject a learning"
      explanation="The weight of each way to inject a learning, by category and context: good outcomes raise it, bad ones lower it."
    >
      <Stats>
        <Stat name="Specialised learnings" hint="with outcomes from at least 20 sessions">
          {formatCount(specialized_count)}
        </Stat>
        <Stat name="Learnings">{formatCount(total_learnings)}</Stat>
        <Stat name="Distributions" hint="categories and contexts with an outcome">
          {formatCount(distributions.length)}
        </Stat>
      </Stats>
      {distributions.length === 0 ? (
        <Empty>
          <p>No strategy has had an outcome yet.</p>
          <HowToIngest />
        </Empty>
      ) : (
        <TableFrame label="Weights by category and context">
          <TableHead columns={COLUMNS} />
          <tbody>
            {distributions.map((distribution) => (
              <Row
                key={`${distribution.category} ${distribution.context_type}`}
                distribution={distribution}
              />
            ))}
          </tbody>
        </TableFrame>
      )}
    </Panel>
  );
}

const Row = memo(function Row({
  distribution,
}: {
  readonly distribution: StrategyDistribution;
}): ReactNode {
  const { category, context_type, session_count, weights } = distribution;
  return (
    <tr>
      <th scope="row">{CATEGORY[category]}</th>
      <td>{CONTEXT[context_type]}</td>
      <td className="number" title={formatCounted(session_count, 'session')}>
        {formatCount(session_count)}
      </td>
      <WeightCells weights={weights} />
    </tr>
  );
});
