import type { DashboardTopic } from '../messages/types.ts';
import { createConnection, type Connection } from './connection.ts';
import type { ConnectionState } from './connection-state.ts';
import { DashboardError } from './errors.ts';
import type { Extension } from './extension.ts';
import {
  createNotifier,
  listen,
  type Listener,
  type Listeners,
  type Notifier,
} from './notifier.ts';
import type { MirrorOptions } from './options.ts';
import { nextFrame } from './schedule.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import type { DataOf } from './topic-key.ts';
import type { TopicState } from './topic-state.ts';

/**
 * A live mirror of the server's topics, over one connection that mends itself.
 *
 * It connects while anybody wants a topic or has called `connect()`, and lets go a few seconds after the
 * last one has left. States are read with `getTopic` and `getConnection`; both return the same object
 * until something changes, and listeners are told afterwards.
 */
export interface TopicMirror {
  /** Wants a connection until the returned function is called, also while no topic is wanted. */
  readonly connect: () => () => void;
  /** Tries to connect now: instead of at the end of the back-off, or once more after a refusal. */
  readonly retry: () => void;
  /** Ends the connection and everything that waits. Who connects or subscribes next begins anew. */
  readonly close: () => void;
  readonly getConnection: () => ConnectionState;
  /** Calls `listener` after every change of the connection's state, until the returned function is called. */
  readonly onConnection: (listener: Listener) => () => void;
  /**
   * Wants `topic` live until the returned function is called (calling it again does nothing).
   *
   * Every spelling of a topic is the same subscription. `listener` is called after its state has changed.
   */
  readonly subscribe: (topic: DashboardTopic, listener?: Listener) => () => void;
  /** What is known of `topic` now; does not ask for it. */
  readonly getTopic: <T extends DashboardTopic>(topic: T) => TopicState<DataOf<T>>;
}

/** A mirror with what its extension needs of it. */
export type ExtensibleMirror = TopicMirror &
  Pick<Connection, 'send' | 'isAlive' | 'set' | 'lose'> &
  Pick<Subscriptions, 'entries' | 'nextId'> &
  Pick<Notifier, 'mark'>;

export function createMirror(options: MirrorOptions, extension: Extension = {}): ExtensibleMirror {
  const { lingerMs = 5_000, schedule = nextFrame, onFault: report = console.error } = options;
  const watchers: Listeners = new Set();

  const notifier = createNotifier(schedule, (cause) => {
    report(new DashboardError('listener_failed', 'a listener threw', { cause }));
  });
  const subscriptions = createSubscriptions(
    lingerMs,
    () => connection,
    notifier,
    report,
    extension,
  );
  const connection = createConnection(options, lingerMs, extension, report, {
    ...subscriptions,
    changed: (state, error) => {
      notifier.together(() => {
        extension.changed?.(state, error);
        notifier.mark(watchers);
        subscriptions.changed(state, error);
      });
      if (state.status === 'idle') notifier.flush();
    },
  });
  return {
    ...connection,
    ...subscriptions,
    ...notifier,
    onConnection: (listener) => listen(watchers, listener),
  };
}
