import type { DashboardMessage, ErrorMessage, RetryWindow } from '../messages/types.ts';
import type { ConnectionState } from './connection-state.ts';
import type { DashboardError } from './errors.ts';
import type { SocketLike } from './socket.ts';

/** Where something joins a mirror that it does without. What is absent costs next to nothing. */
export interface Extension {
  /** Makes the socket of an attempt; asks for the address when it needs it. Default: the option WebSocket. */
  readonly openSocket?: (address: () => string) => SocketLike;
  /** A message of the server has come. */
  readonly heard?: (message: DashboardMessage) => void;
  /**
   * An attempt has failed with that close code, and another follows. Gives the ms until then where they are others than
   * the usual ones: `askedMs` are what the server has asked for, at random inside its `window`.
   */
  readonly delay?: (
    code: number,
    askedMs: number,
    window: RetryWindow | undefined,
  ) => number | undefined;
  /** The connection's state is another one; with an `error` where everything that was on its way is lost. */
  readonly changed?: (state: ConnectionState, error: DashboardError | undefined) => void;
  /** Takes an error, where it answers what the mirror has not asked; says whether it does. */
  readonly claim?: (error: ErrorMessage) => boolean;
}
