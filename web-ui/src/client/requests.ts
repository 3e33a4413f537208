import type { RequestId } from '../messages/types.ts';
import { DashboardError } from './errors.ts';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: DashboardError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The requests that somebody awaits: each is settled once, by its answer, its time-out or the loss of the connection. */
export class Requests {
  readonly #timeoutMs: number;
  readonly #waiting = new Map<RequestId, Waiting>();
  #made = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** An id no other request of this client has. */
  nextId(): RequestId {
    this.#made += 1;
    return String(this.#made);
  }

  /** Resolves with the answer to request `id`; rejects with a DashboardError. */
  answer(id: RequestId): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seconds = String(this.#timeoutMs / 1000);
        this.reject(id, new DashboardError('timeout', `no answer within ${seconds} s`));
      }, this.#timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** Whether anybody still waits for the answer to request `id`. */
  has(id: RequestId): boolean {
    return this.#waiting.has(id);
  }

  resolve(id: RequestId): void {
    this.#take(id)?.resolve();
  }

  /** Whether anybody was waiting. */
  reject(id: RequestId, error: DashboardError): boolean {
    const waiting = this.#take(id);
    waiting?.reject(error);
    return waiting !== undefined;
  }

  rejectAll(error: DashboardError): void {
    for (const id of [...this.#waiting.keys()]) this.reject(id, error);
  }

  #take(id: RequestId): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}
