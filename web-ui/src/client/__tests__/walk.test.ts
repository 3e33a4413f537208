import { expect, test, vi } from 'vitest';
import type {
  BatchedMessage,
  DashboardRequest,
  DashboardTopic,
  LearningsData,
  PatchOperation,
  SnapshotMessage,
} from '../../messages/types.ts';
import type { DashboardClient } from '../client.ts';
import { DashboardError } from '../errors.ts';
import { topicKey, type TopicKey } from '../topic-key.ts';
import { FakeSocket } from './fake-socket.ts';
import { fakeTime, makeClient, settle } from './harness.ts';
import { Random } from './random.ts';

fakeTime();

const LINGER = 5_000;
const TOPICS: readonly DashboardTopic[] = [1, 2, 3, 4, 5, 6].map((limit) => ({
  topic: 'learnings',
  limit,
}));

const ROWS = 3;

/** An id that no other row of any topic has: the number of the topic, and of the row. */
function idOf(key: TopicKey, row: number): string {
  const topic = TOPICS.findIndex((one) => topicKey(one) === key);
  return `0190a7c4-0000-7000-8000-${String(topic * ROWS + row).padStart(12, '0')}`;
}

/** State number `n` of a topic: it names its topic, and each row has a mark. */
function stateOf(key: TopicKey, n: number, marks: readonly string[]): LearningsData {
  return {
    data_type: 'learnings',
    total: n,
    learnings: marks.map((mark, row) => ({
      id: idOf(key, row),
      content: mark,
      category: 'preference',
      scope: { level: 'global' },
      status: 'active',
      estimated_value: 0,
      confidence: 0,
      session_count: 0,
      created_at: '2026-03-01T08:30:00Z',
    })),
  };
}

/** Only what differs, so that the patch makes nothing true of any other state than `base`. */
function patchOf(base: LearningsData, next: LearningsData): PatchOperation[] {
  const rows = next.learnings.flatMap(({ content: value }, row): PatchOperation[] =>
    value === base.learnings[row]?.content
      ? []
      : [{ op: 'replace', path: `/learnings/${String(row)}/content`, value }],
  );
  return [{ op: 'replace', path: '/total', value: next.total }, ...rows];
}

/** A server as the protocol describes it, with an unreliable network in front. */
class ModelServer {
  /** Every state each topic has ever had; it lives on when connections end. A version is its number. */
  readonly history = new Map<TopicKey, LearningsData[]>();
  /** What the current connection was last sent of each topic that it is subscribed to. */
  readonly told = new Map<TopicKey, number>();
  readonly #random: Random;
  #socket: FakeSocket | undefined;
  #read = 0;
  /** Messages on their way. */
  #outbox: BatchedMessage[] = [];

  constructor(random: Random) {
    this.#random = random;
    for (const topic of TOPICS) this.#advance(topicKey(topic));
  }

  /** Number of a topic's newest state. */
  newest(key: TopicKey): number {
    return this.history.get(key)!.length - 1;
  }

  stateOf(key: TopicKey, n: number): LearningsData {
    return this.history.get(key)![n]!;
  }

