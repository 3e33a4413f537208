import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { useAttribution, useSessionTimeline } from '../../hooks/index.ts';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import { attributionPath, readDays, readLimit } from '../links.ts';
import { useHeld } from '../useHeld.ts';
import { Leaderboards } from './Leaderboards.tsx';
import { PeriodPicker } from './PeriodPicker.tsx';
import { SessionTimeline } from './SessionTimeline.tsx';

export function AttributionPage(): ReactNode {
  const [params] = useSearchParams();
  const days = readDays(params);
  const limit = readLimit(params);
  const attribution = useHeld(useAttribution({ days }), days);
  const timeline = useHeld(useSessionTimeline({ days }, { limit }), days);
  return (
    <>
      <PageHeading title="Attribution" />
      <PeriodPicker days={days} hrefOf={(period) => attributionPath(period)} />
      <TopicView {...attribution} name="the contributions">
        {(data) => <Leaderboards data={data} />}
      </TopicView>
      <TopicView {...timeline} name="the sessions">
        {(data) => (
          <SessionTimeline data={data} moreHref={(most) => attributionPath(timeline.asked, most)} />
        )}
      </TopicView>
    </>
  );
}
