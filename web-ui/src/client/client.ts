import type {
  DashboardMessage,
  DashboardTopic,
  LearningAction,
  RequestId,
  Uuid,
} from '../messages/types.ts';
import { Connection } from './connection.ts';
import { DashboardError } from './errors.ts';
import { Notifier, type Listener, type Listeners } from './notifier.ts';
import type { DataChange } from './overlays.ts';
import { withDefaults, type DashboardClientOptions } from './options.ts';
import { Requests } from './requests.ts';
import { ask, type GetToken } from './socket.ts';
import type { ConnectionState, TopicState } from './state.ts';
import { Subscriptions } from './subscriptions.ts';
import { topicKey, wellFormed, type DataOf } from './topic-key.ts';

/**
 * A live mirror of the server's topics, over one connection that mends itself.
 *
 * It connects while anybody wants a topic or has called `connect()`, and lets go a few seconds after the
 * last one has left. States are read with `getTopic` and `getConnection`; both return the same object
 * until something changes, and listeners are told afterwards.
 */
export class DashboardClient {
  readonly #connection: Connection;
  readonly #subscriptions: Subscriptions;
  readonly #requests: Requests;
  readonly #notifier: Notifier;
  readonly #watchers: Listeners = new Set();
  readonly #lingerMs: number;
  readonly #fault: (error: DashboardError) => void;
  readonly #getToken: GetToken;
  /** The tokens that were sent and not answered, oldest first: a welcome does not say which one it answers. */
  #refreshes: RequestId[] = [];
  /** When the last frame was taken in. */
  #heardAt = 0;
  /** How many want the connection. */
  #users = 0;
  #letGo: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DashboardClientOptions = {}) {
    const settings = withDefaults(options);
    this.#getToken = settings.getToken ?? noToken;
    this.#lingerMs = settings.lingerMs;
    this.#fault = settings.onFault;
    this.#notifier = new Notifier(settings.schedule, (cause) => {
      this.#fault(new DashboardError('listener_failed', 'a listener threw', { cause }));
    });
    this.#requests = new Requests(settings.actionTimeoutMs);
    this.#connection = new Connection(settings, {
      isLive: () => !this.#subscriptions.isWaiting,
      changed: () => {
        this.#notifier.mark(this.#watchers);
      },
      begun: () => {
        this.#subscriptions.begun();
      },
      opened: () => {
        this.#subscriptions.tell();
        this.#connection.confirm();
      },
      received: (message) => {
        this.#notifier.together(() => {
          this.#receive(message);
          this.#subscriptions.tell();
          this.#connection.confirm();
        });
        this.#heardAt = Date.now();
      },
      lost: (error) => {
        this.#lost(error);
      },
    });
    this.#subscriptions = new Subscriptions({
      notifier: this.#notifier,
      lingerMs: settings.lingerMs,
      nextId: () => this.#requests.nextId(),
      isOpen: () => this.#isOpen(),
      maxBytes: () => this.#connection.maxBytes,
      send: (request) => {
        this.#connection.send(request);
      },
      heardAt: () => this.#heardAt,
      fault: settings.onFault,
    });
  }

  /** Wants a connection until the returned function is called, also while no topic is wanted. */
  connect(): () => void {
    this.#users += 1;
    clearTimeout(this.#letGo);
    this.#connection.start();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#users -= 1;
      if (this.#users === 0) this.#linger();
    };
  }

  /** Tries to connect now: instead of at the end of the back-off, or once more after a refusal. */
  retry(): void {
    this.#connection.retry();
  }

  /** Ends the connection and everything that waits. Who connects or subscribes next begins anew. */
  close(): void {
    clearTimeout(this.#letGo);
    this.#connection.stop();
    this.#subscriptions.forget();
    this.#notifier.flush();
  }

  getConnection(): ConnectionState {
    return this.#connection.state;
  }

  /** Calls `listener` after every change of the connection's state, until the returned function is called. */
  onConnection(listener: Listener): () => void {
    const own: Listener = () => {
      listener();
    };
    this.#watchers.add(own);
    return () => {
      this.#watchers.delete(own);
    };
  }

  /**
   * Wants `topic` live until the returned function is called (calling it again does nothing).
   *
   * Every spelling of a topic is the same subscription. `listener` is called after its state has changed.
   */
  subscribe(topic: DashboardTopic, listener: Listener = noop): () => void {
    const leave = this.#subscriptions.subscribe(topic, listener);
    const disconnect = this.connect();
    return () => {
      leave();
      disconnect();
    };
  }

  /**
   * Calls `listener` after every change of what is known of `topic` now, without wanting it.
   *
   * It hears for the last time when the topic is forgotten (`idle`); of a topic that is not known, nothing.
   */
  watch(topic: DashboardTopic, listener: Listener): () => void {
    return this.#subscriptions.watch(topic, listener);
  }

  /** What is known of `topic` now; does not ask for it. */
  getTopic<T extends DashboardTopic>(topic: T): TopicState<DataOf<T>> {
    return this.#subscriptions.state(topicKey(topic)) as TopicState<DataOf<T>>;
  }

  /**
   * Shows `change` over the data of every topic until the returned function is called, as what a person has
   * done and the server has not said yet.
   *
   * `change` is pure, gives what it does not concern back as the same object, and changes nothing a second time.
   */
  overlay(change: DataChange): () => void {
    return this.#subscriptions.overlay(change);
  }

  /** Whether `change` makes a difference to what the server has sent of any topic. */
  isChangedBy(change: DataChange): boolean {
    return this.#subscriptions.isChangedBy(change);
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
    if (!this.#isOpen()) return this.#rejectClosed();
    const request_id = this.#requests.nextId();
    const answer = this.#requests.answer(request_id);
    ask(this.#getToken).then(
      (token) => {
        // The connection it was meant for may be gone by now.
        if (!this.#requests.has(request_id)) return;
        this.#refreshes.push(request_id);
        this.#connection.send({ type: 'authenticate', token, request_id });
      },
      (cause: unknown) => {
        const error = new DashboardError('token_failed', 'there is no token to be had', { cause });
        this.#requests.reject(request_id, error);
      },
    );
    return answer;
  }

  #act(type: LearningAction, id: Uuid): Promise<void> {
    if (!this.#isOpen()) return this.#rejectClosed();
    const request_id = this.#requests.nextId();
    const answer = this.#requests.answer(request_id);
    this.#connection.send({ type, id: wellFormed(id), request_id });
    return answer;
  }

  #rejectClosed(): Promise<never> {
    return Promise.reject(
      new DashboardError('not_connected', 'there is no connection to the server'),
    );
  }

  #isOpen(): boolean {
    return this.#connection.state.status === 'open';
  }

  #lost(error: DashboardError): void {
    this.#notifier.together(() => {
      // Also where the server refuses us: what was on its way may have been done before.
      this.#requests.rejectAll(new DashboardError('disconnected', error.message));
      this.#refreshes = [];
      this.#subscriptions.lost(error.code === 'disconnected' ? undefined : error);
    });
  }

  #receive(message: DashboardMessage): void {
    switch (message.type) {
      case 'snapshot':
      case 'update':
      case 'current':
        this.#subscriptions.receive(message);
        return;
      case 'batch':
        for (const one of message.messages) this.#receive(one);
        return;
      case 'subscribed':
      case 'unsubscribed':
        this.#subscriptions.answered(message.request_id);
        return;
      case 'action_result':
        if (message.request_id !== undefined) this.#requests.resolve(message.request_id);
        return;
      case 'error': {
        const error = DashboardError.from(message);
        const id = message.request_id;
        this.#refreshes = this.#refreshes.filter((refresh) => refresh !== id);
        if (id !== undefined && this.#requests.reject(id, error)) return;
        if (!this.#subscriptions.failed(message)) this.#fault(error);
        return;
      }
      case 'welcome':
        this.#requests.resolve(this.#refreshes.shift() ?? '');
        return;
      case 'heartbeat':
      case 'pong':
      case 'goodbye':
        return; // they concern the connection, which has seen them
      default:
        message satisfies never; // of a later version of the protocol: nothing we have asked for
    }
  }

  #linger(): void {
    if (this.#connection.state.status === 'idle') this.close();
    else {
      this.#letGo = setTimeout(() => {
        this.close();
      }, this.#lingerMs);
    }
  }
}

function noop(): void {
  // Who only wants the topic kept live need not listen.
}

function noToken(): never {
  throw new Error('the option getToken is missing');
}
