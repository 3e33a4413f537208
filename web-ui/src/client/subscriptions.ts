import type {
  DashboardRequest,
  DashboardTopic,
  ErrorCode,
  ErrorMessage,
  HeldTopic,
  RequestId,
  SnapshotMessage,
  TopicData,
  UpdateMessage,
  CurrentMessage,
} from '../messages/types.ts';
import { DashboardError } from './errors.ts';
import type { Listener, Notifier } from './notifier.ts';
import { Overlays, type DataChange } from './overlays.ts';
import { pack } from './pack.ts';
import { IDLE, type TopicState } from './state.ts';
import { TopicEntry } from './topic-entry.ts';
import { canonicalise, topicKey, type TopicKey } from './topic-key.ts';

export interface SubscriptionsContext {
  readonly notifier: Notifier;
  readonly lingerMs: number;
  readonly nextId: () => RequestId;
  /** Whether requests may be sent. */
  readonly isOpen: () => boolean;
  /** Size of the largest message that the server takes. */
  readonly maxBytes: () => number;
  readonly send: (request: DashboardRequest) => void;
  /** When the last frame before the present one came, in ms since the epoch. */
  readonly heardAt: () => number;
  readonly fault: (error: DashboardError) => void;
}

/** What a request was about: topics that begin and topics that end. */
interface Ask {
  readonly entries: readonly TopicEntry[];
  readonly leaving: readonly DashboardTopic[];
}

/** A topic's errors that end its subscription on the server; the others end by themselves. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['not_found', 'forbidden']);

type Timer = ReturnType<typeof setTimeout>;

/**
 * Keeps the server told of exactly the topics that are wanted, and what was received of each.
 *
 * Wishes are gathered for the length of a microtask: a page that mounts ten components sends one request.
 */
export class Subscriptions {
  readonly #context: SubscriptionsContext;
  readonly #entries = new Map<TopicKey, TopicEntry>();
  readonly #overlays = new Overlays();
  readonly #lingering = new Map<TopicKey, Timer>();
  /** Topics the server still sends though nobody wants them any more. */
  #leaving: DashboardTopic[] = [];
  /** The requests that the server has not answered. */
  readonly #asked = new Map<RequestId | undefined, Ask>();
  /** Why the server will have none of them. */
  #refusal: DashboardError | undefined;
  #pause: Timer | undefined;
  #isPlanned = false;

  constructor(context: SubscriptionsContext) {
    this.#context = context;
  }

