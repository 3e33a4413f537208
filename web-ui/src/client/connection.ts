import {
  CLOSE_CODES,
  PROTOCOL_VERSION,
  SUBPROTOCOL,
  TERMINAL_CLOSE_CODES,
} from '../messages/protocol.ts';
import {
  SCHEMA_HASH,
  type DashboardMessage,
  type DashboardRequest,
  type RetryWindow,
  type WelcomeMessage,
} from '../messages/types.ts';
import { backoff, spread } from './backoff.ts';
import { DashboardError, type DashboardErrorCode } from './errors.ts';
import type { Settings } from './options.ts';
import { watchPage } from './page.ts';
import { parseFrame, Socket, type SocketListener } from './socket.ts';
import type { CloseInfo, ConnectionState } from './state.ts';

export interface ConnectionListener {
  /** Whether everything that is wanted, and can be had, is live. */
  readonly isLive: () => boolean;
  /** A new attempt begins. */
  readonly begun: () => void;
  /** The state is another one. */
  readonly changed: () => void;
  /** The server has said welcome: requests may be sent. */
  readonly opened: () => void;
  readonly received: (message: DashboardMessage) => void;
  /** There is no connection any more; and there will be none by itself, unless the code is `disconnected`. */
  readonly lost: (error: DashboardError) => void;
}

type StateChange = Partial<ConnectionState>;

/** What browsers say of a connection that ended without a close frame. */
const BROKEN = 1006;

/** How often the clock is looked at for a jump. */
const CLOCK_LOOK_MS = 5_000;

type Timer = ReturnType<typeof setTimeout>;

/**
 * One connection at a time to the server, made again whenever it is lost.
 *
 * Knows nothing of topics. At most one socket and these timers: `#retry` (while waiting), `#silence`
 * (while there is a socket), `#steady` (while the back-off waits to be reset), `#detour`, and the page's.
 */
