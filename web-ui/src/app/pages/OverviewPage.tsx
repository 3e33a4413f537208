import type { ReactNode } from 'react';
import { useOverview } from '../../hooks/index.ts';
import type { OverviewData } from '../../messages/types.ts';
import { Empty, HowToIngest } from '../components/Empty.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import { OverviewAttributionPanel } from './OverviewAttributionPanel.tsx';
import { OverviewHealthPanel } from './OverviewHealthPanel.tsx';
import { OverviewLearningsPanel } from './OverviewLearningsPanel.tsx';
import { OverviewTrendsPanel } from './OverviewTrendsPanel.tsx';

export function OverviewPage(): ReactNode {
  const state = useOverview();
  return (
    <>
      <PageHeading title="Overview" />
      <TopicView state={state} name="the overview">
        {(data) => <Overview data={data} />}
      </TopicView>
    </>
  );
}

export function Overview({ data }: { readonly data: OverviewData }): ReactNode {
  return (
    <>
      {isEmpty(data) && (
        <Empty>
          <p>Nothing has been learned yet.</p>
          <HowToIngest />
        </Empty>
      )}
      <div className="panels">
        <div className="stack">
          <OverviewTrendsPanel trends={data.trends} />
          <OverviewHealthPanel health={data.health} />
        </div>
        <OverviewAttributionPanel attribution={data.attribution} />
        <OverviewLearningsPanel learnings={data.learnings} />
      </div>
    </>
  );
}

function isEmpty({ learnings, trends, health }: OverviewData): boolean {
  return learnings.total === 0 && trends.session_count === 0 && health.last_activity === null;
}
