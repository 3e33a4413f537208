import type { Frame } from './contestant.ts';

type Handler = ((event: unknown) => void) | null;

export interface Server {
  /** What is said to who has connected. */
  readonly greet?: (socket: ScriptedSocket) => void;
  /** What is said to a message of the client. */
  readonly answer?: (socket: ScriptedSocket, message: string) => void;
}

/**
 * A WebSocket whose other end is the benchmark. Handlers may be set as properties or added as listeners, since the
 * contestants do either.
 */
export class ScriptedSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static server: Server = {};
  static opened: ScriptedSocket | undefined;

  readonly OPEN = ScriptedSocket.OPEN;
  readonly url: string;
  readyState: number = ScriptedSocket.CONNECTING;
  onopen: Handler = null;
  onmessage: Handler = null;
  onclose: Handler = null;
  onerror: Handler = null;
  readonly #listeners = new Map<string, Set<(event: unknown) => void>>();

  constructor(url: string) {
    this.url = url;
    ScriptedSocket.opened = this;
    queueMicrotask(() => {
      this.readyState = ScriptedSocket.OPEN;
      this.#tell('open', this.onopen, {});
      ScriptedSocket.server.greet?.(this);
    });
  }

  send(message: string): void {
    ScriptedSocket.server.answer?.(this, message);
  }

  /** What the server says; it arrives when it is delivered. */
  frame(message: object): Frame {
    const data = JSON.stringify(message);
    return {
      text: data,
      deliver: () => {
        this.#tell('message', this.onmessage, { data });
      },
    };
  }

  close(): void {
    this.readyState = ScriptedSocket.CLOSED;
    this.#tell('close', this.onclose, { code: 1000, reason: '', wasClean: true });
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    const known = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, known.add(listener));
  }

  removeEventListener(type: string, listener: (event: unknown) => void): void {
    this.#listeners.get(type)?.delete(listener);
  }

  #tell(type: string, handler: Handler, event: object): void {
    const told = { ...event, type, target: this };
    handler?.(told);
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(told);
  }
}

/** The socket that the contestant has opened. */
export function theSocket(): ScriptedSocket {
  if (ScriptedSocket.opened === undefined) throw new Error('no socket was opened');
  return ScriptedSocket.opened;
}
