import type { DashboardTopic } from '../messages/types.ts';
import type { DashboardClient } from './client.ts';
import type { ConnectionState } from './connection-state.ts';
import type { TopicState } from '../mirror/topic-state.ts';
import { topicKey, type DataOf, type TopicKey } from '../mirror/topic-key.ts';

/** What a person can do to a learning. */
export type LearningActions = Pick<
  DashboardClient,
  'enableLearning' | 'disableLearning' | 'deleteLearning'
>;

/** The whole dashboard in one object: a new one after each change, with the same functions in it. */
export interface Dashboard extends LearningActions {
  readonly connection: ConnectionState;
  /** Wants `topic` for as long as anybody listens to the store; once is enough. */
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

/** What a framework that knows stores by `subscribe` and `read` makes a component of. */
export interface DashboardStore {
  /** Connects and holds what is wanted until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => Dashboard;
}

interface Followed {
  readonly topic: DashboardTopic;
  /** Whether it is held at the client, or was left and is only looked at. */
  readonly how: 'subscribe' | 'watch';
  /** Ends that; undefined while nobody listens. */
  readonly end: (() => void) | undefined;
}

/** A store of the connection and of the topics that are chosen while it runs. */
export function createDashboard(
  client: DashboardClient,
  actions: LearningActions = client,
): DashboardStore {
  const followed = new Map<TopicKey, Followed>();
  let listener: (() => void) | undefined;

  const renew = (): void => {
    dashboard = { ...dashboard, connection: client.getConnection() };
    listener?.();
  };

  const follow = (topic: DashboardTopic, how: Followed['how']): void => {
    const key = topicKey(topic);
    const before = followed.get(key);
    if ((before?.how ?? 'watch') === how) return;
    const end =
      listener &&
      client[how](topic, () => {
        // Forgotten: there is nothing more to hear.
        if (client.getTopic(topic).status === 'idle') followed.delete(key);
        renew();
      });
    followed.set(key, { topic, how, end });
    before?.end?.();
    // What the client held already nobody tells again. Of a topic that was followed all is known: to say
    // so again would render for ever where an effect subscribes and unsubscribes with each render.
    if (before === undefined) renew();
  };

  let dashboard: Dashboard = {
    enableLearning: (id) => actions.enableLearning(id),
    disableLearning: (id) => actions.disableLearning(id),
    deleteLearning: (id) => actions.deleteLearning(id),
    connection: client.getConnection(),
    subscribe: (topic) => {
      follow(topic, 'subscribe');
    },
    unsubscribe: (topic) => {
      follow(topic, 'watch');
    },
    getData: (topic) => client.getTopic(topic).data,
    getTopic: (topic) => client.getTopic(topic),
    retry: () => {
      client.retry();
    },
  };

  return {
    read: () => dashboard,
    subscribe: (changed) => {
      listener = changed;
      const ends = [client.onConnection(renew), client.connect()];
      const wanted = [...followed.values()];
      followed.clear();
      for (const { topic, how } of wanted) follow(topic, how);
      if (client.getConnection() !== dashboard.connection) renew();
      return () => {
        listener = undefined;
        for (const end of ends) end();
        for (const { end } of followed.values()) end?.();
      };
    },
  };
}
