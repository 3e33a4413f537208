import type { DashboardMessage, DashboardRequest } from '../messages/types.ts';

/** The part of a WebSocket that this client uses; the browser's and the one of `ws` both fit. */
export interface SocketLike {
  onopen: Handler<unknown>;
  onmessage: Handler<{ readonly data: unknown }>;
  onclose: Handler<{ readonly code: number; readonly reason: string }>;
  onerror: Handler<unknown>;
  send(data: string): void;
  close(): void;
}

/** Written as a method, so that a handler of a narrower event fits as well. */
type Handler<E> = { handle(event: E): void }['handle'] | null;

export type SocketConstructor = new (url: string, protocol: string) => SocketLike;
/** Gives a token that the server takes now. */
export type GetToken = () => string | Promise<string>;
export type OpenSocket = (url: string, protocol: string) => SocketLike;

/** Another way to the server, for where WebSockets are blocked. */
export interface Fallback {
  /** What the connection's state calls it. */
  readonly name: string;
  /** Makes what behaves like a WebSocket: it opens, carries the protocol's messages, and closes. */
  readonly openSocket: OpenSocket;
  /** After how many attempts with the WebSocket in a row of which the server has said nothing. Default: 3. */
  readonly afterFailures?: number | undefined;
  /** After about how many ms the WebSocket is tried again. Default: 60000. */
  readonly retryMs?: number | undefined;
}

export interface SocketListener {
  /** There will be no connection: `cause` was thrown in place of a token, or of a WebSocket. */
  readonly failed: (code: 'token_failed' | 'connect_failed', cause: unknown) => void;
  readonly opened: () => void;
  readonly received: (data: unknown) => void;
  readonly closed: (code: number, reason: string) => void;
}

/**
 * One WebSocket for the length of its life, which begins with the token that it needs.
 *
 * After `drop()` nothing of it reaches the listener any more, whatever the application or the network
 * still deliver.
 */
export class Socket {
  readonly #listener: SocketListener;
  #socket: SocketLike | undefined;
  #isDropped = false;

  constructor(listener: SocketListener) {
    this.#listener = listener;
  }

  /** Gets a token, where there is `getToken`, and then makes the WebSocket. */
  open(make: () => SocketLike, getToken: GetToken | null): void {
    if (getToken === null) this.#open(make);
    else {
      ask(getToken).then(
        (token) => {
          this.#open(make, token);
        },
        (cause: unknown) => {
          if (!this.#isDropped) this.#listener.failed('token_failed', cause);
        },
      );
    }
  }

  send(request: DashboardRequest): void {
    this.#socket?.send(JSON.stringify(request));
  }

  drop(): void {
    this.#isDropped = true;
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    // Closing before the handshake is done ends in an error event, which `ws` throws where nobody listens.
    socket.onerror = ignore;
    socket.close();
  }

  #open(make: () => SocketLike, token?: string): void {
    if (this.#isDropped) return;
    const { failed, opened, received, closed } = this.#listener;
    try {
      this.#socket = make();
    } catch (cause) {
      failed('connect_failed', cause);
      return;
    }
    this.#socket.onopen = () => {
      if (token !== undefined) this.send({ type: 'authenticate', token });
      opened();
    };
    this.#socket.onmessage = ({ data }) => {
      received(data);
    };
    this.#socket.onclose = ({ code, reason }) => {
      closed(code, reason);
    };
    // What went wrong is not told here; a close event always follows.
    this.#socket.onerror = ignore;
  }
}

/** What `getToken` comes to; what it throws is a rejection as well. */
export async function ask(getToken: GetToken): Promise<string> {
  return getToken();
}

function ignore(): void {
  // Nothing to do: see where it is used.
}

/** The message in a frame; undefined where the frame is none (binary, not JSON, no `type`). */
export function parseFrame(data: unknown): DashboardMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'type' in value
      ? (value as DashboardMessage)
      : undefined;
  } catch {
    return undefined; // not JSON
  }
}
