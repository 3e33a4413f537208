import type { ErrorCode, ErrorMessage, Fault } from '../messages/types.ts';

/**
 * What can go wrong, in one list.
 *
 * From the server: its `ErrorCode`s. Made here:
 *
 * - `not_connected`: there was no connection, so nothing was sent and nothing has been done
 * - `disconnected`: the connection broke before the answer; nobody knows whether it has been done
 * - `timeout`: no answer in time; nobody knows whether it has been done
 * - `refused`: the server does not want this client
 * - `update_required`: page and server speak different versions of the protocol
 * - `bad_frame`: a patch did not fit what is held; the topic is asked for anew
 * - `connect_failed`: the `url` function or the WebSocket constructor threw; `cause` is what it threw
 * - `token_failed`: `getToken` threw or rejected; `cause` is what with
 * - `listener_failed`: a listener of the application threw; `cause` is what it threw
 */
export type DashboardErrorCode =
  | ErrorCode
  | 'not_connected'
  | 'disconnected'
  | 'timeout'
  | 'refused'
  | 'update_required'
  | 'bad_frame'
  | 'connect_failed'
  | 'token_failed'
  | 'listener_failed';

export interface DashboardErrorDetails {
  /** Each fault of the request with its JSON pointer. */
  readonly faults?: readonly Fault[] | undefined;
  /** When to try again at the earliest, in ms. */
  readonly retryAfterMs?: number | undefined;
  /** What was thrown, where the error stands for that. */
  readonly cause?: unknown;
}

/** Every failure that this client reports, on a topic or as the rejection of an action. */
export class DashboardError extends Error {
  override readonly name: string = 'DashboardError';
  declare readonly code: DashboardErrorCode;
  declare readonly faults: readonly Fault[];
  declare readonly retryAfterMs: number | undefined;

  constructor(code: DashboardErrorCode, message: string, details: DashboardErrorDetails = {}) {
    super(message, details); // which takes the cause, where there is one
    this.code = code;
    this.faults = details.faults ?? [];
    this.retryAfterMs = details.retryAfterMs;
  }

  /** The error that the server reported. */
  static from(message: ErrorMessage): DashboardError {
    return new DashboardError(message.code, message.message, {
      faults: message.details,
      retryAfterMs: message.retry_after_ms,
    });
  }
}

/** Takes a fault that belongs to no topic and no action. */
export type Report = (error: DashboardError) => void;