  /** Welcomes a new socket, and reads what the newest one has sent. */
  serve(): void {
    const socket = FakeSocket.all.at(-1);
    if (socket === undefined) return;
    if (socket !== this.#socket) {
      this.told.clear();
      this.#outbox = [];
      this.#read = 0;
      this.#socket = socket;
    }
    if (socket.phase !== 'open') return;
    for (; this.#read < socket.sent.length; this.#read += 1) this.#answer(socket.sent[this.#read]!);
  }

  /** A commit: subscribers get an update, which may be lost (a fault) or skip states (legal). */
  commit(key: TopicKey, isLost: boolean): void {
    const next = this.#advance(key);
    const base = this.told.get(key);
    if (base === undefined) return;
    if (this.#random.chance(0.2)) return; // conflated: the next update goes straight to a later state
    this.told.set(key, next);
    if (isLost) return;
    this.#outbox.push(this.#update(key, base, next));
  }

  /** Sends what is on its way: one by one or in one batch, some of it twice. */
  deliver(): void {
    const messages = this.#outbox.flatMap((one) => (this.#random.chance(0.1) ? [one, one] : [one]));
    this.#outbox = [];
    if (this.#socket?.phase !== 'open' || messages.length === 0) return;
    if (this.#random.chance(0.5)) this.#socket.say({ type: 'batch', messages });
    else for (const message of messages) this.#socket.say(message);
  }

  /** Brings every subscriber up to date. */
  settle(): void {
    for (const [key, base] of this.told) {
      const newest = this.newest(key);
      if (base === newest) continue;
      this.told.set(key, newest);
      this.#outbox.push(this.#update(key, base, newest));
    }
    this.deliver();
  }

  /** Makes the next state of a topic, in which one row has a mark that nothing has had; returns its number. */
  #advance(key: TopicKey): number {
    const states = this.history.get(key) ?? [];
    const marks =
      states.at(-1)?.learnings.map(({ content }) => content) ?? Array<string>(ROWS).fill('new');
    marks[this.#random.below(ROWS)] = String(this.#random.next());
    states.push(stateOf(key, states.length, marks));
    this.history.set(key, states);
    return states.length - 1;
  }

  #answer(request: DashboardRequest): void {
    if (request.type === 'subscribe') {
      for (const topic of request.topics) this.#snapshot(topicKey(topic));
    } else if (request.type === 'unsubscribe') {
      for (const topic of request.topics) this.told.delete(topicKey(topic));
    } else if (request.type === 'resume') {
      for (const { topic, version } of request.subscriptions) {
        this.#resume(topicKey(topic), Number(version));
      }
    } else if (request.type === 'authenticate') {
      // The welcome of a new connection comes from the network's side; this answers a fresh token.
      if (request.request_id !== undefined) this.#socket?.welcome();
    } else throw new Error(`unexpected ${request.type}`);
  }

  #resume(key: TopicKey, held: number): void {
    const newest = this.newest(key);
    this.told.set(key, newest);
    const topic = JSON.parse(key) as DashboardTopic;
    if (held === newest) this.#outbox.push({ type: 'current', topic, version: String(newest) });
    else if (this.#random.chance(0.5)) this.#snapshot(key);
    else {
      const half = Math.floor((held + newest) / 2);
      if (half > held) this.#outbox.push(this.#update(key, held, half));
      this.#outbox.push(this.#update(key, half, newest));
    }
  }

  #snapshot(key: TopicKey): void {
    const newest = this.newest(key);
    this.told.set(key, newest);
    const topic = JSON.parse(key) as DashboardTopic;
    const message: SnapshotMessage = {
      type: 'snapshot',
      topic,
      version: String(newest),
      data: this.stateOf(key, newest),
    };
    this.#outbox.push(message);
  }

  #update(key: TopicKey, base: number, version: number): BatchedMessage {
    const topic = JSON.parse(key) as DashboardTopic;
    const patch = patchOf(this.stateOf(key, base), this.stateOf(key, version));
    return { type: 'update', topic, base: String(base), version: String(version), patch };
  }
}

/** What is opened in place of a WebSocket; known by its class. */
class OtherWay extends FakeSocket {}

/** One client, one server, and one person who clicks about. */
class Walk {
  readonly random: Random;
  readonly server: ModelServer;
  readonly client: DashboardClient;
  /** Which subscriptions are held, by topic. */
  readonly held = new Map<TopicKey, (() => void)[]>();
  readonly #release: () => void;
  /** How many fresh tokens were asked for, and how many of those came to an end. */
  refreshes = 0;
  settled = 0;
  #isCalm = false;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.server = new ModelServer(this.random);
    this.client = makeClient({
      random: this.random.next,
      getToken: () => this.#token(),
      fallback: {
        name: 'polling',
        openSocket: (url, protocol) => new OtherWay(url, protocol),
        afterFailures: 2,
        retryMs: 30_000,
      },
      onFault: ({ code }) => {
        expect(code).toBe('token_failed');
      },
    });
    this.#release = this.client.connect();
  }

  async step(): Promise<void> {
    const key = topicKey(this.random.pick(TOPICS));
    const kind = this.random.below(100);
    if (kind < 20) this.#subscribe(key);
    else if (kind < 40) this.#unsubscribe(key);
    else if (kind < 60) this.server.commit(key, this.random.chance(0.2));
    else if (kind < 75) this.server.deliver();
    else if (kind < 82) this.#connect();
    else if (kind < 86) this.#disconnect();
    else if (kind < 88) this.client.close();
    else if (kind < 91) this.client.connect()();
    else if (kind < 94) this.#refresh();
    else vi.advanceTimersByTime(this.random.pick([1, 300, 2_000, 7_000, 12_000]));
    await vi.advanceTimersByTimeAsync(0);
    this.server.serve();
  }

  get wanted(): TopicKey[] {
    return TOPICS.map(topicKey).filter((key) => (this.held.get(key)?.length ?? 0) > 0);
  }

