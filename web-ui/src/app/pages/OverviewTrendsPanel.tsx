import { memo, type ReactNode } from 'react';
import type { OverviewTrends } from '../../messages/types.ts';
import { DayChart } from '../charts/DayChart.tsx';
import { Direction } from '../components/Badges.tsx';
import { Missing } from '../components/Missing.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';
import { formatChange, formatCount, formatCounted, formatPercent } from '../format.ts';

export const OverviewTrendsPanel = memo(function OverviewTrendsPanel({
  trends,
}: {
  readonly trends: OverviewTrends;
}): ReactNode {
  const period = formatCounted(trends.period_days, 'day');
  return (
    <Panel title={`Session scores, last ${period}`}>
      <Stats>
        <Stat name="Improvement" hint={`mean score against the ${period} before`}>
          {trends.improvement === null ? (
            <Missing why={`nothing to compare: no sessions in these or in the ${period} before`} />
          ) : (
            formatChange(trends.improvement)
          )}
        </Stat>
        <Stat name="Direction" hint="stable within 2%">
          <Direction direction={trends.direction} />
        </Stat>
        <Stat name="Sessions assessed">{formatCount(trends.session_count)}</Stat>
      </Stats>
      <DayChart
        title="Mean score a day"
        measure="Mean score"
        noteName="Sessions"
        days={trends.sparkline.map(({ date, mean_score, session_count }) => ({
          date,
          value: mean_score,
          note: formatCounted(session_count, 'session'),
        }))}
        format={formatPercent}
        seen={[0, 1]}
        missing={<Missing why="no session was assessed" />}
      />
    </Panel>
  );
});
