import type { ConnectionLimits, WelcomeMessage } from '../client/index.ts';

/** The server's welcome, for members that come later. */
export class Greeting {
  readonly #welcome: WelcomeMessage;
  readonly #at = Date.now();

  constructor(welcome: WelcomeMessage) {
    this.#welcome = welcome;
  }

  get limits(): ConnectionLimits {
    return this.#welcome.limits;
  }

  /** What the server's clock says now. */
  get serverTime(): string {
    const then = Date.parse(this.#welcome.server_time);
    return new Date(then + Date.now() - this.#at).toISOString();
  }

  /** As the server would say it now. */
  get message(): WelcomeMessage {
    return { ...this.#welcome, server_time: this.serverTime };
  }
}
