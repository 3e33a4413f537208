import type { ReactNode } from 'react';
import { useStrategyDistributions, useStrategyOverrides } from '../../hooks/index.ts';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import { StrategyDistributions } from './StrategyDistributions.tsx';
import { StrategyOverrides } from './StrategyOverrides.tsx';

export function StrategyPage(): ReactNode {
  const distributions = useStrategyDistributions();
  const overrides = useStrategyOverrides();
  return (
    <>
      <PageHeading title="Strategy" />
      <TopicView state={distributions} name="the distributions">
        {(data) => <StrategyDistributions data={data} />}
      </TopicView>
      <TopicView state={overrides} name="the learnings' own weights">
        {(data) => <StrategyOverrides data={data} />}
      </TopicView>
    </>
  );
}
