import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OverviewLearnings } from '../../messages/types.ts';
import { CountBars } from '../components/CountBars.tsx';
import { LearningTable } from '../components/LearningTable.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';
import { formatCount } from '../format.ts';
import { learningsPath } from '../links.ts';
import { CATEGORY, LEARNING_STATUS, valuesOf } from '../words.ts';

interface Props {
  readonly learnings: OverviewLearnings;
}

export const OverviewLearningsPanel = memo(function OverviewLearningsPanel({
  learnings,
}: Props): ReactNode {
  return (
    <Panel isWide title="Learnings">
      <Stats>
        <Stat name="All">
          <Link href={learningsPath()}>{formatCount(learnings.total)}</Link>
        </Stat>
        <Stat name="Active">
          <Link href={learningsPath({ status: 'active' })}>{formatCount(learnings.active)}</Link>
        </Stat>
      </Stats>
      {learnings.total > 0 && <Kinds learnings={learnings} />}
      {learnings.recent.length > 0 && (
        <>
          <h3>Newest</h3>
          <LearningTable label="Newest learnings" learnings={learnings.recent} />
        </>
      )}
    </Panel>
  );
});

/** Only the kinds that occur are told of, in the order of the vocabulary. */
function Kinds({ learnings: { total, by_category, by_status } }: Props): ReactNode {
  return (
    <div className="columns">
      <CountBars
        label="By category"
        total={total}
        rows={valuesOf(CATEGORY).flatMap((category) => {
          const count = by_category[category];
          const href = learningsPath({ category });
          return count === undefined ? [] : [{ name: CATEGORY[category], count, href }];
        })}
      />
      <CountBars
        label="By status"
        total={total}
        rows={valuesOf(LEARNING_STATUS).flatMap((status) => {
          const count = by_status[status];
          const href = learningsPath({ status });
          return count === undefined ? [] : [{ name: LEARNING_STATUS[status], count, href }];
        })}
      />
    </div>
  );
}
