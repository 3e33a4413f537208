import type {
  DashboardMessage,
  ErrorMessage,
  LearningAction,
  RequestId,
  Uuid,
} from '../messages/types.ts';
import { DashboardError } from '../mirror/errors.ts';
import type { ExtensibleMirror } from '../mirror/mirror.ts';
import { wellFormed } from '../mirror/topic-key.ts';
import { askForToken, type GetToken } from './token.ts';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: DashboardError) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * The requests that somebody awaits: each is settled once, by its answer, its time-out or the loss of the connection.
 */
export class Requests {
  readonly #mirror: Pick<ExtensibleMirror, 'nextId' | 'send'>;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<RequestId | undefined, Waiting>();
  /** The tokens that were sent and not answered, oldest first: a welcome does not say which one it answers. */
  #refreshes: RequestId[] = [];

  constructor(mirror: Pick<ExtensibleMirror, 'nextId' | 'send'>, timeoutMs: number) {
    this.#mirror = mirror;
    this.#timeoutMs = timeoutMs;
  }

  /** Resolves once it is done; rejects with a DashboardError. */
  act(type: LearningAction, id: Uuid): Promise<void> {
    const request_id = this.#mirror.nextId();
    const answer = this.#answer(request_id);
    this.#mirror.send({ type, id: wellFormed(id), request_id });
    return answer;
  }

  /** Resolves with the welcome that answers a fresh token; rejects with a DashboardError. */
  refresh(getToken: GetToken | null): Promise<void> {
    const request_id = this.#mirror.nextId();
    const answer = this.#answer(request_id);
    askForToken(getToken).then(
      (token) => {
        // The connection it was meant for may be gone by now.
        if (!this.#waiting.has(request_id)) return;
        this.#refreshes.push(request_id);
        this.#mirror.send({ type: 'authenticate', token, request_id });
      },
      (cause: unknown) => {
        const error = new DashboardError('token_failed', 'there is no token to be had', { cause });
        this.#take(request_id)?.reject(error);
      },
    );
    return answer;
  }

  /** Takes in an answer, where the message is one. */
  settle(message: DashboardMessage): void {
    if (message.type === 'action_result') this.#take(message.request_id)?.resolve();
    else if (message.type === 'welcome') this.#take(this.#refreshes.shift())?.resolve();
  }

  /** Takes in an error; says whether anybody was waiting for that answer. */
  fail(message: ErrorMessage): boolean {
    const { request_id } = message;
    this.#refreshes = this.#refreshes.filter((id) => id !== request_id);
    const waiting = this.#take(request_id);
    waiting?.reject(DashboardError.from(message));
    return waiting !== undefined;
  }

  rejectAll(error: DashboardError): void {
    this.#refreshes = [];
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }

  #answer(id: RequestId): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const seconds = String(this.#timeoutMs / 1000);
        this.#take(id)?.reject(new DashboardError('timeout', `no answer within ${seconds} s`));
      }, this.#timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  #take(id: RequestId | undefined): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }
}
