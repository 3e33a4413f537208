import type { Fallback } from '../client/index.ts';
import { httpBase } from './address.ts';
import { PollingSocket } from './polling-socket.ts';

/** What polling may be told; all times in ms. */
export interface PollingOptions {
  /**
   * Where the server's HTTP API is, without a slash at the end, as in `https://example.org/dashboard`.
   * Default: where the client's WebSocket would have been.
   */
  readonly url?: string | undefined;
  /** How long after an answer the topics are asked for again, a tenth more or less. Default: 5000. */
  readonly intervalMs?: number | undefined;
  /** How long an answer may take. Default: 10000. */
  readonly timeoutMs?: number | undefined;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Uniform in [0, 1): the source of all jitter. Default: Math.random. */
  readonly random?: (() => number) | undefined;
  /** After how many attempts with the WebSocket polling begins; as in `Fallback`. */
  readonly afterFailures?: number | undefined;
  /** After about how many ms the WebSocket is tried again; as in `Fallback`. */
  readonly retryMs?: number | undefined;
}

/**
 * The client's option `fallback` for where WebSockets are blocked: asks for the topics over HTTP, again and again.
 *
 * What has not changed costs an empty answer. Data are as old as `intervalMs` at most, and the connection's state says
 * `transport: 'polling'`.
 */
export function polling(options: PollingOptions = {}): Fallback {
  const settings = {
    intervalMs: options.intervalMs ?? 5_000,
    timeoutMs: options.timeoutMs ?? 10_000,
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    random: options.random ?? Math.random,
  };
  return {
    name: 'polling',
    openSocket: (url) => new PollingSocket(options.url ?? httpBase(url), settings),
    afterFailures: options.afterFailures,
    retryMs: options.retryMs,
  };
}
