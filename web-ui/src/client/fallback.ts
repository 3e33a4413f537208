import { SUBPROTOCOL } from '../messages/protocol.ts';
import type { ExtensibleMirror } from '../mirror/mirror.ts';
import { socketOpener, type OpenSocket, type SocketLike } from '../mirror/socket.ts';
import { leave } from './leave.ts';
import type { DashboardClientOptions } from './options.ts';

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

/** The way to the server: the WebSocket, or the fallback where that seems to be blocked. */
export interface Way {
  readonly openSocket: (address: () => string) => SocketLike;
  readonly transport: () => string;
  /** The server has been heard: WebSockets are not blocked, where this was one. */
  readonly heard: () => void;
  /** An attempt has failed. Gives 0 where nothing is won by waiting for the next. */
  readonly delay: (code: number) => 0 | undefined;
  /** The next attempt is the WebSocket's; no timer is left. */
  readonly end: () => void;
}

export function chooseWay(
  { fallback = null, WebSocket, random = Math.random }: DashboardClientOptions,
  mirror: ExtensibleMirror,
): Way {
  const openWebSocket = socketOpener(WebSocket);
  const { afterFailures = 3, retryMs = 60_000 } = fallback ?? {};
  /** Attempts with the WebSocket in a row of which the server has said nothing. */
  let unanswered = 0;
  /** Waits to try the WebSocket again; there while the fallback stands in for it. */
  let detour: ReturnType<typeof setTimeout> | undefined;

  function standIn(): Fallback | null {
    return detour === undefined ? null : fallback;
  }

  function heard(): void {
    if (detour === undefined) unanswered = 0;
  }

  /** One connection at a time: the fallback's is given up for an attempt with the WebSocket. */
  function tryWebSocket(): void {
    // First: one that has died unseen was the fallback's.
    const isAlive = mirror.isAlive();
    detour = undefined;
    // Where none is there, the next attempt is the WebSocket's, and is not due before its time.
    if (!isAlive) return;
    leave(mirror, 'the WebSocket is tried again');
    mirror.retry();
  }

  return {
    openSocket: (address) => {
      const other = standIn();
      if (other !== null) return other.openSocket(address(), SUBPROTOCOL);
      const known = address(); // where that throws, no WebSocket has been tried
      unanswered += 1;
      return openWebSocket(() => known);
    },
    transport: () => standIn()?.name ?? 'websocket',
    heard,
    delay: (code) => {
      // Codes of the protocol are the server's own.
      if (code >= 4000) heard();
      if (fallback === null || detour !== undefined || unanswered < afterFailures) return undefined;
      detour = setTimeout(tryWebSocket, retryMs * (0.75 + random() / 2));
      // It was only tried again, and is blocked still.
      return unanswered > afterFailures ? 0 : undefined;
    },
    end: () => {
      clearTimeout(detour);
      detour = undefined;
      unanswered = 0;
    },
  };
}
