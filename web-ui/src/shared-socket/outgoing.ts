import type { BatchedMessage, DashboardMessage } from '../client/index.ts';
import type { MemberId } from './letter.ts';

/** A member that has heard nothing for so long is sent a sign of life when the server gives one. */
const SILENCE_MS = 1_000;

type Deliver = (to: readonly MemberId[], text: string) => void;

/**
 * What members are to be sent. What came together for a member goes out in one batch, and what is the same
 * for several is spelled once.
 */
export class Outgoing {
  readonly #deliver: Deliver;
  #waiting = new Map<MemberId, BatchedMessage[]>();
  /** When each member was last sent something, in ms since the epoch. */
  readonly #toldAt = new Map<MemberId, number>();

  constructor(deliver: Deliver) {
    this.#deliver = deliver;
  }

  add(to: readonly MemberId[], message: BatchedMessage): void {
    for (const id of to) {
      const messages = this.#waiting.get(id);
      if (messages === undefined) this.#waiting.set(id, [message]);
      else messages.push(message);
    }
  }

  flush(): void {
    if (this.#waiting.size === 0) return;
    const spell = spelling();
    const byText = new Map<string, MemberId[]>();
    for (const [id, messages] of this.#waiting) {
      const text = framed(messages.map(spell));
      const alike = byText.get(text);
      if (alike === undefined) byText.set(text, [id]);
      else alike.push(id);
    }
    this.#waiting = new Map();
    for (const [text, to] of byText) this.#send(to, text);
  }

  say(to: readonly MemberId[], message: DashboardMessage): void {
    if (to.length > 0) this.#send(to, JSON.stringify(message));
  }

  /** The server has been heard: tells those that were sent nothing lately, who might take it for dead. */
  keepAlive(members: readonly MemberId[], serverTime: string): void {
    const due = members.filter((id) => Date.now() - (this.#toldAt.get(id) ?? 0) >= SILENCE_MS);
    this.say(due, { type: 'heartbeat', server_time: serverTime });
  }

  forget(id: MemberId): void {
    this.#waiting.delete(id);
    this.#toldAt.delete(id);
  }

  #send(to: readonly MemberId[], text: string): void {
    for (const id of to) this.#toldAt.set(id, Date.now());
    this.#deliver(to, text);
  }
}

function spelling(): (message: BatchedMessage) => string {
  const texts = new Map<BatchedMessage, string>();
  return (message) => {
    const text = texts.get(message) ?? JSON.stringify(message);
    texts.set(message, text);
    return text;
  };
}

function framed(texts: readonly string[]): string {
  const [first = ''] = texts;
  return texts.length === 1 ? first : `{"type":"batch","messages":[${texts.join(',')}]}`;
}
