import { memo, type ReactNode } from 'react';
import type { AblationCoverage } from '../../messages/types.ts';
import { CountBars } from '../components/CountBars.tsx';
import { Percent } from '../components/Figures.tsx';
import { Panel } from '../components/Panel.tsx';
import { Stat, Stats } from '../components/Stats.tsx';
import { ABLATION } from '../words.ts';

interface Props {
  readonly coverage: AblationCoverage;
}

export const AblationCoveragePanel = memo(function AblationCoveragePanel({
  coverage,
}: Props): ReactNode {
  const { completed, in_progress, pending } = coverage;
  return (
    <Panel
      title="Ablation coverage"
      explanation="Experiments that hold a learning back to see what it is worth, over all time."
    >
      <Stats>
        <Stat name="Coverage" hint="learnings with a completed experiment">
          <Percent fraction={coverage.coverage} missing="there are no learnings yet" />
        </Stat>
      </Stats>
      <CountBars
        label="Learnings by experiment"
        total={completed + in_progress + pending}
        rows={[
          { name: ABLATION.completed, count: completed },
          { name: ABLATION.in_progress, count: in_progress },
          { name: ABLATION.pending, count: pending },
        ]}
      />
    </Panel>
  );
});
