import {
  SCHEMA_HASH,
  type DashboardTopic,
  type LearningAction,
  type TopicData,
  type Uuid,
} from '../messages/types.ts';
import type { ConnectionStatus } from '../mirror/connection-state.ts';
import { DashboardError, type Report } from '../mirror/errors.ts';
import { createMirror, type ExtensibleMirror } from '../mirror/mirror.ts';
import { listen, type Listener } from '../mirror/notifier.ts';
import { topicKey, type DataOf } from '../mirror/topic-key.ts';
import type { TopicState } from '../mirror/topic-state.ts';
import type { ConnectionState } from './connection-state.ts';
import { chooseWay } from './fallback.ts';
import type { DashboardClientOptions } from './options.ts';
import { Overlays, type DataChange } from './overlays.ts';
import { sameOrigin } from './page.ts';
import { followPage } from './page-life.ts';
import { Requests } from './requests.ts';
import { AuthenticatedSocket, type GetToken } from './token.ts';

/** Nothing is tried by itself any more. */
const AT_REST: readonly ConnectionStatus[] = ['idle', 'closed', 'update-required'];

/**
 * A live mirror of the server's topics, over one connection that mends itself; with tokens, actions, overlays, a
 * fallback, and an eye on the page.
 *
 * It connects while anybody wants a topic or has called `connect()`, and lets go a few seconds after the
 * last one has left. States are read with `getTopic` and `getConnection`; both return the same object
 * until something changes, and listeners are told afterwards.
 */
export class DashboardClient {
  readonly #mirror: ExtensibleMirror;
  readonly #requests: Requests;
  readonly #overlays = new Overlays();
  readonly #getToken: GetToken | null;
  #connection: ConnectionState;

  constructor(options: DashboardClientOptions = {}) {
    const { url = sameOrigin, getToken = null, actionTimeoutMs = 10_000 } = options;
    const onFault = unfailing(options.onFault ?? console.error);
    this.#getToken = getToken;
    /** Whether the server that last said welcome knows another schema. */
    let isNewer = false;
    // Called once the mirror connects: what stands below is there by then.
    const mirror = createMirror(
      { ...options, url, onFault },
      {
        openSocket: (address) => {
          const open = () => way.openSocket(address);
          return getToken === null ? open() : new AuthenticatedSocket(getToken, open, onFault);
        },
        heard: (message) => {
          way.heard();
          requests.settle(message);
          if (message.type !== 'welcome') return;
          page.welcomed(message.retry);
          isNewer = message.schema_hash !== SCHEMA_HASH;
        },
        delay: (code, askedMs, window) => {
          const delay = page.delay(code, askedMs, window);
          return way.delay(code) ?? delay;
        },
        changed: (state, error) => {
          const { status, retryAt } = state;
          // What the last attempt was made with changes when another begins.
          const isBegun = !error && status.endsWith('connecting') && retryAt === undefined;
          const transport = isBegun ? way.transport() : this.#connection.transport;
          const updateAvailable = status === 'open' ? isNewer : this.#connection.updateAvailable;
          this.#connection = { ...state, transport, updateAvailable };
          // Also where the server refuses us: what was on its way may have been done before.
          if (error) requests.rejectAll(new DashboardError('disconnected', error.message));
          if (AT_REST.includes(status)) {
            way.end();
            page.end();
          } else page.begin();
        },
        claim: (error) => requests.fail(error),
      },
    );
    const way = chooseWay(options, mirror);
    const page = followPage(options, mirror);
    const requests = new Requests(mirror, actionTimeoutMs);
    this.#mirror = mirror;
    this.#requests = requests;
    this.#connection = {
      ...mirror.getConnection(),
      transport: way.transport(),
      updateAvailable: false,
    };
  }

  /** Wants a connection until the returned function is called, also while no topic is wanted. */
  connect(): () => void {
    return this.#mirror.connect();
  }

  /** Tries to connect now: instead of at the end of the back-off, or once more after a refusal. */
  retry(): void {
    this.#mirror.retry();
  }

  /** Ends the connection and everything that waits. Who connects or subscribes next begins anew. */
  close(): void {
    this.#mirror.close();
  }

  getConnection(): ConnectionState {
    return this.#connection;
  }

  /** Calls `listener` after every change of the connection's state, until the returned function is called. */
  onConnection(listener: Listener): () => void {
    return this.#mirror.onConnection(listener);
  }

  /**
   * Wants `topic` live until the returned function is called (calling it again does nothing).
   *
   * Every spelling of a topic is the same subscription. `listener` is called after its state has changed.
   */
  subscribe(topic: DashboardTopic, listener?: Listener): () => void {
    return this.#mirror.subscribe(topic, listener);
  }

  /**
   * Calls `listener` after every change of what is known of `topic` now, without wanting it.
   *
   * It hears for the last time when the topic is forgotten (`idle`); of a topic that is not known, nothing.
   */
  watch(topic: DashboardTopic, listener: Listener): () => void {
    const entry = this.#mirror.entries.get(topicKey(topic));
    return entry === undefined ? () => undefined : listen(entry.listeners, listener);
  }

  /** What is known of `topic` now; does not ask for it. */
  getTopic<T extends DashboardTopic>(topic: T): TopicState<DataOf<T>> {
    const state: TopicState<TopicData> = this.#mirror.getTopic(topic);
    return this.#overlays.show(state) as TopicState<DataOf<T>>;
  }

  /**
   * Shows `change` over the data of every topic until the returned function is called, as what a person has
   * done and the server has not said yet.
   *
   * `change` is pure, gives what it does not concern back as the same object, and changes nothing a second time.
   */
  overlay(change: DataChange): () => void {
    return this.#overlays.add(change, () => {
      for (const { listeners } of this.#mirror.entries.values()) this.#mirror.mark(listeners);
    });
  }

  /** Whether `change` makes a difference to what the server has sent of any topic. */
  isChangedBy(change: DataChange): boolean {
    return [...this.#mirror.entries.values()].some(
      ({ state: { data } }) => data !== undefined && change(data) !== data,
    );
  }

  /**
   * Sets a learning active. Resolves once that is committed; rejects with a DashboardError, whose codes
   * `disconnected` and `timeout` alone leave open whether it has been done.
   */
  enableLearning(id: Uuid): Promise<void> {
    return this.#act('enable_learning', id);
  }

  /** Disables a learning. Settles as `enableLearning` does. */
  disableLearning(id: Uuid): Promise<void> {
    return this.#act('disable_learning', id);
  }

  /** Deletes a learning for good. Settles as `enableLearning` does. */
  deleteLearning(id: Uuid): Promise<void> {
    return this.#act('delete_learning', id);
  }

  /**
   * Sends a fresh token on the open connection. Resolves with the server's welcome; rejects with a
   * DashboardError where there is no connection, no token, or the server does not take it.
   */
  refreshToken(): Promise<void> {
    return this.#whenOpen(() => this.#requests.refresh(this.#getToken));
  }

  #act(type: LearningAction, id: Uuid): Promise<void> {
    return this.#whenOpen(() => this.#requests.act(type, id));
  }

  #whenOpen(request: () => Promise<void>): Promise<void> {
    return this.getConnection().status === 'open'
      ? request()
      : Promise.reject(new DashboardError('not_connected', 'there is no connection to the server'));
  }
}

/** A report that throws must not break what it reports about. */
function unfailing(onFault: Report): Report {
  return (error) => {
    try {
      onFault(error);
    } catch (thrown) {
      console.error(thrown);
    }
  };
}
