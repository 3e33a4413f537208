import type { DashboardError } from './errors.ts';

/** How the last connection ended: a close code of the protocol, or 1006 where it just broke. */
export interface CloseInfo {
  readonly code: number;
  readonly reason: string;
}

interface ConnectionFacts {
  /** Attempts since data were last live for a while. */
  readonly attempt: number;
  /** Whether there has ever been a connection. */
  readonly hasConnected: boolean;
  readonly lastClose: CloseInfo | undefined;
  /**
   * The server that last said welcome knows another schema than this page: both can go on, but a reload
   * of the page would bring the newer one.
   */
  readonly updateAvailable: boolean;
  /** What the last attempt was made with: `websocket`, or the fallback by its name. */
  readonly transport: string;
}

/**
 * Where the connection stands.
 *
 * - `idle`: not asked for
 * - `connecting`: the first attempt is on its way
 * - `open`: the server has said welcome
 * - `reconnecting`: lost or never made; tried again at `retryAt` (ms since the epoch), or being tried
 *   now, or waiting for a hidden tab to come back, where that is undefined
 * - `closed`: the server refuses this client; only `retry()` tries again
 * - `update-required`: page and server speak different versions; a reload of the page helps
 */
export type ConnectionState = ConnectionFacts &
  (
    | {
        readonly status: 'idle' | 'connecting' | 'open' | 'closed' | 'update-required';
        readonly retryAt: undefined;
      }
    | { readonly status: 'reconnecting'; readonly retryAt: number | undefined }
  );

export type ConnectionStatus = ConnectionState['status'];

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

const NOTHING = {
  data: undefined,
  error: undefined,
  isStale: false,
  updatedAt: undefined,
  confirmedAt: undefined,
} as const;

export const IDLE: TopicState<never> = { status: 'idle', ...NOTHING };
export const PENDING: TopicState<never> = { status: 'pending', ...NOTHING };
