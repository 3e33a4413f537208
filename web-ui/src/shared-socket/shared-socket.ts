import { SCHEMA_HASH, type SocketLike } from '../client/index.ts';
import { HANDED_OVER, Leader, NEVER_OPENED } from './leader.ts';
import type { Addressed, Letter, MemberId } from './letter.ts';
import type { Channel, Surroundings } from './surroundings.ts';

/** Of the letters; another number where another version of this file would not understand them. */
const FORMAT = '1';

/** How long a leader may leave a hello unanswered, once more as much at random, before it is deposed. */
const PATIENCE_MS = 3_000;
/** How long the last words of a leader may take, after the news of its end. */
const LAST_WORDS_MS = 100;

export interface SharedSocketContext {
  readonly url: string;
  readonly protocol: string;
  /** Sets those apart that share nothing with each other though they have the same url. */
  readonly name: string;
  readonly openSocket: () => SocketLike;
  readonly surroundings: Surroundings;
}

/**
 * A WebSocket to its client; one of many that use a single real one, each as if it were alone.
 *
 * It stands in a queue for a lock. Whoever holds that leads: has the real socket, and carries what the
 * others say. The lock passes on when the leader ends, in whatever way, so a socket that is granted it
 * while it has a leader knows that this one is gone. It says goodbye to its client then, which comes back
 * with a new socket and resumes; only a socket that has never had a leader becomes one.
 */
export class SharedSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly #id: MemberId = crypto.randomUUID();
  readonly #context: SharedSocketContext;
  /** What the lock and the channel are called. Tabs of different versions do not share. */
  readonly #group: string;
  readonly #end = new AbortController();
  readonly #candidacy = new AbortController();
  #channel: Channel | undefined;
  #leader: MemberId | undefined;
  #leads: Leader | undefined;
  /** Whether a word of the server has come. */
  #hasHeard = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: SharedSocketContext) {
    const { name, url, protocol } = context;
    this.#context = context;
    this.#group = ['groove-dashboard', FORMAT, SCHEMA_HASH, name, protocol, url].join(' ');
    void this.#live();
  }

  send(data: string): void {
    if (this.#leads !== undefined) this.#leads.ask(this.#id, data);
    else if (this.#leader !== undefined) {
      this.#say({ type: 'frame', from: this.#id, to: [this.#leader], data });
    }
  }

  /** Ends this socket alone, unless it leads: then the others make another connection. */
  close(): void {
    if (this.#isOver) return;
    this.#leads?.resign();
    this.#finish();
  }

  get #isOver(): boolean {
    return this.#end.signal.aborted;
  }

  /** Holds a lock of its own for as long as it lives, by which the leader learns of its end. */
  async #live(): Promise<void> {
    const { locks } = this.#context.surroundings;
    try {
      await locks.request(this.#presenceOf(this.#id), { signal: this.#end.signal }, () => {
        this.#enter();
        return this.#untilOver();
      });
    } catch {
      // The browser has locks, but none for this page: then its socket is its own.
      if (!this.#isOver) this.#lead();
    }
  }

  #enter(): void {
    const channel = new this.#context.surroundings.BroadcastChannel(this.#group);
    channel.onmessage = ({ data }) => {
      this.#receive(data as Letter);
    };
    this.#channel = channel;
    this.#lookForLeader();
    void this.#stand({ signal: this.#candidacy.signal });
  }

  #lookForLeader(): void {
    this.#say({ type: 'hello', from: this.#id });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#candidacy.abort();
        void this.#stand({ steal: true });
      },
      PATIENCE_MS * (1 + Math.random()),
    );
  }

  /** Asks for the lock. A leader that does not answer (a frozen page) loses it to who steals it. */
  async #stand(options: {
    readonly signal?: AbortSignal;
    readonly steal?: boolean;
  }): Promise<void> {
    try {
      await this.#context.surroundings.locks.request(this.#group, options, () => this.#elected());
    } catch {
      // Withdrawn, or the lock was stolen.
      if (this.#isOver || this.#leads === undefined) return;
      this.#leads.resign();
      this.#sayGoodbye();
    }
  }

  #elected(): Promise<void> | undefined {
    if (this.#isOver) return undefined;
    if (this.#leader === undefined) {
      this.#lead();
      return this.#untilOver();
    }
    // The leader is gone; but it may have said how the real socket ended.
    this.#timer = setTimeout(() => {
      this.#sayGoodbye();
    }, LAST_WORDS_MS);
    return undefined;
  }

  #lead(): void {
    clearTimeout(this.#timer);
    this.#leads = new Leader({
      id: this.#id,
      openSocket: this.#context.openSocket,
      say: (letter) => {
        this.#say(letter);
      },
      watch: (id, signal, vanished) => {
        void this.#watch(id, signal, vanished);
      },
      own: {
        opened: () => {
          if (!this.#isOver) this.onopen?.({});
        },
        received: (data) => {
          this.#pass(data);
        },
        closed: (code, reason) => {
          this.#close(code, reason);
        },
      },
    });
  }

  async #watch(id: MemberId, signal: AbortSignal, vanished: () => void): Promise<void> {
    const { locks } = this.#context.surroundings;
    try {
      await locks.request(this.#presenceOf(id), { signal }, () => {
        vanished();
        return undefined;
      });
    } catch {
      // Withdrawn, since this socket leads no more; or the page is at its end.
    }
  }

  #receive(letter: Letter): void {
    if (letter.type === 'here') this.#meet(letter.from);
    else if ('to' in letter && !letter.to.includes(this.#id)) return;
    else if (this.#leads !== undefined) this.#leads.receive(letter);
    else if (letter.type === 'taken') this.#follow(letter.from);
    else if (letter.type !== 'hello' && letter.from === this.#leader) this.#hear(letter);
  }

  /** Somebody leads now. */
  #meet(leader: MemberId): void {
    if (this.#leads !== undefined) return; // ours has been stolen, of which the lock tells
    if (this.#leader === undefined) this.#lookForLeader();
    else if (this.#leader !== leader) this.#sayGoodbye();
  }

  #follow(leader: MemberId): void {
    if (this.#leader !== undefined) return;
    clearTimeout(this.#timer);
    this.#leader = leader;
  }

  #hear(word: Addressed): void {
    if (word.type === 'frame') this.#pass(word.data);
    else if (word.type === 'closed') this.#close(word.code, word.reason);
    else this.onopen?.({});
  }

  #pass(data: string): void {
    if (this.#isOver) return;
    this.#hasHeard = true;
    this.onmessage?.({ data });
  }

  #sayGoodbye(): void {
    if (!this.#hasHeard) {
      this.#close(NEVER_OPENED.code, NEVER_OPENED.reason);
      return;
    }
    this.onmessage?.({ data: JSON.stringify(HANDED_OVER) });
    this.#close(HANDED_OVER.code, HANDED_OVER.reason);
  }

  #close(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#finish();
    this.onclose?.({ code, reason });
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#end.abort();
    this.#candidacy.abort();
    this.#channel?.close();
  }

  #say(letter: Letter): void {
    if (!this.#isOver) this.#channel?.postMessage(letter);
  }

  #presenceOf(id: MemberId): string {
    return `${this.#group} ${id}`;
  }

  #untilOver(): Promise<void> {
    const { signal } = this.#end;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }
}
