import {
  DashboardClient,
  type DashboardClientOptions,
  type SocketConstructor,
} from '../client/index.ts';
import {
  SCHEMA_HASH,
  type DashboardMessage,
  type DashboardRequest,
  type DashboardTopic,
  type ErrorCode,
  type LearningAction,
  type RetryWindow,
  type TopicByName,
  type TopicDataByName,
  type TopicName,
  type Uuid,
  type WelcomeMessage,
} from '../messages/types.ts';
import { FakeConnection } from './fake-connection.ts';
import { FakeSocket } from './fake-socket.ts';
import { afterAction } from './learning-actions.ts';
import { Line } from './line.ts';
import { TopicStates, type TopicFailure } from './topic-states.ts';

export interface FakeServerOptions {
  /** What topics are answered with, by their names. One that is absent is not answered: its state stays pending. */
  readonly topics?: Partial<TopicDataByName> | undefined;
  /** false: an action waits for `commit` or `reject`. Default: true, it is done at once. */
  readonly commitsActions?: boolean | undefined;
  /** Parts of the server's welcome that are to be other ones. */
  readonly welcome?: Partial<WelcomeMessage> | undefined;
  /** Hears of every frame as it arrives, as text. */
  readonly onFrame?: ((from: 'client' | 'server', text: string) => void) | undefined;
}

/** An action that was asked for and is not answered yet. */
export interface PendingAction {
  readonly action: LearningAction;
  readonly id: Uuid;
}

interface AskedAction extends PendingAction {
  readonly socket: FakeSocket;
  readonly mark: Pick<DashboardRequest, 'request_id'>;
}

const EPOCH = Date.parse('2026-03-01T08:30:00Z');

const WELCOME: Omit<WelcomeMessage, 'server_time'> = {
  type: 'welcome',
  protocol_version: 1,
  schema_hash: SCHEMA_HASH,
  server_version: '0.1.0',
  heartbeat_seconds: 25,
  roles: ['viewer', 'operator'],
  limits: { max_message_bytes: 65_536, max_topics: 64, messages_per_second: 20, message_burst: 60 },
  retry: { min_ms: 500, max_ms: 20_000 },
};

/**
 * A server in the memory of a test: it speaks the protocol, and fails as networks and servers do.
 *
 * It answers at once, in microtasks, and has no timers; what is delayed waits for `advance`, the server's virtual clock.
 */
export class FakeServer {
  /** Every topic ever subscribed to or resumed, as it was asked for. */
  readonly asked: DashboardTopic[] = [];
  readonly #options: FakeServerOptions;
  readonly #states = new TopicStates();
  readonly #line = new Line();
  /** The open sockets. */
  readonly #connections = new Map<FakeSocket, FakeConnection>();
  readonly #clients = new Set<DashboardClient>();
  #actions: AskedAction[] = [];
  #isRefusing = false;

  constructor(options: FakeServerOptions = {}) {
    this.#options = options;
    for (const [name, data] of Object.entries(options.topics ?? {}))
      this.#states.set(name as TopicName, data);
  }

  /**
   * A client of this server; further options are the client's own.
   *
   * Its listeners hear at once, and it watches no page. Once it has lost the connection it waits for the back-off or for
   * `reconnect`. `close` closes it.
   */
  client(options: DashboardClientOptions = {}): DashboardClient {
    const client = new DashboardClient({ ...this.options, ...options });
    this.#clients.add(client);
    return client;
  }

  /** The options of a client of this server that is made elsewhere. */
  get options(): DashboardClientOptions {
    return {
      url: 'ws://server.test/ws/groove/dashboard',
      WebSocket: this.Socket,
      schedule: atOnce,
      page: null,
    };
  }

  /** A WebSocket that leads here, whatever its URL. */
  get Socket(): SocketConstructor {
    const open = (socket: FakeSocket): void => {
      this.#open(socket);
    };
    return class extends FakeSocket {
      constructor() {
        super();
        open(this);
      }
    };
  }

  /** How many sockets are open now. */
  get connections(): number {
    return this.#connections.size;
  }