  /** Wants `topic` until the returned function is called; `listener` hears of every change of its state. */
  subscribe(topic: DashboardTopic, listener: Listener): () => void {
    const key = topicKey(topic);
    const entry = this.#entry(key, topic);
    const unlisten = listen(entry, listener);
    entry.refs += 1;
    if (entry.refs === 1) this.#want(key, entry);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      unlisten();
      entry.refs -= 1;
      if (entry.refs === 0) this.#linger(key, entry);
    };
  }

  /** Has `listener` hear of the changes of a topic that is known, until it is forgotten. */
  watch(topic: DashboardTopic, listener: Listener): () => void {
    const entry = this.#entries.get(topicKey(topic));
    return entry === undefined ? () => undefined : listen(entry, listener);
  }

  state(key: TopicKey): TopicState<TopicData> {
    const entry = this.#entries.get(key);
    return entry === undefined ? IDLE : this.#overlays.show(entry.state);
  }

  /** Shows `change` over all that is held, until the returned function is called. */
  overlay(change: DataChange): () => void {
    return this.#overlays.add(change, () => {
      for (const { listeners } of this.#entries.values()) this.#context.notifier.mark(listeners);
    });
  }

  /** Whether `change` makes a difference to anything that is held. */
  isChangedBy(change: DataChange): boolean {
    return [...this.#entries.values()].some(
      ({ state: { data } }) => data !== undefined && change(data) !== data,
    );
  }

  /** Whether any topic that is wanted, and can be had, is not live. */
  get isWaiting(): boolean {
    return [...this.#entries.values()].some(
      ({ refs, isLive, standing }) => refs > 0 && !isLive && standing !== 'refused',
    );
  }

  /** A connection is being tried: what the last one was refused for holds no longer. */
  begun(): void {
    this.#refusal = undefined;
    for (const entry of this.#entries.values()) entry.hope();
  }

  /** The connection is gone; `refusal`, where there will be none any more. */
  lost(refusal: DashboardError | undefined): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#asked.clear();
    this.#leaving = [];
    this.#refusal = refusal;
    for (const entry of this.#entries.values()) {
      entry.disconnect();
      if (refusal !== undefined) entry.fail(refusal, false);
    }
  }

  /** Forgets the topics that only linger; no timer is left. */
  forget(): void {
    for (const timer of this.#lingering.values()) clearTimeout(timer);
    this.#lingering.clear();
    for (const [key, entry] of this.#entries) if (entry.refs === 0) this.#forget(key, entry);
  }

  receive(message: SnapshotMessage | UpdateMessage | CurrentMessage): void {
    this.#entries.get(topicKey(message.topic))?.receive(message);
  }

  /** The request is answered; what follows is about single topics. */
  answered(id: RequestId | undefined): void {
    this.#asked.delete(id);
  }

  /** Takes in an error about a topic or a request of ours; false where it is neither. */
  failed(message: ErrorMessage): boolean {
    const error = DashboardError.from(message);
    if (message.topic !== undefined) {
      const entry = this.#entries.get(topicKey(message.topic));
      if (entry?.standing === 'told') entry.fail(error, FINAL.has(message.code));
      return true;
    }
    const ask = this.#asked.get(message.request_id);
    if (ask === undefined) return false;
    this.answered(message.request_id);
    if (error.retryAfterMs !== undefined) this.#tellAgain(ask, error.retryAfterMs);
    else this.#refuse(ask, error);
    return true;
  }

  /** Tells the server what it does not know yet: first what ends, which makes room, then what begins. */
  tell(): void {
    if (!this.#context.isOpen() || this.#pause !== undefined) return;
    const leaving = this.#leaving.filter((topic) => !this.#isTold(topic));
    this.#leaving = [];
    // None is too large: each has been told before.
    for (const topics of this.#pack(
      leaving,
      (topic) => topic,
      () => undefined,
    )) {
      this.#ask({ type: 'unsubscribe', topics }, { entries: [], leaving: topics });
    }
    const untold = [...this.#entries.values()].filter(
      (entry) => entry.refs > 0 && entry.needsTelling,
    );
    const resumed = untold.filter((entry) => entry.held !== undefined);
    for (const entries of this.#pack(resumed, ({ held }) => held, failLarge)) {
      const subscriptions = entries.map(({ held }) => held).filter(isHeld);
      this.#ask({ type: 'resume', subscriptions }, { entries, leaving: [] });
    }
    const begun = untold.filter((entry) => entry.held === undefined);
    for (const entries of this.#pack(begun, ({ topic }) => topic, failLarge)) {
      const topics = entries.map(({ topic }) => topic);
      this.#ask({ type: 'subscribe', topics }, { entries, leaving: [] });
    }
  }

  /** `items` in as few requests as they fit into; `spell` is what a request says of each. */
  #pack<T>(items: readonly T[], spell: (item: T) => unknown, tooLarge: (item: T) => void): T[][] {
    return pack(items, spell, this.#context.maxBytes(), tooLarge);
  }

  #ask(request: DashboardRequest, ask: Ask): void {
    const request_id = this.#context.nextId();
    this.#asked.set(request_id, ask);
    for (const entry of ask.entries) entry.tell();
    this.#context.send({ ...request, request_id });
  }

  #entry(key: TopicKey, topic: DashboardTopic): TopicEntry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry = new TopicEntry(canonicalise(topic), {
      changed: ({ listeners }) => {
        this.#context.notifier.mark(listeners);
      },
      heardAt: this.#context.heardAt,
      fault: this.#context.fault,
    });
    this.#entries.set(key, entry);
    return entry;
  }

  #want(key: TopicKey, entry: TopicEntry): void {
    clearTimeout(this.#lingering.get(key));
    this.#lingering.delete(key);
    if (this.#refusal !== undefined) entry.fail(this.#refusal, false);
    if (entry.standing === 'refused') entry.standing = 'untold'; // somebody asks anew
    if (entry.needsTelling) this.#plan();
  }

  #linger(key: TopicKey, entry: TopicEntry): void {
    const timer = setTimeout(() => {
      this.#lingering.delete(key);
      this.#forget(key, entry);
      if (entry.standing === 'told') this.#leave(entry.topic);
    }, this.#context.lingerMs);
    this.#lingering.set(key, timer);
  }

  #forget(key: TopicKey, entry: TopicEntry): void {
    this.#entries.delete(key);
    // Nobody wants it, but somebody may still look at it.
    this.#context.notifier.mark(entry.listeners);
  }

  #leave(topic: DashboardTopic): void {
    this.#leaving.push(topic);
    // There is room again for those that did not fit.
    for (const entry of this.#entries.values()) {
      const isCrowdedOut = entry.state.error?.code === 'too_many_topics';
      if (entry.standing === 'refused' && isCrowdedOut) entry.standing = 'untold';
    }
    this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned || !this.#context.isOpen()) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.tell();
    });
  }

  /** Nothing of a refused request was done; but where it was for some topics only, the others can be had. */
  #refuse({ entries }: Ask, error: DashboardError): void {
    const faulty = new Set(error.faults.map(({ path }) => placeIn(path)));
    const isSome = entries.some((_, index) => faulty.has(index));
    entries.forEach((entry, index) => {
      if (!isSome || faulty.has(index)) entry.fail(error, true);
      else entry.tellAgain();
    });
  }

  #isTold(topic: DashboardTopic): boolean {
    return this.#entries.get(topicKey(topic))?.standing === 'told';
  }

  #tellAgain({ entries, leaving }: Ask, afterMs: number): void {
    this.#leaving.push(...leaving);
    for (const entry of entries) entry.tellAgain();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.tell();
    }, afterMs);
  }
}

/** Has `listener` hear of the changes of `entry` until the returned function is called. */
function listen(entry: TopicEntry, listener: Listener): () => void {
  // A wrapper, so that one function may listen twice.
  const own: Listener = () => {
    listener();
  };
  entry.listeners.add(own);
  return () => {
    entry.listeners.delete(own);
  };
}

/** Which topic of a request a JSON pointer into it leads to; undefined where to none. */
function placeIn(path: string): number | undefined {
  const index = /^\/(?:topics|subscriptions)\/(\d+)(?:\/|$)/.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}

function isHeld(held: HeldTopic | undefined): held is HeldTopic {
  return held !== undefined;
}

function failLarge(entry: TopicEntry): void {
  const why = 'the topic is larger than any message that the server takes';
  entry.fail(new DashboardError('message_too_large', why), true);
}
