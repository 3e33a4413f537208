import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import type { Scope, TopicData } from '../../messages/types.ts';
import { AdaptiveParamsPanel } from '../pages/AdaptiveParamsPanel.tsx';
import { Health } from '../pages/HealthPage.tsx';
import { Leaderboards } from '../pages/Leaderboards.tsx';
import { LearningDetail } from '../pages/LearningDetail.tsx';
import { LearningList } from '../pages/LearningList.tsx';
import { Overview } from '../pages/OverviewPage.tsx';
import { SessionTimeline } from '../pages/SessionTimeline.tsx';
import { StrategyDistributions } from '../pages/StrategyDistributions.tsx';
import { StrategyOverrides } from '../pages/StrategyOverrides.tsx';
import {
  formatChange,
  formatCount,
  formatDay,
  formatPercent,
  formatQuantity,
  formatTime,
  formatUtc,
  formatValue,
} from '../format.ts';
import { readLearningsQuery } from '../links.ts';
import * as words from '../words.ts';
import {
  ATTRIBUTION,
  DETAIL,
  DISTRIBUTIONS,
  HEALTH,
  LEARNINGS,
  OVERRIDES,
  OVERVIEW,
  TIMELINE,
} from './fixtures.ts';
import { renderPart } from './render.tsx';

type Presented = (value: never) => readonly string[];

const asText: Presented = (value: string) => [value];
const asCount: Presented = (value: number) => [formatCount(value)];
const asPercent: Presented = (value: number) => [formatPercent(value)];
const asValue: Presented = (value: number) => [formatValue(value)];
const asTime: Presented = (value: string) => [formatTime(value), formatUtc(value)];
const asDay: Presented = (value: string) => [formatDay(value)];
const asWord =
  (table: Record<string, string>): Presented =>
  (value: string) => [table[value]!];
const asBars =
  (table: Record<string, string>): Presented =>
  (value: Record<string, number>) =>
    Object.entries(value).flatMap(([key, count]) => [table[key]!, formatCount(count)]);

/** How the property of a payload is shown, by its name. A property that is not listed fails the test. */
const PRESENTED: Record<string, Presented> = {
  data_type: () => [],
  // trends and counts
  period_days: (value: number) => [`${String(value)} days`],
  improvement: (value: number) => [formatChange(value)],
  direction: asWord(words.DIRECTION),
  session_count: asCount,
  date: asDay,
  mean_score: asPercent,
  mean_contribution: asValue,
  total: asCount,
  active: asCount,
  by_category: asBars(words.CATEGORY),
  by_status: asBars(words.LEARNING_STATUS),
  under_review_count: asCount,
  negative_count: asCount,
  // learnings
  id: (value: string) => [`/learnings/${value}`],
  learning_id: (value: string) => [`/learnings/${value}`],
  content: asText,
  category: asWord(words.CATEGORY),
  scope: (value: Scope) => [words.scopeWords(value)],
  estimated_value: asValue,
  confidence: asPercent,
  created_at: asTime,
  status_reason: asText,
  times_injected: asCount,
  activation_rate: asPercent,
  temporal_value: asValue,
  temporal_confidence: asPercent,
  value: asValue,
  source_session: asText,
  extraction_method: asText,
  // attribution
  coverage: asPercent,
  completed: asCount,
  in_progress: asCount,
  pending: asCount,
  state: asWord(words.ABLATION),
  session_id: asText,
  title: asText,
  assessed_at: asTime,
  score: asPercent,
  outcome: asWord(words.OUTCOME),
  learnings_activated: (value: number) => [`${String(value)} learnings activated`],
  contribution: asValue,
  warning: asText,
  // strategy
  context_type: asWord(words.CONTEXT),
  specialized_count: asCount,
  total_learnings: asCount,
  is_specialized: (value: boolean) => (value ? ['Specialised'] : ['to go']),
  sessions_to_specialize: (value: number) => (value === 0 ? [] : [`${String(value)} sessions`]),
  variant: asWord(words.VARIANT),
  weight: asPercent,
  // health
  overall_status: asWord(words.COMPONENT_STATUS),
  assessment_coverage: asPercent,
  ablation_coverage: (value: number | object) =>
    typeof value === 'number' ? [formatPercent(value)] : presentationOf(value),
  last_activity: asTime,
  component: asWord(words.COMPONENT),
  message: asText,
  item_count: asCount,
  name: asText,
  current_value: (value: number) => [formatQuantity(value)],
  trend: asWord(words.DIRECTION),
  occurred_at: asTime,
  status: (value: string) => [
    { ...words.LEARNING_STATUS, ...words.COMPONENT_STATUS }[value as never],
  ],
};

/** What a person must find on the page for a payload, property by property; null is tested elsewhere. */
function presentationOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(presentationOf);
  if (typeof value === 'number') return [formatQuantity(value)]; // the history of a parameter
  return Object.entries(value as object).flatMap(([name, inner]: [string, unknown]) => {
    const present = PRESENTED[name];
    if (inner === null) return [];
    if (present !== undefined) return present(inner as never);
    if (typeof inner !== 'object') throw new Error(`Nothing says how ${name} is shown.`);
    return presentationOf(inner);
  });
}

const query = readLearningsQuery(new URLSearchParams());
const TOPICS: [TopicData, ReactNode][] = [
  [OVERVIEW, <Overview data={OVERVIEW} />],
  [
    LEARNINGS,
    <LearningList data={LEARNINGS} query={query} currentId={undefined} pathOf={() => '/'} />,
  ],
  [ATTRIBUTION, <Leaderboards data={ATTRIBUTION} />],
  [TIMELINE, <SessionTimeline data={TIMELINE} moreHref={() => '/'} />],
  [DISTRIBUTIONS, <StrategyDistributions data={DISTRIBUTIONS} />],
  [OVERRIDES, <StrategyOverrides data={OVERRIDES} />],
  [HEALTH, <Health data={HEALTH} />],
];

describe('every property of every payload is on its page', () => {
  test.each(TOPICS.map(([data, page]) => ({ name: data.data_type, data, page })))(
    '$name',
    ({ data, page }) => {
      const { container } = renderPart(page);
      for (const text of presentationOf(data)) expect(container.innerHTML).toContain(text);
    },
  );

  test('learning_detail', () => {
    const { container } = renderPart(
      <>
        {/* The page has the content in its heading. */}
        <h1>{DETAIL.content}</h1>
        <LearningDetail data={DETAIL} />
      </>,
    );
    const { id, ...others } = DETAIL;
    expect(container.innerHTML).toContain(id);
    for (const text of presentationOf(others)) expect(container.innerHTML).toContain(text);
  });

  test('a property that nobody has drawn is noticed', () => {
    expect(() => presentationOf({ brand_new: 1 })).toThrow('brand_new');
  });
});

test('the history of a parameter is told value by value', () => {
  const { getByRole, getByText } = renderPart(
    <AdaptiveParamsPanel params={HEALTH.adaptive_params} />,
  );
  expect(getByText('0.21, 0.18, 0.15 (oldest first)')).toBeDefined();
  expect(getByRole('img').getAttribute('aria-label')).toBe(
    'exploration_rate, last 3 values: latest 0.15, lowest 0.15, highest 0.21.',
  );
});
