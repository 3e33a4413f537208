import type {
  AttributionData,
  HealthData,
  LearningBrief,
  LearningDetailData,
  LearningsData,
  OverviewData,
  SessionTimelineData,
  StrategyDistributionsData,
  StrategyOverridesData,
  VariantWeight,
} from '../../messages/types.ts';

/** Data of every topic. No two figures are alike, so that a test that finds one has found the right one. */

export function idOf(number: number): string {
  return `0190a7c4-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

function brief(number: number, change: Partial<LearningBrief> = {}): LearningBrief {
  return {
    id: idOf(number),
    content: `Learning number ${String(number)}`,
    category: 'correction',
    scope: { level: 'global' },
    status: 'active',
    estimated_value: 0.1 + number / 1000,
    confidence: 0.2 + number / 1000,
    session_count: 100 + number,
    created_at: `2026-11-${String(number).padStart(2, '0')}T08:30:00Z`,
    ...change,
  };
}

function weights(first: number): VariantWeight[] {
  return [
    { variant: 'main_context', weight: first },
    { variant: 'subagent', weight: first + 0.011 },
    { variant: 'background_subagent', weight: first + 0.022 },
    { variant: 'deferred', weight: first + 0.033 },
  ];
}

export const OVERVIEW: OverviewData = {
  data_type: 'overview',
  trends: {
    sparkline: [
      { date: '2026-11-16', mean_score: 0.611, session_count: 2 },
      { date: '2026-11-17', mean_score: null, session_count: 0 },
      { date: '2026-11-18', mean_score: 0.622, session_count: 3 },
      { date: '2026-11-19', mean_score: 0.633, session_count: 4 },
      { date: '2026-11-20', mean_score: 0.644, session_count: 5 },
      { date: '2026-11-21', mean_score: 0.655, session_count: 6 },
      { date: '2026-11-22', mean_score: 0.666, session_count: 8 },
    ],
    improvement: 0.0345,
    direction: 'rising',
    session_count: 28,
    period_days: 7,
  },
  learnings: {
    total: 1024,
    active: 916,
    by_category: { correction: 601, tool_usage: 423 },
    by_status: { active: 917, disabled: 63, under_review: 44 },
    recent: [
      brief(1),
      brief(2, { category: 'tool_usage', scope: { level: 'project', name: 'vibes' } }),
      brief(3, { category: 'code_pattern', scope: { level: 'user', name: 'ada' } }),
      brief(4, { category: 'preference', scope: { level: 'enterprise', name: 'acme' } }),
      brief(5, { category: 'solution', status: 'deprecated', estimated_value: -0.321 }),
    ],
  },
  attribution: {
    top_contributors: [
      { learning_id: idOf(11), content: 'The best one', estimated_value: 0.912, confidence: 0.871 },
      { learning_id: idOf(12), content: 'The next one', estimated_value: 0.845, confidence: 0.734 },
    ],
    under_review_count: 45,
    negative_count: 17,
  },
  health: {
    overall_status: 'degraded',
    assessment_coverage: 0.918,
    ablation_coverage: 0.127,
    last_activity: '2026-11-22T21:47:00Z',
  },
};

export const EMPTY_OVERVIEW: OverviewData = {
  data_type: 'overview',
  trends: {
    sparkline: [{ date: '2026-11-22', mean_score: null, session_count: 0 }],
    improvement: null,
    direction: 'stable',
    session_count: 0,
    period_days: 7,
  },
  learnings: { total: 0, active: 0, by_category: {}, by_status: {}, recent: [] },
  attribution: { top_contributors: [], under_review_count: 0, negative_count: 0 },
  health: {
    overall_status: 'unknown',
    assessment_coverage: null,
    ablation_coverage: null,
    last_activity: null,
  },
};

export const LEARNINGS: LearningsData = {
  data_type: 'learnings',
  learnings: [
    brief(21, { category: 'error_recovery', status: 'under_review', estimated_value: -0.456 }),
    brief(22, { category: 'harness_knowledge', scope: { level: 'project', name: 'vibes' } }),
    brief(23, { status: 'disabled' }),
  ],
  total: 153,
};

export const DETAIL: LearningDetailData = {
  data_type: 'learning_detail',
  ...brief(21, { category: 'error_recovery', scope: { level: 'project', name: 'vibes' } }),
  content: 'Run the tests before committing',
  estimated_value: 0.308,
  confidence: 0.792,
  session_count: 33,
  status_reason: 'It was found to help',
  times_injected: 41,
  activation_rate: 0.805,
  temporal_value: 0.415,
  temporal_confidence: 0.778,
  ablation: { state: 'completed', value: 0.217, confidence: 0.901 },
  source_session: 'session-9f3',
  extraction_method: 'correction detector',
  history: [
    { date: '2026-11-20', mean_contribution: 0.511, session_count: 7 },
    { date: '2026-11-21', mean_contribution: null, session_count: 0 },
    { date: '2026-11-22', mean_contribution: -0.126, session_count: 9 },
  ],
};

/** The same learning before anything but its extraction is known. */
export const NEW_DETAIL: LearningDetailData = {
  ...DETAIL,
  status_reason: null,
  source_session: null,
  ablation: { state: 'pending', value: null, confidence: null },
  history: [{ date: '2026-11-22', mean_contribution: null, session_count: 0 }],
};

export const ATTRIBUTION: AttributionData = {
  data_type: 'attribution',
  period_days: 30,
  top_contributors: [
    {
      learning_id: idOf(31),
      content: 'Helps a lot',
      estimated_value: 0.777,
      confidence: 0.888,
      session_count: 57,
      status: 'active',
    },
  ],
  negative_impact: [
    {
      learning_id: idOf(32),
      content: 'Hurts a little',
      estimated_value: -0.234,
      confidence: 0.345,
      session_count: 19,
      status: 'under_review',
    },
  ],
  ablation_coverage: { coverage: 0.123, completed: 15, in_progress: 26, pending: 81 },
};

export const TIMELINE: SessionTimelineData = {
  data_type: 'session_timeline',
  period_days: 30,
  sessions: [
    {
      session_id: 'ses-41',
      title: 'Add the retry loop',
      assessed_at: '2026-11-22T20:15:00Z',
      score: 0.873,
      outcome: 'success',
      learnings_activated: 2,
      contributions: [
        { learning_id: idOf(41), content: 'Name the file', contribution: 0.463 },
        { learning_id: idOf(42), content: '(deleted learning)', contribution: -0.191 },
      ],
      warning: '1 activated learning has a negative lifetime value',
    },
    {
      session_id: 'ses-42',
      title: null,
      assessed_at: '2026-11-21T07:05:00Z',
      score: 0.128,
      outcome: 'abandoned',
      learnings_activated: 0,
      contributions: [],
      warning: null,
    },
  ],
  total: 1055,
};

export const DISTRIBUTIONS: StrategyDistributionsData = {
  data_type: 'strategy_distributions',
  distributions: [
    {
      category: 'correction',
      context_type: 'code_review',
      session_count: 61,
      weights: weights(0.311),
    },
    { category: 'solution', context_type: 'interactive', session_count: 72, weights: weights(0.4) },
  ],
  specialized_count: 13,
  total_learnings: 329,
};

export const OVERRIDES: StrategyOverridesData = {
  data_type: 'strategy_overrides',
  overrides: [
    {
      learning_id: idOf(51),
      content: 'Specialised one',
      category: 'tool_usage',
      session_count: 68,
      is_specialized: true,
      weights: weights(0.501),
      base_weights: weights(0.605),
      sessions_to_specialize: 0,
    },
    {
      learning_id: idOf(52),
      content: 'Common one',
      category: 'preference',
      session_count: 6,
      is_specialized: false,
      weights: weights(0.701),
      base_weights: weights(0.805),
      sessions_to_specialize: 14,
    },
  ],
  total: 214,
};

export const HEALTH: HealthData = {
  data_type: 'health',
  overall_status: 'error',
  components: [
    {
      component: 'assessment',
      status: 'ok',
      last_activity: '2026-11-22T21:01:00Z',
      message: 'assessed 12 sessions',
      coverage: 0.944,
      item_count: 1061,
    },
    {
      component: 'extraction',
      status: 'error',
      last_activity: '2026-11-22T21:02:00Z',
      message: 'the model did not answer',
      coverage: null,
      item_count: 24,
    },
    {
      component: 'attribution',
      status: 'degraded',
      last_activity: '2026-11-22T21:03:00Z',
      message: 'lagging',
      coverage: 0.083,
      item_count: 430,
    },
    {
      component: 'strategy',
      status: 'unknown',
      last_activity: null,
      message: null,
      coverage: null,
      item_count: 0,
    },
  ],
  adaptive_params: [
    {
      name: 'exploration_rate',
      current_value: 0.14,
      confidence: 0.62,
      trend: 'falling',
      history: [0.21, 0.18, 0.15],
    },
  ],
  recent_activity: [
    {
      occurred_at: '2026-11-22T21:04:00Z',
      component: 'extraction',
      status: 'error',
      message: 'gave up after 3 tries',
    },
  ],
};
