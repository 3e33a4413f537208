import type { DataOf, TopicState } from '../client/index.ts';
import type {
  LearningsFilters,
  Period,
  TopicByName,
  TopicDataByName,
  TopicName,
  Uuid,
} from '../messages/types.ts';
import { useTopic, type UseTopicOptions } from './useTopic.ts';

/** The hook of the topic named `N`: its parameters `P`, then the options of `useTopic` and the topic's own, `O`. */
type TopicHook<N extends TopicName, P extends readonly unknown[] = [], O = unknown> = <
  R = TopicDataByName[N],
>(
  ...parameters: [...P, options?: O & UseTopicOptions<TopicDataByName[N], R>]
) => TopicState<R>;

/** A topic without its name; what is undefined has its default. */
type Parts<N extends TopicName> = {
  readonly [Part in keyof Omit<TopicByName[N], 'topic'>]: TopicByName[N][Part] | undefined;
};

/** `useTopic` for the topic named `name`, which may have `parts` and others among the options. */
function useNamed<N extends TopicName, R>(
  name: N,
  parts: Partial<Parts<N>>,
  { enabled, select, isEqual, ...more }: UseTopicOptions<DataOf<TopicByName[N]>, R> = {},
): TopicState<R> {
  const topic = { topic: name, ...parts, ...more } as TopicByName[N];
  return useTopic(topic, { enabled, select, isEqual });
}

/** The figures of the front page. */
export const useOverview: TopicHook<'overview'> = (options) => useNamed('overview', {}, options);

/** One page of the learnings that match `filters`; by default the newest 100 of all. */
export const useLearnings: TopicHook<
  'learnings',
  [filters?: LearningsFilters],
  Pick<TopicByName['learnings'], 'sort' | 'limit' | 'offset'>
> = (filters, options) => useNamed('learnings', { filters }, options);

/** One learning with its history. Undefined: none is chosen, nothing is asked for. */
export const useLearningDetail: TopicHook<'learning_detail', [id: Uuid | undefined]> = (
  id = '',
  options,
) => useNamed('learning_detail', { id }, id === '' ? { ...options, enabled: false } : options);

/** What helps and what hurts, over the UTC days that end with today's; by default over 7 of them. */
export const useAttribution: TopicHook<'attribution', [period?: Period]> = (period, options) =>
  useNamed('attribution', { period }, options);

/** The newest sessions of a period, by default 100 of 7 days, with what contributed to them. */
export const useSessionTimeline: TopicHook<
  'session_timeline',
  [period?: Period],
  Pick<TopicByName['session_timeline'], 'limit'>
> = (period, options) => useNamed('session_timeline', { period }, options);

/** How likely each way of injecting is, by category and context. */
export const useStrategyDistributions: TopicHook<'strategy_distributions'> = (options) =>
  useNamed('strategy_distributions', {}, options);

/** The learnings that have, or will have, weights of their own; by default the 100 with the most sessions. */
export const useStrategyOverrides: TopicHook<
  'strategy_overrides',
  [],
  Pick<TopicByName['strategy_overrides'], 'limit'>
> = (options) => useNamed('strategy_overrides', {}, options);

/** Whether the pipeline is healthy. */
export const useHealth: TopicHook<'health'> = (options) => useNamed('health', {}, options);
