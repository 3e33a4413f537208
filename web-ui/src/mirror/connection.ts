import {
  CLOSE_TOO_SLOW,
  CLOSE_VERSION_NOT_SUPPORTED,
  FIRST_TERMINAL_CLOSE,
  PROTOCOL_VERSION,
} from '../messages/protocol.ts';
import {
  SCHEMA_HASH,
  type DashboardMessage,
  type DashboardRequest,
  type RetryWindow,
  type WelcomeMessage,
} from '../messages/types.ts';
import { backoff, DEFAULT_RETRY, spread } from './backoff.ts';
import type { ConnectionState } from './connection-state.ts';
import { DashboardError, type DashboardErrorCode, type Report } from './errors.ts';
import type { Extension } from './extension.ts';
import type { TopicMirror } from './mirror.ts';
import type { MirrorOptions } from './options.ts';
import { parseFrame, socketOpener, type SocketLike } from './socket.ts';

export interface ConnectionListener {
  /** Whether everything that is wanted, and can be had, is live. */
  readonly areLive: () => boolean;
  /**
   * The state is another one. Where there is an `error` there is no connection any more; and there will be none by
   * itself, unless its code is `disconnected`.
   */
  readonly changed: (state: ConnectionState, error: DashboardError | undefined) => void;
  /** Of an open connection; the first is the welcome, from which on requests may be sent. */
  readonly receive: (message: DashboardMessage) => void;
}

type OfMirror = 'getConnection' | 'connect' | 'retry' | 'close';

export interface Connection extends Pick<TopicMirror, OfMirror> {
  /** Sends; the caller has seen that the state is `open`. */
  readonly send: (request: DashboardRequest) => void;
  /** Whether there is a connection, or one is being made; a silence that went unseen is seen now. */
  readonly isAlive: () => boolean;
  /** Changes the state; what is not named stays, but for `retryAt`. The next attempt begins at that time. */
  readonly set: (changes: StateChange) => void;
  /** Gives up the connection and the next attempt, and changes the state. */
  readonly lose: (why: string, changes: StateChange) => void;
}

type StateChange = Partial<ConnectionState>;

/** What browsers say of a connection that ended without a close frame. */
export const BROKEN = 1006;

/** Least delay after the server closed because this client was too slow. */
export const TOO_SLOW_DELAY_MS = 5_000;

/** How often the clock is looked at for a jump. */
const CLOCK_LOOK_MS = 5_000;

type Timer = ReturnType<typeof setTimeout>;

/**
 * One connection at a time to the server, made again whenever it is lost.
 *
 * Knows nothing of topics. There is at most one socket.
 */
