import type { Schedule } from './schedule.ts';

export type Listener = () => void;
export type Listeners = Set<Listener>;

/**
 * Tells listeners once of however many changes there were since they were last told.
 *
 * A listener that throws is reported to `failed` and keeps nobody else from hearing.
 */
export class Notifier {
  readonly #schedule: Schedule;
  readonly #failed: (thrown: unknown) => void;
  readonly #due = new Set<Listeners>();
  #cancel: (() => void) | undefined;
  #isPlanned = false;
  #holds = 0;

  constructor(schedule: Schedule, failed: (thrown: unknown) => void) {
    this.#schedule = schedule;
    this.#failed = failed;
  }

  /** Something that `listeners` watch has changed. */
  mark(listeners: Listeners): void {
    this.#due.add(listeners);
    this.#plan();
  }

  /** Does `work`, which may mark as often as it likes, and only then plans to tell. */
  together(work: () => void): void {
    this.#holds += 1;
    try {
      work();
    } finally {
      this.#holds -= 1;
      this.#plan();
    }
  }

  /** Tells now what is due. */
  flush(): void {
    this.#isPlanned = false;
    this.#cancel?.();
    this.#cancel = undefined;
    // A copy: a listener that is called may add others, which know the newest state anyway.
    const calls = [...this.#due].flatMap((due) => [...due].map((listener) => ({ due, listener })));
    this.#due.clear();
    for (const { due, listener } of calls) {
      // One that was called before may have made it leave.
      if (due.has(listener)) this.#tell(listener);
    }
  }

  #tell(listener: Listener): void {
    try {
      listener();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #plan(): void {
    if (this.#holds > 0 || this.#due.size === 0 || this.#isPlanned) return;
    this.#isPlanned = true;
    this.#cancel = this.#schedule(() => {
      this.flush();
    });
  }
}
