import type { TopicState } from '../client/index.ts';

export type Select<D, R> = (data: D) => R;
export type IsEqual<R> = (previous: R, next: R) => boolean;
export type Selection<D, R> = (
  state: TopicState<D>,
  select: Select<D, R>,
  isEqual: IsEqual<R>,
) => TopicState<R>;

/**
 * Makes a function that maps a topic's data and returns the same object while nothing in it changes,
 * as useSyncExternalStore needs it: `select` may be written inline and may build a new value each time.
 */
export function createSelection<D, R>(): Selection<D, R> {
  let last: readonly [TopicState<D>, Select<D, R>, TopicState<R>] | undefined;
  return (state, select, isEqual) => {
    if (last?.[0] === state && last[1] === select) return last[2];
    const result = { ...state, data: state.data && select(state.data) } as TopicState<R>;
    last = [state, select, last && isSame(last[2], result, isEqual) ? last[2] : result];
    return last[2];
  };
}

/** Whether a reader could not tell one from the other, save for when the data changed elsewhere. */
function isSame<R>(previous: TopicState<R>, next: TopicState<R>, isEqual: IsEqual<R>): boolean {
  return (
    facts(previous) === facts(next) &&
    previous.error === next.error &&
    (previous.data === next.data || isEqual(previous.data as R, next.data as R))
  );
}

/** Stale data are shown with their time; live ones are the newest now, whenever they were first known. */
function facts({ status, isStale, confirmedAt }: TopicState<unknown>): string {
  return [status, isStale && confirmedAt].join();
}