  /** Ends the disturbances and gives everything time to become right. */
  async calm(): Promise<void> {
    this.#isCalm = true;
    this.client.connect();
    let socket: FakeSocket | undefined;
    // Where the WebSocket was tried again meanwhile, everything is asked for once more.
    for (let n = 0; n < 4 || socket !== FakeSocket.last; n += 1) {
      if (this.client.getConnection().status !== 'open') {
        this.client.retry();
        await vi.advanceTimersByTimeAsync(0);
        this.#connect();
      }
      socket = FakeSocket.last;
      await vi.advanceTimersByTimeAsync(LINGER);
      this.server.serve();
      // That the last update was lost can only be seen from the next one.
      if (n === 0) for (const key of this.server.told.keys()) this.server.commit(key, false);
      this.server.settle();
      await settle();
      this.server.serve();
      this.server.deliver();
    }
    this.#isCalm = false;
  }

  end(): void {
    for (const offs of this.held.values()) for (const off of offs) off();
    this.#release();
  }

  #subscribe(key: TopicKey): void {
    const offs = this.held.get(key) ?? [];
    offs.push(this.client.subscribe(JSON.parse(key) as DashboardTopic));
    this.held.set(key, offs);
  }

  #unsubscribe(key: TopicKey): void {
    const off = this.held.get(key)?.pop();
    off?.();
    if (this.random.chance(0.3)) off?.();
  }

  #token(): string | Promise<string> {
    if (this.#isCalm || this.random.chance(0.5)) return 'secret';
    return this.random.chance(0.5)
      ? Promise.resolve('secret')
      : Promise.reject(new Error('no token'));
  }

  #refresh(): void {
    this.refreshes += 1;
    this.client.refreshToken().then(
      () => (this.settled += 1),
      (error: unknown) => {
        expect(error).toBeInstanceOf(DashboardError);
        this.settled += 1;
      },
    );
  }

  #connect(): void {
    if (FakeSocket.all.length > 0 && FakeSocket.last.phase === 'connecting') {
      FakeSocket.last.welcome();
      this.server.serve();
    }
  }

  #disconnect(): void {
    const socket = FakeSocket.all.at(-1);
    if (socket?.phase === 'connecting') socket.fail(); // blocked
    if (socket?.phase !== 'open') return;
    if (this.random.chance(0.5)) socket.fail(this.random.pick([1006, 1001, 4008, 4029]));
    else
      socket.say({
        type: 'goodbye',
        code: 1001,
        reason: 'restart',
        retry: { min_ms: 1, max_ms: 900 },
      });
  }
}

function checkAlways({ client, server, wanted }: Walk): void {
  expect(FakeSocket.live.length).toBeLessThanOrEqual(1);
  for (const { sent } of FakeSocket.live) {
    if (sent.length > 0) expect(sent[0]).toEqual({ type: 'authenticate', token: 'secret' });
  }
  const { status, transport } = client.getConnection();
  if (status === 'open') {
    expect(transport).toBe(FakeSocket.last instanceof OtherWay ? 'polling' : 'websocket');
  }
  if (client.getConnection().status === 'open') {
    // Everything wanted has been told; what was told and is not wanted lingers, for 5 s at most.
    expect([...server.told.keys()]).toEqual(expect.arrayContaining(wanted));
  }
  for (const key of wanted) {
    const state = client.getTopic(JSON.parse(key) as DashboardTopic);
    if (state.data === undefined) continue;
    // Never a mixture of states, and never another topic's.
    const { total } = state.data as LearningsData;
    expect(state.data).toEqual(server.history.get(key)?.[total]);
  }
}

function checkCalm({ client, server, wanted }: Walk): void {
  expect(client.getConnection().status).toBe('open');
  expect([...server.told.keys()].sort()).toEqual(wanted.sort());
  for (const key of wanted) {
    expect(client.getTopic(JSON.parse(key) as DashboardTopic)).toMatchObject({
      status: 'success',
      data: server.stateOf(key, server.newest(key)),
      isStale: false,
    });
  }
}

test.each(Array.from({ length: 40 }, (_, n) => n + 1))(
  'random walk %i: one socket, the server told of just what is wanted, only true states shown',
  async (seed) => {
    const walk = new Walk(seed);
    for (let n = 0; n < 250; n += 1) {
      await walk.step();
      checkAlways(walk);
      if (n % 50 === 49) {
        await walk.calm();
        checkCalm(walk);
      }
    }
    walk.end();
    walk.client.close();
    await settle();
    expect(walk.settled).toBe(walk.refreshes);
    expect(vi.getTimerCount()).toBe(0);
  },
);
