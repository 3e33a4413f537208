import type { RetryWindow } from '../messages/types.ts';
import { DEFAULT_RETRY } from './backoff.ts';
import type { DashboardError } from './errors.ts';
import { thisPage, type Page } from './page.ts';
import { nextFrame, type Schedule } from './schedule.ts';
import type { OpenSocket, SocketConstructor } from './socket.ts';

/** Every parameter of the client; all times in ms. What is absent has the value the protocol states. */
export interface DashboardClientOptions {
  /** Where the server is; by default the one this page came from. Asked anew for each connection. */
  readonly url?: string | (() => string);
  /** Needed where there is no global WebSocket (Node before 22). */
  readonly WebSocket?: SocketConstructor;
  /** Bounds of the back-off until a server states its own. */
  readonly retry?: RetryWindow;
  /** How long the server may take from the first byte to its welcome. */
  readonly connectTimeoutMs?: number;
  /** How much longer than its heartbeat interval the server may be silent. */
  readonly silenceGraceMs?: number;
  /**
   * How long a connection must have lasted for the back-off to begin anew; everything wanted that can be
   * had must be live by then, too, or it begins anew when that is so. Default: 5000.
   */
  readonly steadyMs?: number;
  /** Least delay after the server closed because this client was too slow. */
  readonly tooSlowDelayMs?: number;
  /** Within this time a page that wakes up reconnects. */
  readonly wakeWithinMs?: number;
  /** How long a page is hidden before it disconnects. */
  readonly hiddenMs?: number;
  /** How long a topic, and the connection, outlive the last who wanted them. */
  readonly lingerMs?: number;
  /** How long an action may take. */
  readonly actionTimeoutMs?: number;
  /** Uniform in [0, 1): the source of all jitter. */
  readonly random?: () => number;
  /** When listeners hear of changes; by default once before each frame. */
  readonly schedule?: Schedule;
  /** The page to watch for `online` and visibility; by default this one, if any. */
  readonly page?: Page | undefined;
  /** Hears of faults that belong to no topic and no action. Default: the console. */
  readonly onFault?: (error: DashboardError) => void;
}

/** The options with every gap filled. */
export interface Settings extends Required<Omit<DashboardClientOptions, 'WebSocket'>> {
  readonly openSocket: OpenSocket;
}

export function withDefaults({ WebSocket, ...options }: DashboardClientOptions): Settings {
  const settings: Settings = {
    url: sameOrigin,
    openSocket: (url, protocol) => new (WebSocket ?? globalSocket())(url, protocol),
    retry: DEFAULT_RETRY,
    connectTimeoutMs: 10_000,
    silenceGraceMs: 10_000,
    steadyMs: 5_000,
    tooSlowDelayMs: 5_000,
    wakeWithinMs: 1_000,
    hiddenMs: 5 * 60_000,
    lingerMs: 5_000,
    actionTimeoutMs: 10_000,
    random: Math.random,
    schedule: nextFrame,
    page: thisPage(),
    onFault: (error) => {
      console.error(error);
    },
    ...options,
  };
  return { ...settings, onFault: unfailing(settings.onFault) };
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
  return `${location.origin.replace(/^http/, 'ws')}/ws/groove/dashboard`;
}

function globalSocket(): SocketConstructor {
  if ('WebSocket' in globalThis) return globalThis.WebSocket;
  throw new Error('There is no global WebSocket here: pass one as the option WebSocket.');
}
