import type { TopicData } from '../messages/types.ts';
import type { DashboardError } from './errors.ts';

interface TopicFacts {
  /** There are data, but they may not be the newest: this connection has not confirmed them, or they failed. */
  readonly isStale: boolean;
  /** When the data last changed here, in ms since the epoch. */
  readonly updatedAt: number | undefined;
  /**
   * The last moment at which the data are known to have been the newest, in ms since the epoch.
   *
   * While they are live they are the newest now, and this stays at the moment at which that began or
   * they last changed: it does not tick. Once they are not, it is when the last frame came before that.
   */
  readonly confirmedAt: number | undefined;
}

/**
 * What is known of a topic. An object stays the same one for as long as nothing changes.
 *
 * - `idle`: nobody has asked for it
 * - `pending`: asked for, no answer yet
 * - `success`: data; `isStale` says whether they are live
 * - `error`: the topic failed; data from before, where there are any, are kept
 */
export type TopicState<D> = TopicFacts &
  (
    | { readonly status: 'idle' | 'pending'; readonly data: undefined; readonly error: undefined }
    | { readonly status: 'success'; readonly data: D; readonly error: undefined }
    | { readonly status: 'error'; readonly data: D | undefined; readonly error: DashboardError }
  );

export const IDLE = {
  status: 'idle',
  data: undefined,
  error: undefined,
  isStale: false,
  updatedAt: undefined,
  confirmedAt: undefined,
} as const satisfies TopicState<never>;
export const PENDING: TopicState<never> = { ...IDLE, status: 'pending' };

/** Whether the data are the newest now. */
export function isLive(
  state: TopicState<TopicData>,
): state is TopicState<TopicData> & { readonly confirmedAt: number } {
  return state.status === 'success' && !state.isStale;
}
