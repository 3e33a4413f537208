import { SUBPROTOCOL } from '../messages/protocol.ts';
import type { DashboardMessage } from '../messages/types.ts';
import { isContainer } from './share.ts';

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

/** Opens a `WebSocket`; the global one where that is undefined, looked up as late as it is needed. */
export function socketOpener(WebSocket: SocketConstructor | undefined) {
  return (address: () => string): SocketLike => {
    const Socket = WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
    if (Socket) return new Socket(address(), SUBPROTOCOL);
    throw new Error('There is no global WebSocket here: pass one as the option WebSocket.');
  };
}

/** The message in a frame; undefined where the frame is none (binary, not JSON, no `type`). */
export function parseFrame(data: unknown): DashboardMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isContainer(value) && 'type' in value
      ? (value as unknown as DashboardMessage)
      : undefined;
  } catch {
    return undefined; // not JSON
  }
}
