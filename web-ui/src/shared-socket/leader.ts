import type { GoodbyeMessage, SocketLike } from '../client/index.ts';
import { Hub } from './hub.ts';
import type { Addressed, Letter, MemberId } from './letter.ts';

/** Browsers say so of a connection that ended without a close frame. */
const BROKEN = 1006;
/** As the protocol has it for a server that has too many connections. */
const TOO_MANY = 4029;
/** Tabs that one connection serves. */
const MAX_MEMBERS = 128;

/** What the leader's own tab hears of the real socket. */
export interface OwnListener {
  readonly opened: () => void;
  readonly received: (data: string) => void;
  readonly closed: (code: number, reason: string) => void;
}

export interface LeaderContext {
  readonly id: MemberId;
  readonly openSocket: () => SocketLike;
  readonly say: (letter: Letter) => void;
  /** Calls `vanished` once the tab of that member is no more, or never after `signal`. */
  readonly watch: (id: MemberId, signal: AbortSignal, vanished: () => void) => void;
  readonly own: OwnListener;
}

/** What a tab is told whose connection went with another tab: it comes back at once, a little spread. */
export const HANDED_OVER: GoodbyeMessage = {
  type: 'goodbye',
  code: 1001,
  reason: 'the tab that held the connection has let go of it',
  retry: { min_ms: 0, max_ms: 100 },
};

/** What it is told where there was no connection yet. */
export const NEVER_OPENED = {
  type: 'closed',
  code: BROKEN,
  reason: 'the tab that tried to connect has let go',
} as const;

/** Holds the one real socket, for its own tab and for all that say hello. */
export class Leader {
  readonly #context: LeaderContext;
  readonly #hub: Hub;
  readonly #watches = new AbortController();
  #socket: SocketLike | undefined;
  #isOpen = false;
  #isOver = false;

  constructor(context: LeaderContext) {
    const { id } = context;
    this.#context = context;
    this.#hub = new Hub({
      leader: id,
      send: (text) => {
        if (!this.#isOver) this.#socket?.send(text);
      },
      deliver: (to, data) => {
        this.#deliver(to, { type: 'frame', data });
      },
      fail: (reason) => {
        this.#end(BROKEN, reason);
      },
    });
    this.#hub.join(id);
    context.say({ type: 'here', from: id });
    this.#open();
  }

  receive(letter: Letter): void {
    if (this.#isOver) return;
    if (letter.type === 'hello') this.#welcome(letter.from);
    else if (letter.type === 'frame') this.ask(letter.from, letter.data);
  }

  /** A member, perhaps the leader itself, has a message for the server. */
  ask(from: MemberId, data: string): void {
    this.#hub.ask(from, data);
  }

  /**
   * Lets go of the connection; the others make one of their own, which they share again. Where the server
   * has not been heard they are told of an attempt that failed, or they would take it for reachable.
   */
  resign(): void {
    if (this.#isOver) return;
    if (this.#hub.isWelcome) {
      this.#post(this.#others(), { type: 'frame', data: JSON.stringify(HANDED_OVER) });
    }
    const { code, reason } = HANDED_OVER;
    this.#release(this.#hub.isWelcome ? { type: 'closed', code, reason } : NEVER_OPENED);
  }

  #open(): void {
    try {
      this.#socket = this.#context.openSocket();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.#end(BROKEN, `no connection could be begun: ${why}`);
      return;
    }
    this.#socket.onopen = () => {
      this.#isOpen = true;
      this.#deliver(this.#hub.members, { type: 'opened' });
    };
    this.#socket.onmessage = ({ data }) => {
      this.#hub.receive(data);
    };
    this.#socket.onclose = ({ code, reason }) => {
      this.#end(code, reason);
    };
    // What went wrong is not told here; a close event always follows.
    this.#socket.onerror = ignore;
  }

  #welcome(id: MemberId): void {
    if (this.#hub.members.includes(id)) return;
    this.#post([id], { type: 'taken' });
    if (this.#hub.members.length >= MAX_MEMBERS) {
      const reason = `more than ${String(MAX_MEMBERS)} tabs share the connection`;
      this.#post([id], { type: 'closed', code: TOO_MANY, reason });
      return;
    }
    this.#context.watch(id, this.#watches.signal, () => {
      if (!this.#isOver) this.#hub.leave(id);
    });
    if (this.#isOpen) this.#post([id], { type: 'opened' });
    this.#hub.join(id);
  }

  #others(): readonly MemberId[] {
    return this.#hub.members.filter((id) => id !== this.#context.id);
  }

  #deliver(to: readonly MemberId[], word: Addressed): void {
    if (this.#isOver) return;
    const { id } = this.#context;
    this.#post(
      to.filter((one) => one !== id),
      word,
    );
    if (to.includes(id)) this.#tellOwn(word);
  }

  #post(to: readonly MemberId[], word: Addressed): void {
    if (to.length > 0) this.#context.say({ ...word, to, from: this.#context.id });
  }

  /** Later, as a socket would: never before what the tab just does has been done. */
  #tellOwn(word: Addressed): void {
    const { opened, received, closed } = this.#context.own;
    queueMicrotask(() => {
      if (word.type === 'frame') received(word.data);
      else if (word.type === 'closed') closed(word.code, word.reason);
      else opened();
    });
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    const word: Addressed = { type: 'closed', code, reason };
    this.#release(word);
    this.#tellOwn(word);
  }

  #release(word: Addressed): void {
    this.#isOver = true;
    this.#post(this.#others(), word);
    this.#hub.close();
    this.#watches.abort();
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}

function ignore(): void {
  // Nothing to do: see where it is used.
}