export function createConnection(
  {
    url,
    WebSocket,
    retry = DEFAULT_RETRY,
    connectTimeoutMs = 10_000,
    silenceGraceMs = 10_000,
    steadyMs = 5_000,
    tooSlowDelayMs = TOO_SLOW_DELAY_MS,
    random = Math.random,
  }: MirrorOptions,
  lingerMs: number,
  extension: Extension,
  report: Report,
  listener: ConnectionListener,
): Connection {
  const { openSocket = socketOpener(WebSocket) } = extension;
  let state: ConnectionState = {
    status: 'idle',
    attempt: 0,
    retryAt: undefined,
    hasConnected: false,
    lastClose: undefined,
  };
  /** Who wants it. */
  const users = new Set<object>();
  let socket: SocketLike | undefined;
  /** Bounds of the back-off. */
  let bounds = retry;
  /** Begins the next attempt. */
  let next: Timer | undefined;
  /** Looks whether the server is silent; there exactly while there is an attempt or a connection. */
  let silence: Timer | undefined;
  /** Waits until an open connection has lasted. */
  let steady: Timer | undefined;
  /** Closes it after the last who wanted it has gone. */
  let letGo: Timer | undefined;
  /** How long the server may be silent at this moment, in ms, and since when it is. */
  let patience = 0;
  let heardAt = 0;

  function set(changes: StateChange, error?: DashboardError): void {
    state = { ...state, retryAt: undefined, ...changes } as ConnectionState;
    clearTimeout(next);
    if (state.retryAt) next = setTimeout(open, state.retryAt - Date.now());
    listener.changed(state, error);
  }

  function connect(): () => void {
    const user = {};
    users.add(user);
    clearTimeout(letGo);
    if (state.status === 'idle') open();
    return () => {
      if (!users.delete(user) || users.size > 0 || state.status === 'idle') return;
      letGo = setTimeout(close, lingerMs);
    };
  }

  function close(): void {
    clearTimeout(letGo);
    if (state.status !== 'idle')
      lose('the connection was closed here', { status: 'idle', attempt: 0 });
  }

  function open(): void {
    patience = connectTimeoutMs;
    hear();
    const { attempt, hasConnected } = state;
    set({ status: attempt > 0 || hasConnected ? 'reconnecting' : 'connecting' });
    // Who heard of that may have closed, or begun anew.
    if (!silence || socket) return;
    try {
      socket = openSocket(typeof url === 'function' ? url : () => url);
    } catch (cause) {
      const error = failedToBegin('connect_failed', cause);
      fail(BROKEN, error.message);
      report(error);
      return;
    }
    socket.onopen = hear;
    socket.onmessage = receive;
    socket.onclose = ({ code, reason }) => {
      fail(code, reason);
    };
    // A close event always follows; but where nobody listens, `ws` throws the error.
    socket.onerror = () => undefined;
  }

  function receive({ data }: { readonly data: unknown }): void {
    hear();
    const message = parseFrame(data);
    if (!message) {
      fail(BROKEN, 'the server sent what is no message');
      return;
    }
    extension.heard?.(message);
    // Not waiting for the close that follows a goodbye cannot hang.
    if (message.type === 'goodbye') fail(message.code, message.reason, message.retry);
    else if (message.type === 'welcome') welcome(message);
    // Not before the welcome, and not after a listener has closed on hearing of it.
    if (state.status !== 'open') return;
    listener.receive(message);
    confirm();
  }

  function welcome(message: WelcomeMessage): void {
    const { protocol_version, schema_hash } = message;
    if (protocol_version !== PROTOCOL_VERSION && schema_hash !== SCHEMA_HASH) {
      const reason = `the server speaks version ${String(protocol_version)} of the protocol`;
      fail(CLOSE_VERSION_NOT_SUPPORTED, reason);
      return;
    }
    bounds = message.retry;
    patience = message.heartbeat_seconds * 1000 + silenceGraceMs;
    hear();
    // Otherwise it is the answer to a refreshed token.
    if (state.status === 'open') return;
    if (state.attempt > 0) {
      steady = setTimeout(() => {
        steady = undefined;
        confirm();
      }, steadyMs);
    }
    set({ status: 'open', hasConnected: true });
  }

  /** The back-off begins anew once the connection has lasted and everything is live: a message may bring that about. */
  function confirm(): void {
    const { status, attempt } = state;
    if (status === 'open' && attempt > 0 && !steady && listener.areLive()) set({ attempt: 0 });
  }

  function hear(): void {
    heardAt = Date.now();
    watchSilence();
  }

  /** Timers stand still while a computer sleeps, the clock does not: so it is looked at often. */
  function watchSilence(): void {
    clearTimeout(silence);
    // Also where the clock was set back: nobody knows then how long it has been.
    const rest = patience - Math.abs(Date.now() - heardAt);
    if (rest > 0) silence = setTimeout(watchSilence, Math.min(rest, CLOCK_LOOK_MS));
    else fail(BROKEN, `nothing was heard for ${String(patience / 1000)} s`);
  }

  /** The connection has ended, or was never made: tried again, unless the server refuses this client. */
  function fail(code: number, reason: string, window?: RetryWindow): void {
    const lastClose = { code, reason };
    const why = reason || `connection closed with code ${String(code)}`;
    if (code === CLOSE_VERSION_NOT_SUPPORTED) {
      lose(why, { status: 'update-required', lastClose }, 'update_required');
    } else if (code >= FIRST_TERMINAL_CLOSE) {
      lose(why, { status: 'closed', lastClose }, 'refused');
    } else {
      const { attempt } = state;
      const asked = window ? spread(window, random) : 0;
      // A goodbye's window comes first, but a server that only says goodbye is not hammered.
      const own = window && attempt === 0 ? 0 : backoff(attempt, bounds, random);
      const delay = extension.delay?.(code, asked, window) ?? Math.max(asked, own);
      const retryAt = Date.now() + delay + (code === CLOSE_TOO_SLOW ? tooSlowDelayMs : 0);
      lose(why, { status: 'reconnecting', attempt: attempt + 1, retryAt, lastClose });
    }
  }

  /** There is no connection any more; says so. */
  function lose(
    why: string,
    changes: StateChange,
    code: DashboardErrorCode = 'disconnected',
  ): void {
    clearTimeout(silence);
    clearTimeout(steady);
    silence = steady = undefined;
    if (socket) {
      // What the network still delivers of it reaches nobody.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      socket = undefined;
    }
    set(changes, new DashboardError(code, why));
  }

  return {
    getConnection: () => state,
    connect,
    retry: () => {
      if (state.status !== 'idle' && !silence) open();
    },
    close,
    send: (request) => {
      socket?.send(JSON.stringify(request));
    },
    isAlive: () => {
      if (silence) watchSilence();
      return !!silence;
    },
    set,
    lose,
  };
}

/** The application's code or the WebSocket threw: an attempt like any other that came to nothing. */
export function failedToBegin(code: DashboardErrorCode, cause: unknown): DashboardError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DashboardError(code, `no connection could be begun: ${why}`, { cause });
}
