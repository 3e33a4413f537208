import { SUBPROTOCOL } from '../messages/protocol.ts';
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
export type OpenSocket = (url: string, protocol: string) => SocketLike;

export interface SocketListener {
  readonly opened: () => void;
  readonly received: (data: unknown) => void;
  readonly closed: (code: number, reason: string) => void;
}

/**
 * One WebSocket for the length of its life.
 *
 * After `drop()` nothing of it reaches the listener any more, whatever the network still delivers.
 */
export class Socket {
  readonly #socket: SocketLike;

  constructor(open: OpenSocket, url: string, listener: SocketListener) {
    const socket = open(url, SUBPROTOCOL);
    socket.onopen = listener.opened;
    socket.onmessage = ({ data }) => {
      listener.received(data);
    };
    socket.onclose = ({ code, reason }) => {
      listener.closed(code, reason);
    };
    // What went wrong is not told here; a close event always follows.
    socket.onerror = ignore;
    this.#socket = socket;
  }

  send(request: DashboardRequest): void {
    this.#socket.send(JSON.stringify(request));
  }

  drop(): void {
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    // Closing before the handshake is done ends in an error event, which `ws` throws where nobody listens.
    this.#socket.onerror = ignore;
    this.#socket.close();
  }
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
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
