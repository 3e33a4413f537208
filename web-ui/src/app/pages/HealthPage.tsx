import type { ReactNode } from 'react';
import { useHealth } from '../../hooks/index.ts';
import type { HealthData } from '../../messages/types.ts';
import { ComponentStatusBadge } from '../components/Badges.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import { ActivityPanel } from './ActivityPanel.tsx';
import { AdaptiveParamsPanel } from './AdaptiveParamsPanel.tsx';
import { ComponentsPanel } from './ComponentsPanel.tsx';

export function HealthPage(): ReactNode {
  const state = useHealth();
  return (
    <>
      <PageHeading title="Health" />
      <TopicView state={state} name="the pipeline's health">
        {(data) => <Health data={data} />}
      </TopicView>
    </>
  );
}

export function Health({ data }: { readonly data: HealthData }): ReactNode {
  return (
    <>
      <p className="overall">
        Pipeline as a whole: <ComponentStatusBadge status={data.overall_status} />
      </p>
      <div className="panels">
        <ComponentsPanel components={data.components} />
        <AdaptiveParamsPanel params={data.adaptive_params} />
        <ActivityPanel reports={data.recent_activity} />
      </div>
    </>
  );
}
