import { SOCKET_PATH } from '../messages/protocol.ts';
import type { RetryWindow } from '../messages/types.ts';
import { DEFAULT_RETRY } from './backoff.ts';
import type { DashboardError } from './errors.ts';
import { thisPage, type Page } from './page.ts';
import { nextFrame, type Schedule } from './schedule.ts';
import type { Fallback, GetToken, OpenSocket, SocketConstructor } from './socket.ts';

/**
 * Every parameter of the client; all times in ms. What is absent or undefined has the default that its
 * comment names, which is the value the protocol states where it states one.
 */
export interface DashboardClientOptions {
  /**
   * Where the server is; a function is asked anew for each connection.
   * Default: `/ws/groove/dashboard` on the server this page came from.
   */
  readonly url?: string | (() => string) | undefined;
  /**
   * Gives the token for the server; asked anew for each connection, which counts as failed where it throws.
   * Default: null, no token is sent.
   */
  readonly getToken?: GetToken | null | undefined;
  /** Default: the global WebSocket. There is none in Node before 22. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** Stands in where WebSockets are blocked. Default: null, the WebSocket is tried for ever. */
  readonly fallback?: Fallback | null | undefined;
  /** Bounds of the back-off until a server states its own. Default: { min_ms: 500, max_ms: 20000 }. */
  readonly retry?: RetryWindow | undefined;
  /** How long the server may take from the first byte to its welcome. Default: 10000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How much longer than its heartbeat interval the server may be silent. Default: 10000. */
  readonly silenceGraceMs?: number | undefined;
  /**
   * How long a connection must have lasted for the back-off to begin anew; everything wanted that can be
   * had must be live by then, too, or it begins anew when that is so. Default: 5000.
   */
  readonly steadyMs?: number | undefined;
  /** Least delay after the server closed because this client was too slow. Default: 5000. */
  readonly tooSlowDelayMs?: number | undefined;
  /** Within this time a page that wakes up reconnects. Default: 1000. */
  readonly wakeWithinMs?: number | undefined;
  /** How long a page is hidden before it disconnects. Default: 300000 (5 min). */
  readonly hiddenMs?: number | undefined;
  /** How long a topic, and the connection, outlive the last who wanted them. Default: 5000. */
  readonly lingerMs?: number | undefined;
  /** How long an action may take. Default: 10000. */
  readonly actionTimeoutMs?: number | undefined;
  /** Uniform in [0, 1): the source of all jitter. Default: Math.random. */
  readonly random?: (() => number) | undefined;
  /** When listeners hear of changes. Default: once before each frame, where a page draws any. */
  readonly schedule?: Schedule | undefined;
  /** The page to watch for `online` and visibility; null: none. Default: the one this runs in, if any. */
  readonly page?: Page | null | undefined;
  /** Hears of faults that belong to no topic and no action. Default: console.error. */
  readonly onFault?: ((error: DashboardError) => void) | undefined;
}

type Filled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** The options with every gap filled. */
export interface Settings extends Filled<Omit<DashboardClientOptions, 'WebSocket'>> {
  readonly openSocket: OpenSocket;
}

export function withDefaults({
  url = sameOrigin,
  getToken = null,
  WebSocket,
  fallback = null,
  retry = DEFAULT_RETRY,
  connectTimeoutMs = 10_000,
  silenceGraceMs = 10_000,
  steadyMs = 5_000,
  tooSlowDelayMs = 5_000,
  wakeWithinMs = 1_000,
  hiddenMs = 5 * 60_000,
  lingerMs = 5_000,
  actionTimeoutMs = 10_000,
  random = Math.random,
  schedule = nextFrame,
  page = thisPage() ?? null,
  onFault = console.error,
}: DashboardClientOptions): Settings {
  return {
    url,
    getToken,
    openSocket: (address, protocol) => new (WebSocket ?? globalSocket())(address, protocol),
    fallback,
    retry,
    connectTimeoutMs,
    silenceGraceMs,
    steadyMs,
    tooSlowDelayMs,
    wakeWithinMs,
    hiddenMs,
    lingerMs,
    actionTimeoutMs,
    random,
    schedule,
    page,
    onFault: unfailing(onFault),
  };
}

/** A report that throws must not break what it reports about. */
function unfailing(onFault: Settings['onFault']): Settings['onFault'] {
  return (error) => {
    try {
      onFault(error);
    } catch (thrown) {
      console.error(thrown);
    }
  };
}

function sameOrigin(): string {
  return `${location.origin.replace(/^http/, 'ws')}${SOCKET_PATH}`;
}

function globalSocket(): SocketConstructor {
  if ('WebSocket' in globalThis) return globalThis.WebSocket;
  throw new Error('There is no global WebSocket here: pass one as the option WebSocket.');
}
