import { memo, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OverviewHealth } from '../../messages/types.ts';
import { ComponentStatusBadge } from '../components/Badges.tsx';
import { Percent, Time } from '../components/Figures.tsx';
import { Missing } from '../components/Missing.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';

export const OverviewHealthPanel = memo(function OverviewHealthPanel({
  health,
}: {
  readonly health: OverviewHealth;
}): ReactNode {
  return (
    <Panel title="Pipeline health">
      <Stats>
        <Stat name="Status" hint="the worst of the four components">
          <ComponentStatusBadge status={health.overall_status} />
        </Stat>
        <Stat name="Last activity" hint="newest report of a component">
          {health.last_activity === null ? (
            <Missing why="no component has reported yet" />
          ) : (
            <Time at={health.last_activity} />
          )}
        </Stat>
        <Stat name="Assessment coverage" hint="assessed sessions, of those seen in the last 7 days">
          <Percent fraction={health.assessment_coverage} missing="no session seen in 7 days" />
        </Stat>
        <Stat name="Ablation coverage" hint="learnings with a completed ablation experiment">
          <Percent fraction={health.ablation_coverage} missing="there are no learnings yet" />
        </Stat>
      </Stats>
      <p>
        <Link href="/health">All of the pipeline's health</Link>
      </p>
    </Panel>
  );
});
