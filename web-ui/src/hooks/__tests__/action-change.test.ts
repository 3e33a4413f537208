import { describe, expect, test } from 'vitest';
import { Random } from '../../mirror/__tests__/random.ts';
import { health, OVERVIEW } from '../../client/__tests__/harness.ts';
import {
  VALUES_OF,
  type ContributorRow,
  type LearningBrief,
  type LearningDetailData,
  type OverviewData,
  type StrategyOverride,
  type TopicData,
} from '../../messages/types.ts';
import { changeOf } from '../action-change.ts';

const IDS = ['a', 'b', 'c', 'd'];
const ACTIONS = ['enableLearning', 'disableLearning', 'deleteLearning'] as const;
const STATUS = { enableLearning: 'active', disableLearning: 'disabled' } as const;

const at = '2026-03-01T08:30:00Z';
const facts = { content: 'c', estimated_value: 0.5, confidence: 0.5, session_count: 3 };

function brief(random: Random, id: string): LearningBrief {
  const status = random.pick(VALUES_OF.LearningStatus);
  return {
    id,
    ...facts,
    category: 'preference',
    scope: { level: 'global' },
    status,
    created_at: at,
  };
}

function detail(random: Random, id: string): LearningDetailData {
  return {
    ...brief(random, id),
    data_type: 'learning_detail',
    status_reason: random.pick(['it hurts', null]),
    times_injected: 1,
    activation_rate: 1,
    temporal_value: 0,
    temporal_confidence: 0,
    ablation: { state: 'pending', value: null, confidence: null },
    source_session: null,
    extraction_method: 'by hand',
    history: [],
  };
}

function contributor(random: Random, learning_id: string): ContributorRow {
  return { learning_id, ...facts, status: random.pick(VALUES_OF.LearningStatus) };
}

function override(_: Random, learning_id: string): StrategyOverride {
  const { content, session_count } = facts;
  return {
    learning_id,
    content,
    category: 'preference',
    session_count,
    is_specialized: false,
    weights: [],
    base_weights: [],
    sessions_to_specialize: 17,
  };
}

function overview(random: Random): OverviewData {
  return {
    data_type: OVERVIEW.topic,
    trends: {
      sparkline: [],
      improvement: null,
      direction: 'stable',
      session_count: 0,
      period_days: 7,
    },
    learnings: { total: 9, active: 4, by_category: {}, by_status: {}, recent: some(random, brief) },
    attribution: {
      top_contributors: some(random, (_, learning_id) => ({
        learning_id,
        content: 'c',
        estimated_value: 0.5,
        confidence: 0.5,
      })),
      under_review_count: 0,
      negative_count: 0,
    },
    health: {
      overall_status: 'ok',
      assessment_coverage: null,
      ablation_coverage: null,
      last_activity: null,
    },
  };
}

/** Each learning at most once, in any order. */
function some<R>(random: Random, make: (random: Random, id: string) => R): R[] {
  return IDS.filter(() => random.chance(0.6)).map((id) => make(random, id));
}

const MAKERS: readonly ((random: Random) => TopicData)[] = [
  overview,
  (random) => ({ data_type: 'learnings', learnings: some(random, brief), total: 40 }),
  (random) => detail(random, random.pick(IDS)),
  (random) => ({
    data_type: 'attribution',
    period_days: 7,
    top_contributors: some(random, contributor),
    negative_impact: some(random, contributor),
    ablation_coverage: { coverage: null, completed: 0, in_progress: 0, pending: 0 },
  }),
  (random) => ({ data_type: 'strategy_overrides', overrides: some(random, override), total: 40 }),
  (random) => ({
    data_type: 'session_timeline',
    period_days: 7,
    total: 1,
    sessions: [
      {
        session_id: 's',
        title: null,
        assessed_at: at,
        score: 1,
        outcome: 'success',
        learnings_activated: 1,
        warning: null,
        contributions: some(random, (_, learning_id) => ({
          learning_id,
          content: 'c',
          contribution: 1,
        })),
      },
    ],
  }),
  () => ({
    data_type: 'strategy_distributions',
    distributions: [],
    specialized_count: 0,
    total_learnings: 4,
  }),
  () => health('ok'),
];

