/** How the last connection ended: a close code of the protocol, or 1006 where it just broke. */
export interface CloseInfo {
  readonly code: number;
  readonly reason: string;
}

interface ConnectionFacts {
  /** Attempts since data were last live for a while. */
  readonly attempt: number;
  /** Whether there has ever been a connection. */
  readonly hasConnected: boolean;
  readonly lastClose: CloseInfo | undefined;
}

/**
 * Where the connection stands.
 *
 * - `idle`: not asked for
 * - `connecting`: the first attempt is on its way
 * - `open`: the server has said welcome
 * - `reconnecting`: lost or never made; tried again at `retryAt` (ms since the epoch), or being tried
 *   now, or given up until somebody asks for it, where that is undefined
 * - `closed`: the server refuses this client; only `retry()` tries again
 * - `update-required`: page and server speak different versions; a reload of the page helps
 */
export type ConnectionState = ConnectionFacts &
  (
    | {
        readonly status: 'idle' | 'connecting' | 'open' | 'closed' | 'update-required';
        readonly retryAt: undefined;
      }
    | { readonly status: 'reconnecting'; readonly retryAt: number | undefined }
  );

export type ConnectionStatus = ConnectionState['status'];
