import type { SocketConstructor } from '../client/index.ts';
import { SharedSocket } from './shared-socket.ts';
import { thisBrowser, type Surroundings } from './surroundings.ts';

export type { Channel, Locks, Surroundings } from './surroundings.ts';

export interface SharedWebSocketOptions {
  /**
   * Tabs that name different things share nothing, though they have the same url. Where people sign in, name
   * the person: the connection is opened with the token of one tab and serves them all. Default: ''.
   */
  readonly name?: string | undefined;
  /** What the one real socket is made of. Default: the global WebSocket. */
  readonly WebSocket?: SocketConstructor | undefined;
}

/**
 * The option `WebSocket` of a DashboardClient whose tabs share one connection.
 *
 * All tabs of a browser that come from one origin, and have the same url and `name`, use the real socket of
 * one of them. Each is told of its own topics alone, as if it had a connection to itself. Whichever tab is
 * closed, crashes, or lets go since it is hidden for long: the others go on by another connection within
 * about a second, from what they hold, and miss nothing. Actions under way at that moment reject, as they
 * do when a connection breaks.
 *
 * All tabs together have the server's limits of one connection. One that asks for more topics than that
 * is answered with `too_many_topics`.
 *
 * Needs Web Locks and BroadcastChannel, which browsers give to pages that come by https or from this
 * machine. Elsewhere each client has a connection of its own: the result is the option `WebSocket` as
 * given, undefined for the global one.
 */
export function sharedWebSocket(
  { name = '', WebSocket }: SharedWebSocketOptions = {},
  surroundings: Surroundings | undefined = thisBrowser(),
): SocketConstructor | undefined {
  if (surroundings === undefined) return WebSocket;
  const group = { name, surroundings };
  return class extends SharedSocket {
    constructor(url: string, protocol: string) {
      const openSocket = () => new (WebSocket ?? globalThis.WebSocket)(url, protocol);
      super({ ...group, url, protocol, openSocket });
    }
  };
}