/** Every object in `value`, frozen: whoever changes one throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

interface Learning {
  readonly id?: string;
  readonly learning_id?: string;
  readonly status?: string;
}

/** Every object in `value` that stands for a learning. */
function learningsIn(value: unknown): readonly Learning[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'id' in value || 'learning_id' in value ? [value as Learning] : [];
  return [...own, ...Object.values(value).flatMap(learningsIn)];
}

const idOf = ({ id, learning_id }: Learning): string | undefined => id ?? learning_id;

const CASES = ACTIONS.flatMap((action) => MAKERS.map((make, index) => ({ action, make, index })));

describe('what an action changes', () => {
  test.each(CASES)('$action, topic $index: holds for any data', ({ action, make, index }) => {
    const random = new Random(1 + index);
    for (let round = 0; round < 200; round += 1) {
      const id = random.pick(IDS);
      const change = changeOf(action, id);
      const before = frozen(make(random));
      const after = frozen(change(before));

      // Done twice, it does no more; where nothing is to be done, all stays the same object.
      expect(change(after)).toBe(after);
      if (JSON.stringify(after) === JSON.stringify(before)) expect(after).toBe(before);

      // Other learnings stay the same objects, in their order.
      const isOther = (one: object): boolean => idOf(one) !== id && !('data_type' in one);
      const others = learningsIn(before).filter(isOther);
      learningsIn(after)
        .filter(isOther)
        .forEach((one, place) => {
          expect(one).toBe(others[place]);
        });
      expect(learningsIn(after).filter(isOther)).toHaveLength(others.length);

      const left = learningsIn(after).filter((one) => idOf(one) === id);
      if (action === 'deleteLearning') {
        if (after.data_type !== 'learning_detail' && after.data_type !== 'session_timeline') {
          expect(left).toEqual([]);
        }
      } else {
        for (const { status = STATUS[action] } of left) expect(status).toBe(STATUS[action]);
      }
    }
  });

  test('the figures of an overview stay, and the length of a list goes with its rows', () => {
    const random = new Random(7);
    const list = { data_type: 'learnings', learnings: [brief(random, 'a')], total: 40 } as const;
    expect(changeOf('deleteLearning', 'a')({ ...list, learnings: [...list.learnings] })).toEqual({
      data_type: 'learnings',
      learnings: [],
      total: 39,
    });
    expect(changeOf('deleteLearning', 'z')({ ...list, learnings: [...list.learnings] }).total).toBe(
      40,
    );
    const overrides = [override(random, 'a'), override(random, 'b')];
    const weights = { data_type: 'strategy_overrides', overrides, total: 40 } as const;
    expect(changeOf('deleteLearning', 'a')(weights)).toEqual({
      ...weights,
      overrides: overrides.slice(1),
      total: 39,
    });
    expect(changeOf('disableLearning', 'a')(weights).total).toBe(40);
    const { learnings } = changeOf('deleteLearning', 'a')(overview(random));
    expect(learnings).toMatchObject({ total: 9, active: 4 });
  });

  test('a person gives no reason, so that none is shown', () => {
    const data: LearningDetailData = {
      ...detail(new Random(1), 'a'),
      status: 'under_review',
      status_reason: 'it hurts',
    };
    expect(changeOf('disableLearning', 'a')(data)).toMatchObject({
      status: 'disabled',
      status_reason: null,
    });
  });

  test('data of a later version stay as they are', () => {
    const data = { data_type: 'session_coverage', learnings: [{ id: 'a' }] } as never;
    expect(changeOf('deleteLearning', 'a')(data)).toBe(data);
  });
});
