import type { MirrorOptions } from '../mirror/options.ts';
import type { Fallback } from './fallback.ts';
import type { Page } from './page.ts';
import type { GetToken } from './token.ts';

/** Every parameter of the client: those of the mirror, and what it adds. The same rules hold for both. */
export interface DashboardClientOptions extends Omit<MirrorOptions, 'url'> {
  /**
   * Where the server is; a function is asked anew for each connection.
   * Default: `/ws/groove/dashboard` on the server this page came from.
   */
  readonly url?: MirrorOptions['url'] | undefined;
  /**
   * Gives the token for the server; asked anew for each connection, which counts as failed where it throws.
   * Default: null, no token is sent.
   */
  readonly getToken?: GetToken | null | undefined;
  /** Stands in where WebSockets are blocked. Default: null, the WebSocket is tried for ever. */
  readonly fallback?: Fallback | null | undefined;
  /** Within this time a page that wakes up reconnects. Default: 1000. */
  readonly wakeWithinMs?: number | undefined;
  /** How long a page is hidden before it disconnects. Default: 300000 (5 min). */
  readonly hiddenMs?: number | undefined;
  /** How long an action may take. Default: 10000. */
  readonly actionTimeoutMs?: number | undefined;
  /** Hears of faults that belong to no topic and no action. Default: console.error. */
  readonly onFault?: MirrorOptions['onFault'];
  /** The page to watch for `online` and visibility; null: none. Default: the one this runs in, if any. */
  readonly page?: Page | null | undefined;
}
