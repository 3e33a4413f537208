import type { ConnectionState as MirrorState } from '../mirror/connection-state.ts';

/** Where the connection stands: what the mirror knows of it, and what a page shows besides. */
export type ConnectionState = MirrorState & {
  /**
   * The server that last said welcome knows another schema than this page: both can go on, but a reload
   * of the page would bring the newer one.
   */
  readonly updateAvailable: boolean;
  /** What the last attempt was made with: `websocket`, or the fallback by its name. */
  readonly transport: string;
};