  /** The topics that clients are subscribed to now, in canonical form. */
  get subscriptions(): DashboardTopic[] {
    return [...this.#connections.values()].flatMap(({ topics }) => topics);
  }

  /** The actions that wait for `commit` or `reject`, the oldest first. */
  get actions(): readonly PendingAction[] {
    return this.#actions.map(({ action, id }) => ({ action, id }));
  }

  /**
   * What a topic is answered with from now on; its subscribers are told at once, by a patch.
   *
   * A name stands for that topic with any parameters; one that is set with its parameters has its own answer.
   * undefined: whoever asks from now on gets no answer.
   */
  set<N extends TopicName>(
    topic: N | TopicByName[N],
    answer: TopicDataByName[N] | TopicFailure | undefined,
  ): this {
    this.#states.set(topic, answer);
    this.#refresh();
    return this;
  }

  /** Answers the oldest action: it is done, and whoever sees the learning is told. */
  commit(): void {
    const { action, id, socket, mark } = this.#nextAction();
    this.#states.update((data) => afterAction(data, action, id));
    this.#say(socket, { type: 'action_result', action, id, ...mark });
    this.#refresh();
  }

  /** Answers the oldest action: it is not done. */
  reject(code: ErrorCode, message: string): void {
    const { socket, mark } = this.#nextAction();
    this.#say(socket, { type: 'error', code, message, ...mark });
  }

  /** Says nothing but that the server lives. */
  beat(): void {
    for (const socket of this.#connections.keys())
      this.#say(socket, { type: 'heartbeat', server_time: this.#time() });
  }

  /** Breaks every connection, or closes it with a code of the protocol. */
  drop(code = 1006, reason = ''): void {
    this.#actions = [];
    const sockets = [...this.#connections.keys()];
    this.#connections.clear();
    for (const socket of sockets) socket.end(code, reason);
  }

  /** Says goodbye to every client and closes, as a server does that is stopped. */
  goodbye(reason = 'the server is going away', retry?: RetryWindow, code = 1001): void {
    for (const socket of this.#connections.keys())
      this.#say(socket, { type: 'goodbye', code, reason, ...(retry && { retry }) });
    this.#line.carry(() => {
      this.drop(code, reason);
    });
  }

  /** Lets no client in until `recover`. */
  refuse(): void {
    this.#isRefusing = true;
  }

  /** Lets everything that is sent from now on, in either direction, take so long on the server's clock. */
  delay(ms: number): void {
    this.#line.delay = ms;
  }

  /** Lets nothing arrive, in either direction, until `recover`. */
  stall(): void {
    this.delay(Infinity);
  }

  /** Sends each client one patch that does not fit, the next time there is one to send. */
  corrupt(): void {
    for (const connection of this.#connections.values()) connection.corrupt();
  }

  /** Ends `refuse`, `delay` and `stall`: what was held up arrives. */
  recover(): void {
    this.#isRefusing = false;
    this.#line.clear();
  }

  /** Moves the server's clock; resolves when what was due by then has been dealt with. */
  async advance(ms: number): Promise<void> {
    await this.settled();
    this.#line.advance(ms);
    await this.settled();
  }

  /** Recovers, and lets every client of `client` that waits for its back-off try at once. */
  async reconnect(): Promise<void> {
    this.recover();
    for (const client of this.#clients) {
      if (client.getConnection().status === 'reconnecting') client.retry();
    }
    await this.settled();
  }

  /** Resolves when all has arrived that is on its way and not held up, with all that follows from it. */
  settled(): Promise<void> {
    // Everything here goes by microtasks, and this is none. Unlike a timer, no test runner replaces it.
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  }

  /** Closes every client of `client`, so that none leaves a timer behind. */
  close(): void {
    for (const client of this.#clients) client.close();
    this.#clients.clear();
  }

  #open(socket: FakeSocket): void {
    let hasLeft = false;
    const connection = new FakeConnection(this.#states, (message) => {
      this.#say(socket, message);
    });
    socket.left = () => {
      hasLeft = true;
      this.#connections.delete(socket);
    };
    socket.received = (text) => {
      this.#line.carry(() => {
        if (this.#connections.has(socket)) this.#receive(socket, connection, text);
      });
    };
    queueMicrotask(() => {
      this.#line.carry(() => {
        if (!hasLeft) this.#answerHandshake(socket, connection);
      });
    });
  }

  #answerHandshake(socket: FakeSocket, connection: FakeConnection): void {
    if (this.#isRefusing) {
      socket.end(1006, '');
      return;
    }
    this.#connections.set(socket, connection);
    socket.onopen?.({});
    this.#welcome(socket);
  }

  #receive(socket: FakeSocket, connection: FakeConnection, text: string): void {
    this.#options.onFrame?.('client', text);
    const request = JSON.parse(text) as DashboardRequest;
    const mark = request.request_id === undefined ? {} : { request_id: request.request_id };
    switch (request.type) {
      case 'subscribe':
        this.asked.push(...request.topics);
        connection.subscribe(request);
        return;
      case 'resume':
        this.asked.push(...request.subscriptions.map(({ topic }) => topic));
        connection.resume(request);
        return;
      case 'unsubscribe':
        connection.unsubscribe(request);
        return;
      case 'enable_learning':
      case 'disable_learning':
      case 'delete_learning':
        this.#actions.push({ action: request.type, id: request.id, socket, mark });
        if (this.#options.commitsActions !== false) this.commit();
        return;
      case 'authenticate':
        this.#welcome(socket);
        return;
      case 'ping':
        this.#say(socket, { type: 'pong', ...mark });
        return;
      default:
        request satisfies never;
    }
  }

  #nextAction(): AskedAction {
    const action = this.#actions.shift();
    if (action === undefined) throw new Error('No action waits for an answer.');
    return action;
  }

  #refresh(): void {
    for (const connection of this.#connections.values()) connection.refresh();
  }

  #welcome(socket: FakeSocket): void {
    this.#say(socket, { ...WELCOME, server_time: this.#time(), ...this.#options.welcome });
  }

  #time(): string {
    return new Date(EPOCH + this.#line.now).toISOString().replace(/\.\d+/, '');
  }

  #say(socket: FakeSocket, message: DashboardMessage): void {
    const text = JSON.stringify(message);
    this.#line.carry(() => {
      if (!this.#connections.has(socket)) return;
      this.#options.onFrame?.('server', text);
      socket.onmessage?.({ data: text });
    });
  }
}

function atOnce(flush: () => void): () => void {
  flush();
  return () => undefined;
}
