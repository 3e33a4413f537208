import type { Schedule } from './schedule.ts';

export type Listener = () => void;
export type Listeners = Set<Listener>;

export interface Notifier {
  /** Something that `listeners` watch has changed. */
  readonly mark: (listeners: Listeners) => void;
  /** Does `work`, which may mark as often as it likes, and only then plans to tell. */
  readonly together: (work: () => void) => void;
  /** Tells now what is due. */
  readonly flush: () => void;
}

/**
 * Tells listeners once of however many changes there were since they were last told.
 *
 * A listener that throws is reported to `failed` and keeps nobody else from hearing.
 */
export function createNotifier(schedule: Schedule, failed: (thrown: unknown) => void): Notifier {
  /** Who is to be told, and where each belongs. */
  const due = new Map<Listener, Listeners>();
  let cancel: (() => void) | undefined;
  let isPlanned = false;
  let holds = 0;

  function plan(): void {
    if (holds > 0 || due.size === 0 || isPlanned) return;
    isPlanned = true;
    cancel = schedule(flush);
  }

  function flush(): void {
    isPlanned = false;
    cancel?.(); // which does nothing where it has come to this
    // A copy: what a listener changes is told afterwards.
    const calls = [...due];
    due.clear();
    for (const [listener, listeners] of calls) {
      try {
        // One that was called before may have made it leave.
        if (listeners.has(listener)) listener();
      } catch (thrown) {
        failed(thrown);
      }
    }
  }

  return {
    mark: (listeners) => {
      for (const listener of listeners) due.set(listener, listeners);
      plan();
    },
    together: (work) => {
      holds += 1;
      try {
        work();
      } finally {
        holds -= 1;
        plan();
      }
    },
    flush,
  };
}

/** Has `listener` hear what `listeners` hear, until the returned function is called; that says whether it was so. */
export function listen(listeners: Listeners, listener: Listener): () => boolean {
  // A wrapper, so that one function may listen twice.
  const own = (): void => {
    listener();
  };
  listeners.add(own);
  return () => listeners.delete(own);
}
