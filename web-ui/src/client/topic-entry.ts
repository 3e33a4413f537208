import type {
  CurrentMessage,
  DashboardTopic,
  HeldTopic,
  SnapshotMessage,
  TopicData,
  UpdateMessage,
  Version,
} from '../messages/types.ts';
import { DashboardError, type DashboardErrorCode } from './errors.ts';
import type { Listeners } from './notifier.ts';
import { applyPatch } from './patch.ts';
import { share } from './share.ts';
import { PENDING, type TopicState } from './state.ts';

/**
 * What the server knows of our wish for a topic, on this connection: nothing, that we want it, or
 * that we want it and cannot have it (asking again would get the same answer).
 */
export type Standing = 'untold' | 'told' | 'refused';

/** Errors that are the whole connection's and end with the next one. */
const REFUSALS: ReadonlySet<DashboardErrorCode> = new Set(['refused', 'update_required']);

export interface EntryListener {
  readonly changed: (entry: TopicEntry) => void;
  /** When the last frame before the present one came, in ms since the epoch. */
  readonly heardAt: () => number;
  readonly fault: (error: DashboardError) => void;
}

/** One topic that is wanted: who wants it, where it stands with the server, and what has been received. */
export class TopicEntry {
  readonly topic: DashboardTopic;
  readonly listeners: Listeners = new Set();
  /** How many want it. */
  refs = 0;
  standing: Standing = 'untold';
  #state: TopicState<TopicData> = PENDING;
  #held: { readonly version: Version; readonly data: TopicData } | undefined;
  /** Whether the server has answered what it was told last. */
  #isAnswered = false;
  /** Whether it is to be asked for once more, though the subscription stands. */
  #isDue = false;
  readonly #listener: EntryListener;

  constructor(topic: DashboardTopic, listener: EntryListener) {
    this.topic = topic;
    this.#listener = listener;
  }

  get state(): TopicState<TopicData> {
    return this.#state;
  }

  /** What a `resume` says of it; undefined where nothing is held. */
  get held(): HeldTopic | undefined {
    return this.#held && { topic: this.topic, version: this.#held.version };
  }

  get isLive(): boolean {
    return this.#state.status === 'success' && !this.#state.isStale;
  }

  get needsTelling(): boolean {
    return this.standing === 'untold' || this.#isDue;
  }

  /** The server is being told that it is wanted. */
  tell(): void {
    this.standing = 'told';
    this.#isAnswered = false;
    this.#isDue = false;
  }

  /** The server did not listen. */
  tellAgain(): void {
    this.#isDue = true;
  }

  /** Takes in what the server says of it; afterwards `needsTelling` says whether to ask for it again. */
  receive(message: SnapshotMessage | UpdateMessage | CurrentMessage): void {
    if (this.standing !== 'told') return;
    const held = this.#held;
    const { type, version } = message;
    // The rule of versions: drop, apply, or ask; nothing else is ever applied.
    if (type === 'snapshot') this.#accept(version, share(held?.data, message.data));
    else if (version === held?.version) this.#accept(version, held.data);
    else if (type === 'update' && message.base === held?.version) this.#apply(held.data, message);
    else if (type === 'current' || this.#isAnswered) this.#lose();
    // else: sent before the answer to what we asked; the answer is on its way
  }

  /** The topic failed. Data are kept. `isFinal`: the server has ended the subscription. */
  fail(error: DashboardError, isFinal: boolean): void {
    this.#isAnswered = true;
    if (isFinal) {
      this.standing = 'refused';
      this.#isDue = false;
    }
    const { updatedAt } = this.#state;
    const confirmedAt = this.#lastConfirmed();
    // Not `held`: after a patch that did not fit there are data to show, but none to go on from.
    const { data } = this.#state;
    this.#set({
      status: 'error',
      data,
      error,
      isStale: data !== undefined,
      updatedAt,
      confirmedAt,
    });
  }

  /** It failed because there was to be no connection; now there may be one. */
  hope(): void {
    const { error, data, updatedAt, confirmedAt } = this.#state;
    if (error === undefined || !REFUSALS.has(error.code)) return;
    if (data === undefined) this.#set(PENDING);
    else {
      const isStale = true;
      this.#set({ status: 'success', data, error: undefined, isStale, updatedAt, confirmedAt });
    }
  }

  /** The connection that it was told on is gone. */
  disconnect(): void {
    this.standing = 'untold';
    this.#isDue = false;
    this.#doubt();
  }

  #apply(data: TopicData, { version, patch }: UpdateMessage): void {
    try {
      this.#accept(version, applyPatch(data, patch));
    } catch (cause) {
      // The same patch would come again as the answer to a resume: only a whole state helps.
      this.#held = undefined;
      this.#lose();
      this.#listener.fault(new DashboardError('bad_frame', String(cause), { cause }));
    }
  }

  #accept(version: Version, data: TopicData): void {
    const { data: before, updatedAt } = this.#state;
    this.#held = { version, data };
    this.#isAnswered = true;
    if (this.isLive && data === before) return;
    const now = Date.now();
    this.#set({
      status: 'success',
      data,
      error: undefined,
      isStale: false,
      updatedAt: data === before ? updatedAt : now,
      confirmedAt: now,
    });
  }

  /** What is held has no known way to what the server has: ask anew. */
  #lose(): void {
    this.#isDue = true;
    this.#doubt();
  }

  #doubt(): void {
    const { data, isStale } = this.#state;
    if (data === undefined || isStale) return;
    this.#set({ ...this.#state, isStale: true, confirmedAt: this.#lastConfirmed() });
  }

  /** Frames come in order: as long as they came, and none said otherwise, live data were the newest. */
  #lastConfirmed(): number | undefined {
    const { confirmedAt } = this.#state;
    if (!this.isLive || confirmedAt === undefined) return confirmedAt;
    return Math.max(confirmedAt, this.#listener.heardAt());
  }

  #set(state: TopicState<TopicData>): void {
    this.#state = state;
    this.#listener.changed(this);
  }
}