export class Connection {
  readonly #settings: Settings;
  readonly #listener: ConnectionListener;
  #state: ConnectionState = {
    status: 'idle',
    attempt: 0,
    retryAt: undefined,
    hasConnected: false,
    lastClose: undefined,
    updateAvailable: false,
    transport: 'websocket',
  };
  #window: RetryWindow;
  #maxBytes = Infinity;
  #socket: Socket | undefined;
  #retry: Timer | undefined;
  #silence: Timer | undefined;
  #steady: Timer | undefined;
  /** Waits to try the WebSocket again; there while the fallback stands in for it. */
  #detour: Timer | undefined;
  /** Attempts with the WebSocket in a row of which the server has said nothing. */
  #unanswered = 0;
  #unwatch: (() => void) | undefined;
  /** How long the server may be silent at this moment, in ms. */
  #patience = 0;
  #heardAt = 0;
  #openedAt = 0;
  #lostAt = 0;
  /** For how many ms after that no wake-up reconnects: the server asked for it. */
  #pause = 0;

  constructor(settings: Settings, listener: ConnectionListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#window = settings.retry;
  }

  /** Size of the largest message that the server takes, as it last said. */
  get maxBytes(): number {
    return this.#maxBytes;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Connects, and stays connected. Nothing where that is under way, or refused for good. */
  start(): void {
    if (this.#state.status === 'idle') this.#open();
  }

  /** Tries now instead of later, also after a refusal. */
  retry(): void {
    if (this.#state.status !== 'idle' && this.#socket === undefined) this.#open();
  }

  /** Ends the connection; no timer is left. */
  stop(): void {
    if (this.#state.status === 'idle') return;
    this.#release();
    this.#lose({ status: 'idle', attempt: 0 });
  }

  /** Sends; the caller has seen that the state is `open`. */
  send(request: DashboardRequest): void {
    this.#socket?.send(request);
  }

  /** Something may have become live: once it is and the connection has lasted, the back-off begins anew. */
  confirm(): void {
    if (this.#state.attempt === 0 || this.#steady !== undefined || !this.#listener.isLive()) return;
    this.#steady = setTimeout(
      () => {
        this.#steady = undefined;
        // What has gone stale meanwhile is confirmed by a message, which asks here again.
        if (this.#listener.isLive()) this.#set({ attempt: 0 });
      },
      left(this.#settings.steadyMs, this.#openedAt),
    );
  }

  #open(): void {
    clearTimeout(this.#retry);
    this.#watchPage();
    this.#listener.begun();
    const { connectTimeoutMs, url, openSocket, getToken, fallback } = this.#settings;
    const detour = this.#detour === undefined ? null : fallback;
    const socket = new Socket(this.#events);
    this.#socket = socket;
    this.#await(connectTimeoutMs);
    const { attempt, hasConnected } = this.#state;
    const status = attempt === 0 && !hasConnected ? 'connecting' : 'reconnecting';
    this.#set({ status, transport: detour?.name ?? 'websocket' });
    socket.open(() => {
      const address = typeof url === 'function' ? url() : url;
      if (detour !== null) return detour.openSocket(address, SUBPROTOCOL);
      this.#unanswered += 1;
      return openSocket(address, SUBPROTOCOL);
    }, getToken);
  }

  readonly #events: SocketListener = {
    /** The application's code or the WebSocket threw: an attempt like any other that came to nothing. */
    failed: (code, cause) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      const reason = `no connection could be begun: ${why}`;
      this.#fail(BROKEN, reason);
      this.#settings.onFault(new DashboardError(code, reason, { cause }));
    },
    opened: () => {
      this.#await(this.#settings.connectTimeoutMs);
    },
    received: (data) => {
      this.#await(this.#patience);
      const message = parseFrame(data);
      if (message === undefined) {
        this.#fail(BROKEN, 'the server sent what is no message');
        return;
      }
      this.#answered();
      const { type } = message;
      // Not waiting for the close that follows a goodbye cannot hang.
      if (type === 'goodbye') this.#fail(message.code, message.reason, message.retry);
      else if (type === 'welcome') this.#welcome(message);
      else if (this.#state.status === 'open') this.#listener.received(message);
    },
    closed: (code, reason) => {
      this.#fail(code, reason);
    },
  };

  /** The connection is dead unless something is heard within `patience` ms. */
  #await(patience: number): void {
    this.#heardAt = Date.now();
    this.#patience = patience;
    clearTimeout(this.#silence);
    this.#listen();
  }

  /** Timers stand still while a computer sleeps, the clock does not: so it is looked at often. */
  #listen(): void {
    // Also where the clock was set back: nobody knows then how long it has been.
    const left = this.#patience - Math.abs(Date.now() - this.#heardAt);
    if (left <= 0) {
      this.#fail(BROKEN, `nothing was heard for ${String(this.#patience / 1000)} s`);
    } else {
      this.#silence = setTimeout(
        () => {
          this.#listen();
        },
        Math.min(left, CLOCK_LOOK_MS),
      );
    }
  }

  /** The server has been heard: WebSockets are not blocked, where this was one. */
  #answered(): void {
    if (this.#detour === undefined) this.#unanswered = 0;
  }

  #welcome(welcome: WelcomeMessage): void {
    const { protocol_version, schema_hash, heartbeat_seconds, limits, retry } = welcome;
    const updateAvailable = schema_hash !== SCHEMA_HASH;
    if (updateAvailable && protocol_version !== PROTOCOL_VERSION) {
      const reason = `the server speaks version ${String(protocol_version)} of the protocol`;
      this.#fail(CLOSE_CODES.VERSION_NOT_SUPPORTED, reason);
      return;
    }
    this.#window = retry;
    this.#maxBytes = limits.max_message_bytes;
    this.#await(heartbeat_seconds * 1000 + this.#settings.silenceGraceMs);
    if (this.#state.status === 'open') {
      this.#listener.received(welcome); // the answer to a refreshed token
      return;
    }
    this.#openedAt = Date.now();
    this.#set({ status: 'open', hasConnected: true, updateAvailable });
    this.#listener.opened();
  }

  /** The connection has ended, or was never made: tried again, unless the server refuses this client. */
  #fail(code: number, reason: string, window?: RetryWindow): void {
    const lastClose = { code, reason };
    if (code >= 4000) this.#answered();
    if (code >= TERMINAL_CLOSE_CODES.from && code <= TERMINAL_CLOSE_CODES.to) {
      this.#release();
      if (code === CLOSE_CODES.VERSION_NOT_SUPPORTED) {
        this.#lose({ status: 'update-required', lastClose }, 'update_required');
      } else this.#lose({ status: 'closed', lastClose }, 'refused');
      return;
    }
    const tooSlow = code === CLOSE_CODES.TOO_SLOW ? this.#settings.tooSlowDelayMs : 0;
    this.#lostAt = Date.now();
    this.#pause = Math.max(tooSlow, window?.min_ms ?? 0);
    const delay = this.#takeDetour() ? 0 : tooSlow + this.#delay(window);
    this.#drop();
    const retryAt = this.#tryAgainIn(delay);
    this.#lose({ status: 'reconnecting', retryAt, attempt: this.#state.attempt + 1, lastClose });
  }

  /** There is no connection any more; says so. */
  #lose(changes: StateChange, code: DashboardErrorCode = 'disconnected'): void {
    this.#set(changes);
    const why = changes.lastClose && describe(changes.lastClose);
    this.#listener.lost(new DashboardError(code, why ?? 'the connection was closed here'));
  }

  /**
   * Turns to the fallback where WebSockets seem to be blocked, until it is time to try one again.
   * Says whether that was so before: then nothing is won by waiting.
   */
  #takeDetour(): boolean {
    const { fallback, random } = this.#settings;
    if (fallback === null || this.#detour !== undefined) return false;
    const { afterFailures = 3, retryMs = 60_000 } = fallback;
    if (this.#unanswered < afterFailures) return false;
    this.#detour = setTimeout(
      () => {
        this.#endDetour();
      },
      retryMs * (0.75 + random() / 2),
    );
    return this.#unanswered > afterFailures;
  }

  /** One connection at a time: the fallback's is given up for an attempt with the WebSocket. */
  #endDetour(): void {
    this.#detour = undefined;
    // Where none is there, the next attempt is the WebSocket's, and is not due before its time.
    if (this.#socket === undefined) return;
    this.#leave('the WebSocket is tried again');
    this.retry();
  }

  /** Back-off; a goodbye's window comes first, but a server that only says goodbye is not hammered. */
  #delay(window: RetryWindow | undefined): number {
    const { random, page } = this.#settings;
    const { attempt } = this.#state;
    const asked = window === undefined ? 0 : spread(window, random);
    // Without a network only a server on this computer answers, and a wake-up follows when it is back.
    if (page?.window.navigator?.onLine === false) return Math.max(asked, this.#window.max_ms);
    if (window !== undefined && attempt === 0) return asked;
    return Math.max(asked, backoff(attempt, this.#window, random));
  }

  #tryAgainIn(delay: number): number {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#open();
    }, delay);
    return Date.now() + delay;
  }

  #watchPage(): void {
    const { page, hiddenMs } = this.#settings;
    if (page === null || this.#unwatch !== undefined) return;
    this.#unwatch = watchPage(
      page,
      hiddenMs,
      () => {
        if (!this.#isAsleep()) this.#leave('the page was put aside');
      },
      () => {
        this.#wake();
      },
    );
  }

  /** Asleep is the one state without a socket and without a time to try again. */
  #isAsleep(): boolean {
    const { status, retryAt } = this.#state;
    return status === 'reconnecting' && retryAt === undefined && this.#socket === undefined;
  }

  /** Gives up the connection, and the next attempt, for now. */
  #leave(reason: string): void {
    this.#drop();
    this.#lose({ status: 'reconnecting', lastClose: { code: 1000, reason } });
  }

  /** Reconnects soon. A silence may have gone unseen while the computer slept. */
  #wake(): void {
    if (this.#socket !== undefined) {
      clearTimeout(this.#silence);
      this.#listen();
    }
    if (this.#socket !== undefined || this.#state.status !== 'reconnecting') return;
    const jitter = this.#settings.random() * this.#settings.wakeWithinMs;
    const delay = Math.max(jitter, left(this.#pause, this.#lostAt));
    const { retryAt } = this.#state;
    if (retryAt !== undefined && retryAt <= Date.now() + delay) return;
    this.#set({ retryAt: this.#tryAgainIn(delay) });
  }

  /** Lets go of the socket, of what depends on it, and of the next attempt. */
  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    clearTimeout(this.#steady);
    this.#steady = undefined;
    this.#socket?.drop();
    this.#socket = undefined;
  }

  /** Lets go of everything. */
  #release(): void {
    this.#drop();
    clearTimeout(this.#detour);
    this.#detour = undefined;
    this.#unanswered = 0;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #set(changes: StateChange): void {
    this.#state = { ...this.#state, retryAt: undefined, ...changes } as ConnectionState;
    this.#listener.changed();
  }
}

function describe({ code, reason }: CloseInfo): string {
  return reason === '' ? `connection closed with code ${String(code)}` : reason;
}

/** How much is left of `ms` that began at `since`: never more than `ms`, also where the clock was set back. */
function left(ms: number, since: number): number {
  return Math.min(ms, Math.max(0, since + ms - Date.now()));
}
