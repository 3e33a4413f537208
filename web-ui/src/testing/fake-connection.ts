import { canonicalise, topicKey, type TopicKey } from '../client/index.ts';
import type {
  BatchedMessage,
  DashboardMessage,
  DashboardTopic,
  PatchOperation,
  ResumeRequest,
  SnapshotMessage,
  SubscribeRequest,
  UnsubscribeRequest,
  Version,
} from '../messages/types.ts';
import { patchOf } from './patch-of.ts';
import { isData, type Answer, type TopicStates, type VersionedData } from './topic-states.ts';

interface Subscription {
  readonly topic: DashboardTopic;
  /** What the client was last told; undefined: nothing yet. */
  told: Answer;
  /** Of the data that the client holds. */
  version: Version | undefined;
}

/** What one client is subscribed to, and what it is told of that: the rules of the protocol, without a socket. */
export class FakeConnection {
  readonly #states: TopicStates;
  readonly #send: (message: DashboardMessage) => void;
  readonly #subscriptions = new Map<TopicKey, Subscription>();
  #isCorrupt = false;

  constructor(states: TopicStates, send: (message: DashboardMessage) => void) {
    this.#states = states;
    this.#send = send;
  }

  get topics(): DashboardTopic[] {
    return [...this.#subscriptions.values()].map(({ topic }) => topic);
  }

  /** The patch of the next update will fit no data. */
  corrupt(): void {
    this.#isCorrupt = true;
  }

  subscribe({ topics, request_id }: SubscribeRequest): void {
    const added = topics.map((topic) => this.#add(topic, undefined));
    this.#confirm('subscribed', added, request_id);
    for (const one of added) this.#sendAll(this.#news(one, 'initial'));
  }

  resume({ subscriptions, request_id }: ResumeRequest): void {
    const added = subscriptions.map(({ topic, version }) => this.#add(topic, version));
    this.#confirm('subscribed', added, request_id);
    for (const one of added) this.#sendAll(this.#current(one) ?? this.#news(one, 'expired'));
  }

  unsubscribe({ topics, request_id }: UnsubscribeRequest): void {
    const gone = topics.flatMap((topic) => this.#subscriptions.get(topicKey(topic)) ?? []);
    for (const { topic } of gone) this.#subscriptions.delete(topicKey(topic));
    this.#confirm('unsubscribed', gone, request_id);
  }

  /** Tells what the client does not know yet, in one frame. */
  refresh(): void {
    this.#sendAll(...[...this.#subscriptions.values()].map((one) => this.#news(one)));
  }

  #add(asked: DashboardTopic, version: Version | undefined): Subscription {
    const topic = canonicalise(asked);
    const told = version === undefined ? undefined : this.#states.dataOf(version);
    const subscription = { topic, told, version: told && version };
    this.#subscriptions.set(topicKey(topic), subscription);
    return subscription;
  }

  #confirm(
    type: 'subscribed' | 'unsubscribed',
    subscriptions: readonly Subscription[],
    request_id: string | undefined,
  ): void {
    const topics = subscriptions.map(({ topic }) => topic);
    this.#send({ type, topics, ...(request_id !== undefined && { request_id }) });
  }

  #sendAll(...news: readonly (BatchedMessage | undefined)[]): void {
    const messages = news.filter((one) => one !== undefined);
    const [first] = messages;
    if (first === undefined) return;
    this.#send(messages.length === 1 ? first : { type: 'batch', messages });
  }

  #current({ topic, version }: Subscription): BatchedMessage | undefined {
    const answer = this.#states.answerTo(topic);
    if (version === undefined || !isData(answer)) return undefined;
    if (this.#states.versioned(answer).version !== version) return undefined;
    return { type: 'current', topic, version };
  }

  #news(
    subscription: Subscription,
    reason?: SnapshotMessage['reason'],
  ): BatchedMessage | undefined {
    const answer = this.#states.answerTo(subscription.topic);
    if (answer === undefined || answer === subscription.told) return undefined;
    subscription.told = answer;
    if (isData(answer)) {
      return this.#newData(subscription, this.#states.versioned(answer), reason);
    }
    subscription.version = undefined;
    return { type: 'error', topic: subscription.topic, ...answer };
  }

  #newData(
    subscription: Subscription,
    { version, data }: VersionedData,
    reason: SnapshotMessage['reason'],
  ): BatchedMessage | undefined {
    const { topic, version: base } = subscription;
    if (base === version) return undefined;
    subscription.version = version;
    return base === undefined
      ? { type: 'snapshot', topic, version, data, ...(reason && { reason }) }
      : { type: 'update', topic, base, version, patch: this.#patch(base, data) };
  }

  #patch(base: Version, data: unknown): PatchOperation[] {
    if (!this.#isCorrupt) return patchOf(this.#states.dataOf(base), data);
    this.#isCorrupt = false;
    return [{ op: 'remove', path: '/no/such/place' }];
  }
}
