import type { TopicState } from '../client/index.ts';
import {
  TOPIC_DEFAULTS,
  type TopicByName,
  type TopicDataByName,
  type TopicName,
  type Uuid,
} from '../messages/types.ts';
import { useTopic } from './useTopic.ts';

type State<N extends TopicName> = TopicState<TopicDataByName[N]>;
/** A topic without its name. */
type Query<N extends TopicName> = Omit<TopicByName[N], 'topic'>;

export interface TopicHookOptions {
  /** false: does not ask for the topic; its state is `idle`. Default: true. */
  readonly enabled?: boolean;
}

/** The figures of the front page. */
export const useOverview = (options?: TopicHookOptions): State<'overview'> =>
  useTopic({ topic: 'overview' }, options);

/** One page of learnings, filtered and sorted; by default the newest. */
export const useLearnings = (
  query: Query<'learnings'> = {},
  options?: TopicHookOptions,
): State<'learnings'> => useTopic({ topic: 'learnings', ...query }, options);

/** One learning with its history. Undefined: none is chosen, nothing is asked for. */
export const useLearningDetail = (
  id: Uuid | undefined,
  { enabled = true }: TopicHookOptions = {},
): State<'learning_detail'> =>
  useTopic({ topic: 'learning_detail', id: id ?? '' }, { enabled: enabled && id !== undefined });

/** What helps and what hurts, over the UTC days that end with today's. */
export const useAttribution = (
  days: number = TOPIC_DEFAULTS.attribution.period.days,
  options?: TopicHookOptions,
): State<'attribution'> => useTopic({ topic: 'attribution', period: { days } }, options);

/** The newest sessions with what contributed to them. */
export const useSessionTimeline = (
  query: Query<'session_timeline'> = {},
  options?: TopicHookOptions,
): State<'session_timeline'> => useTopic({ topic: 'session_timeline', ...query }, options);

/** How likely each way of injecting is, by category and context. */
export const useStrategyDistributions = (
  options?: TopicHookOptions,
): State<'strategy_distributions'> => useTopic({ topic: 'strategy_distributions' }, options);

/** The learnings that have, or will have, weights of their own. */
export const useStrategyOverrides = (options?: TopicHookOptions): State<'strategy_overrides'> =>
  useTopic({ topic: 'strategy_overrides' }, options);

/** Whether the pipeline is healthy. */
export const useHealth = (options?: TopicHookOptions): State<'health'> =>
  useTopic({ topic: 'health' }, options);
