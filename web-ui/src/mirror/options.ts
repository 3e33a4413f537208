import type { RetryWindow } from '../messages/types.ts';
import type { DashboardError } from './errors.ts';
import type { Schedule } from './schedule.ts';
import type { SocketConstructor } from './socket.ts';

/**
 * Every parameter of a mirror; all times in ms. What is absent or undefined has the default that its
 * comment names, which is the value the protocol states where it states one.
 */
export interface MirrorOptions {
  /** Where the server is; a function is asked anew for each connection. */
  readonly url: string | (() => string);
  /** Default: the global WebSocket. There is none in Node before 22. */
  readonly WebSocket?: SocketConstructor | undefined;
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
  /** How long a topic, and the connection, outlive the last who wanted them. Default: 5000. */
  readonly lingerMs?: number | undefined;
  /** Uniform in [0, 1): the source of all jitter. Default: Math.random. */
  readonly random?: (() => number) | undefined;
  /** When listeners hear of changes. Default: once before each frame, where a page draws any. */
  readonly schedule?: Schedule | undefined;
  /** Hears of faults that belong to no topic; throws nothing itself. Default: console.error. */
  readonly onFault?: ((error: DashboardError) => void) | undefined;
}
