import type { ConnectionLimits } from '../client/index.ts';

/** The rate of messages that the server lets one connection have, shared by all tabs. */
export class Allowance {
  readonly #perMs: number;
  readonly #burst: number;
  /** What only the hub itself may use, so that it can always give back what nobody wants. */
  readonly #reserve: number;
  #left: number;
  #at = Date.now();

  constructor({ messages_per_second, message_burst }: ConnectionLimits) {
    this.#perMs = messages_per_second / 1000;
    this.#burst = message_burst;
    this.#reserve = Math.min(message_burst / 4, message_burst - 1);
    this.#left = message_burst;
  }

  /** Takes one message for a tab. 0 where it may be sent now; else in how many ms it might be. */
  take(): number {
    return this.#take(1 + this.#reserve);
  }

  /** Takes one message for the hub itself. */
  takeOwn(): number {
    return this.#take(1);
  }

  #take(needed: number): number {
    const now = Date.now();
    this.#left = Math.min(this.#burst, this.#left + Math.max(0, now - this.#at) * this.#perMs);
    this.#at = now;
    if (this.#left < needed) return Math.ceil((needed - this.#left) / this.#perMs);
    this.#left -= 1;
    return 0;
  }
}
