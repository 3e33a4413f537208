import {
  topicKey,
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
  /** Takes that back. */
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
  readonly #held = new Map<TopicKey, () => void>();
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
      for (const release of this.#held.values()) release();
      this.#held.clear();
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
    this.#held.get(key)?.();
    this.#held.delete(key);
  }

  #hold(topic: DashboardTopic): void {
    const key = topicKey(topic);
    if (this.#changed === undefined || this.#held.has(key)) return;
    this.#held.set(key, this.#client.subscribe(topic, this.#changed));
  }

  #renew(): void {
    this.#snapshot = { connection: this.#client.getConnection(), ...this.#functions };
  }
}
