import type { TopicKey, TopicState } from '../client/index.ts';

export type Select<D, R> = (data: D) => R;
export type IsEqual<R> = (previous: R, next: R) => boolean;
export type Selection<D, R> = (
  key: TopicKey,
  state: TopicState<D>,
  select: Select<D, R>,
  isEqual: IsEqual<R>,
) => TopicState<R>;

interface Last<D, R> {
  readonly key: TopicKey;
  readonly state: TopicState<D>;
  readonly select: Select<D, R>;
  readonly result: TopicState<R>;
}

/**
 * Makes a function that maps a topic's data and returns the same object while nothing in it changes,
 * as useSyncExternalStore needs it: `select` may be written inline and may build a new value each time.
 */
export function createSelection<D, R>(): Selection<D, R> {
  let last: Last<D, R> | undefined;
  return (key, state, select, isEqual) => {
    if (last?.key !== key) last = undefined;
    if (last?.state === state && last.select === select) return last.result;
    const result = reuse(last?.result, project(state, select), isEqual);
    last = { key, state, select, result };
    return result;
  };
}

function project<D, R>(state: TopicState<D>, select: Select<D, R>): TopicState<R> {
  if (state.status === 'success') return { ...state, data: select(state.data) };
  if (state.status === 'error' && state.data !== undefined) {
    return { ...state, data: select(state.data) };
  }
  return { ...state, data: undefined };
}

/** `previous` where a reader could not tell it from `next`, save for when the data changed elsewhere. */
function reuse<R>(
  previous: TopicState<R> | undefined,
  next: TopicState<R>,
  isEqual: IsEqual<R>,
): TopicState<R> {
  if (previous?.status !== next.status) return next;
  if (previous.isStale !== next.isStale || previous.error !== next.error) return next;
  // Stale data are shown with that time; live ones are the newest now, whenever they were first known.
  if (next.isStale && previous.confirmedAt !== next.confirmedAt) return next;
  if (previous.data === undefined || next.data === undefined) {
    return previous.data === next.data ? previous : next;
  }
  return isEqual(previous.data, next.data) ? previous : next;
}
