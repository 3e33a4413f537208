interface Held {
  readonly due: number;
  readonly arrive: () => void;
}

/** What lies between client and server: all of it arrives, in order, as late as it is told to. */
export class Line {
  /** How long what is sent from now on takes, in ms of the virtual clock; Infinity: until `clear`. */
  delay = 0;
  #now = 0;
  #held: Held[] = [];

  /** The virtual clock: ms since the beginning. */
  get now(): number {
    return this.#now;
  }

  /** Calls `arrive` at once where nothing is on its way and nothing takes time, and else in its turn. */
  carry(arrive: () => void): void {
    if (this.delay === 0 && this.#held.length === 0) arrive();
    else this.#held.push({ due: this.#now + this.delay, arrive });
  }

  /** Moves the clock, and lets arrive what is due by then. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#held[0]; next !== undefined && next.due <= end; next = this.#held[0]) {
      this.#held.shift();
      this.#now = Math.max(this.#now, next.due);
      next.arrive();
    }
    this.#now = end;
  }

  /** Lets everything arrive, and holds up nothing any more. */
  clear(): void {
    this.delay = 0;
    for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift())
      next.arrive();
  }
}
