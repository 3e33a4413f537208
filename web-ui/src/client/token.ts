import { BROKEN, failedToBegin } from '../mirror/connection.ts';
import type { DashboardErrorCode, Report } from '../mirror/errors.ts';
import type { SocketLike } from '../mirror/socket.ts';

/** Gives a token that the server takes now. */
export type GetToken = () => string | Promise<string>;

/** What `getToken` comes to; what it throws is a rejection as well. */
export async function askForToken(getToken: GetToken | null): Promise<string> {
  if (getToken === null) throw new Error('the option getToken is missing');
  return getToken();
}

/** A socket for the length of its life, which begins with the token that it sends first. */
export class AuthenticatedSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly #report: Report;
  #socket: SocketLike | undefined;
  #isClosed = false;

  /** `open` makes what carries it, once the token is there. */
  constructor(getToken: GetToken, open: () => SocketLike, report: Report) {
    this.#report = report;
    askForToken(getToken).then(
      (token) => {
        this.#begin(token, open);
      },
      (cause: unknown) => {
        this.#fail('token_failed', cause);
      },
    );
  }

  send(data: string): void {
    this.#socket?.send(data);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }

  #begin(token: string, open: () => SocketLike): void {
    if (this.#isClosed) return;
    try {
      this.#socket = open();
    } catch (cause) {
      this.#fail('connect_failed', cause);
      return;
    }
    this.#socket.onopen = (event) => {
      if (this.#isClosed) return;
      this.send(JSON.stringify({ type: 'authenticate', token }));
      this.onopen?.(event);
    };
    this.#socket.onmessage = (event) => this.onmessage?.(event);
    this.#socket.onclose = (event) => this.onclose?.(event);
    this.#socket.onerror = (event) => this.onerror?.(event);
  }

  #fail(code: DashboardErrorCode, cause: unknown): void {
    if (this.#isClosed) return;
    const error = failedToBegin(code, cause);
    this.onclose?.({ code: BROKEN, reason: error.message });
    this.#report(error);
  }
}
