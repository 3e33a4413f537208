import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { useStrategyDistributions, useStrategyOverrides } from '../../hooks/index.ts';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import { readLimit, strategyPath } from '../links.ts';
import { useHeld } from '../useHeld.ts';
import { StrategyDistributions } from './StrategyDistributions.tsx';
import { StrategyOverrides } from './StrategyOverrides.tsx';

export function StrategyPage(): ReactNode {
  const [params] = useSearchParams();
  const limit = readLimit(params);
  const distributions = useStrategyDistributions();
  const overrides = useHeld(useStrategyOverrides({ limit }), limit);
  return (
    <>
      <PageHeading title="Strategy" />
      <TopicView state={distributions} name="the distributions">
        {(data) => <StrategyDistributions data={data} />}
      </TopicView>
      <TopicView {...overrides} name="the learnings' own weights">
        {(data) => <StrategyOverrides data={data} moreHref={strategyPath} />}
      </TopicView>
    </>
  );
}
