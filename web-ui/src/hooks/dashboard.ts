import {
  topicKey,
  topicOf,
  type ConnectionState,
  type DashboardClient,
  type DataOf,
  type TopicKey,
  type TopicState,
} from '../client/index.ts';
import type { DashboardTopic } from '../messages/types.ts';
import { actionsOf, type LearningActions } from './useLearningActions.ts';

/** What `useDashboard` returns: a new object after each change, with the same functions in it. */
export interface Dashboard extends LearningActions {
  readonly connection: ConnectionState;
  /** Wants `topic` for as long as the component is mounted; once is enough. */
  readonly subscribe: (topic: DashboardTopic) => void;
  /** Takes that back. What is known of the topic is still shown until it is forgotten, 5 s later. */
  readonly unsubscribe: (topic: DashboardTopic) => void;
  /** What is cached of `topic`: its newest data, also stale ones; undefined where there are none. */
  readonly getData: <T extends DashboardTopic>(topic: T) => DataOf<T> | undefined;
  /** Everything that is known of `topic`. */
  readonly getTopic: <T extends DashboardTopic>(topic: T) => TopicState<DataOf<T>>;
  /** Connects now: instead of at the end of the back-off, or once more after a refusal. */
  readonly retry: () => void;
}

/** The store behind one `useDashboard`: which topics its component wants, and the object it last got. */
export class DashboardStore {
  readonly #client: DashboardClient;
  readonly #wanted = new Map<TopicKey, DashboardTopic>();
  /** The wanted topics that are held at the client. */
  readonly #held = new Map<TopicKey, () => void>();
  /** The topics that were left and are still known: what is shown of them must not freeze. */
  readonly #left = new Map<TopicKey, () => void>();
  readonly #functions: Omit<Dashboard, 'connection'>;
  #snapshot: Dashboard;
  #changed: (() => void) | undefined;

  constructor(client: DashboardClient) {
    this.#client = client;
    this.#functions = {
      ...actionsOf(client),
      subscribe: (topic) => {
        this.#want(topic);
      },
      unsubscribe: (topic) => {
        this.#leave(topic);
      },
      getData: (topic) => client.getTopic(topic).data,
      getTopic: (topic) => client.getTopic(topic),
      retry: () => {
        client.retry();
      },
    };
    this.#snapshot = { connection: client.getConnection(), ...this.#functions };
  }

  /** Connects and holds what is wanted until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#changed = () => {
      this.#renew();
      listener();
    };
    const unwatch = this.#client.onConnection(this.#changed);
    const disconnect = this.#client.connect();
    for (const topic of this.#wanted.values()) this.#hold(topic);
    if (this.#client.getConnection() !== this.#snapshot.connection) this.#renew();
    return () => {
      this.#changed = undefined;
      unwatch();
      for (const end of [...this.#held.values(), ...this.#left.values()]) end();
      this.#held.clear();
      this.#left.clear();
      disconnect();
    };
  };

  readonly read = (): Dashboard => this.#snapshot;

  #want(topic: DashboardTopic): void {
    this.#wanted.set(topicKey(topic), topic);
    this.#hold(topic);
  }

  #leave(topic: DashboardTopic): void {
    const key = topicKey(topic);
    this.#wanted.delete(key);
    const release = this.#held.get(key);
    if (release === undefined) return;
    this.#held.delete(key);
    this.#left.set(
      key,
      this.#client.watch(topic, () => {
        this.#look(key);
      }),
    );
    release();
  }

  #hold(topic: DashboardTopic): void {
    const key = topicKey(topic);
    if (this.#changed === undefined || this.#held.has(key)) return;
    this.#held.set(key, this.#client.subscribe(topic, this.#changed));
    const wasFollowed = this.#unwatch(key);
    // What the client held already nobody tells again. Of a topic that was followed all is known: to say
    // so again would render for ever where an effect subscribes and unsubscribes with each render.
    if (!wasFollowed) this.#changed();
  }

  /** A topic that was left has changed; when it is forgotten there is nothing more to look at. */
  #look(key: TopicKey): void {
    if (this.#client.getTopic(topicOf(key)).status === 'idle') this.#unwatch(key);
    this.#changed?.();
  }

  /** Whether the topic was watched until now. */
  #unwatch(key: TopicKey): boolean {
    this.#left.get(key)?.();
    return this.#left.delete(key);
  }

  #renew(): void {
    this.#snapshot = { connection: this.#client.getConnection(), ...this.#functions };
  }
}
