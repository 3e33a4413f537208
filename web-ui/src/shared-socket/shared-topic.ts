import type {
  BatchedMessage,
  CurrentMessage,
  DashboardTopic,
  ErrorMessage,
  SnapshotMessage,
  TopicData,
  UpdateMessage,
  Version,
} from '../client/index.ts';
import { applyPatch } from '../mirror/patch.ts';
import type { MemberId } from './letter.ts';

/** What a member waits for: nothing, whatever the server says next, or a whole state and nothing less. */
type Need = 'nothing' | 'answer' | 'state';

/**
 * One topic of the real socket: who has it, and the state that the server has last sent.
 *
 * Every member that waits for nothing has been sent the chain of states up to `#version`. Whoever comes
 * later is given that state from here, so the server is asked once however many come.
 */
export class SharedTopic {
  readonly topic: DashboardTopic;
  readonly #members = new Map<MemberId, Need>();
  /** Whether the server has taken the subscription. */
  isKnown = false;
  /** What the server was asked and has not answered with a state. */
  #question: 'subscribe' | 'resume' | undefined;
  #version: Version | undefined;
  /** The state `#version`; undefined where only its name is known. */
  #data: TopicData | undefined;
  /** The failure that the server has told last; a state follows by itself. */
  #failure: ErrorMessage | undefined;

  /** `held`: the version from which the server is asked to resume; undefined where it is not. */
  constructor(topic: DashboardTopic, held: Version | undefined) {
    this.topic = topic;
    this.#question = held === undefined ? 'subscribe' : 'resume';
    this.#version = held;
  }

  get isWanted(): boolean {
    return this.#members.size > 0;
  }

  /** Whether somebody waits for a whole state that the server has not been asked for. */
  get needsState(): boolean {
    return this.#question !== 'subscribe' && [...this.#members.values()].includes('state');
  }

  get members(): readonly MemberId[] {
    return [...this.#members.keys()];
  }

  /** The server is being asked for a whole state. */
  asked(): void {
    this.#question = 'subscribe';
  }

  /** Gives `member`, which holds the state `held`, what there is; undefined where the server has to say it. */
  serve(member: MemberId, held: Version | undefined): BatchedMessage | undefined {
    const [need, message] = this.#answer(held);
    this.#members.set(member, need);
    return message;
  }

  leave(member: MemberId): void {
    this.#members.delete(member);
  }

  /** Takes in what the server says, and returns whom to tell. */
  receive(message: SnapshotMessage | UpdateMessage | CurrentMessage | ErrorMessage): MemberId[] {
    const news = this.#isNews(message);
    this.#note(message);
    const told = [...this.#members].filter(([, need]) => news(need)).map(([id]) => id);
    const need = message.type === 'error' ? 'answer' : 'nothing';
    for (const id of told) this.#members.set(id, need);
    return told;
  }

  #answer(held: Version | undefined): readonly [Need, BatchedMessage?] {
    const { topic } = this;
    if (this.#failure !== undefined) return ['answer', this.#failure];
    if (this.#question === 'subscribe') return ['state'];
    if (held !== undefined && held === this.#version) {
      if (this.#question === 'resume') return ['answer'];
      return ['nothing', { type: 'current', topic, version: held }];
    }
    if (this.#data === undefined || this.#version === undefined) return ['state'];
    return ['nothing', { type: 'snapshot', topic, version: this.#version, data: this.#data }];
  }

  /** Whether `message` tells something to those with a given need. */
  #isNews(message: BatchedMessage): (need: Need) => boolean {
    if (message.type === 'error') return () => true;
    if (message.type !== 'snapshot') return (need) => need !== 'state';
    const isNewer = message.version !== this.#version;
    return (need) => isNewer || need !== 'nothing';
  }

  #note(message: BatchedMessage): void {
    if (message.type === 'error') {
      this.#failure = message;
      return;
    }
    this.#failure = undefined;
    if (message.type === 'snapshot') {
      this.#question = undefined;
      this.#data = message.data;
    } else {
      if (this.#question === 'resume') this.#question = undefined;
      this.#data = this.#dataAfter(message);
    }
    this.#version = message.version;
  }

  #dataAfter(message: UpdateMessage | CurrentMessage): TopicData | undefined {
    if (message.version === this.#version) return this.#data;
    if (message.type === 'current' || message.base !== this.#version) return undefined;
    return this.#data && patched(this.#data, message.patch);
  }
}

/** The state that `patch` leads to; undefined where it does not fit, which each member finds out for itself. */
function patched(data: TopicData, patch: UpdateMessage['patch']): TopicData | undefined {
  try {
    return applyPatch(data, patch);
  } catch {
    return undefined;
  }
}
