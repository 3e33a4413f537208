import { expect, test, vi } from 'vitest';
import type { DashboardTopic, LearningsData, TopicData } from '../../messages/types.ts';
import type { DashboardClient } from '../client.ts';
import { DashboardError } from '../../mirror/errors.ts';
import type { DataChange } from '../overlays.ts';
import type { ConnectionState } from '../connection-state.ts';
import type { TopicState } from '../../mirror/topic-state.ts';
import { topicKey, type TopicKey } from '../../mirror/topic-key.ts';
import { FakePage } from './fake-page.ts';
import { FakeSocket } from './fake-socket.ts';
import { faults, fakeTime, makeClient } from './harness.ts';
import { idOf, ModelServer, ROWS, TOPICS } from './model-server.ts';
import { Random } from '../../mirror/__tests__/random.ts';

fakeTime();

const LINGER = 5_000;
const HIDDEN = 8_000;
const FALLBACK_RETRY = 30_000;

const topicOf = (key: TopicKey): DashboardTopic => JSON.parse(key) as DashboardTopic;

/** A socket that must be the only one; what it throws is told as a fault, which the test finds. */
class OnlySocket extends FakeSocket {
  constructor(url: string, protocol: string) {
    expect(FakeSocket.live).toEqual([]);
    super(url, protocol);
  }
}

/** What is opened in place of a WebSocket; known by its class. */
class Polling extends OnlySocket {}

/** Marks one row, once. */
function marking(id: string, mark: string): DataChange {
  const change = (data: TopicData): TopicData => {
    if (data.data_type !== 'learnings') return data;
    const at = data.learnings.findIndex((row) => row.id === id);
    const row = data.learnings[at];
    if (row === undefined || row.content.includes(mark)) return data;
    return { ...data, learnings: data.learnings.with(at, { ...row, content: row.content + mark }) };
  };
  return change as DataChange;
}

interface Overlay {
  readonly change: DataChange;
  readonly end: () => void;
}

interface Asked {
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** One client, one server, the application's tokens, and one person who clicks about. */
class Walk {
  readonly random: Random;
  readonly server: ModelServer;
  readonly client: DashboardClient;
  readonly page = new FakePage();
  /** Which subscriptions are held, by topic. */
  readonly held = new Map<TopicKey, (() => void)[]>();
  readonly overlays: Overlay[] = [];
  /** What those who listen to a topic, and to the connection, last saw. */
  readonly seen = new Map<TopicKey, TopicState<TopicData>>();
  seenConnection: ConnectionState;
  /** How each action and refresh ended: with what it was rejected, or undefined. */
  readonly outcomes: unknown[] = [];
  awaited = 0;
  /** Since when nobody looks at the page, and nothing was done that connects. */
  restSince: number | undefined;
  #areSocketsBlocked = false;
  #tokens = 0;
  #asked: Asked[] = [];
  readonly #release: () => void;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.server = new ModelServer(this.random, this.random.chance(0.5));
    this.client = makeClient({
      random: this.random.next,
      WebSocket: OnlySocket,
      page: this.page,
      hiddenMs: HIDDEN,
      getToken: this.server.needsToken ? () => this.#token() : undefined,
      fallback: this.random.chance(0.5)
        ? {
            name: 'polling',
            openSocket: (url, protocol) => new Polling(url, protocol),
            afterFailures: 2,
            retryMs: FALLBACK_RETRY,
          }
        : undefined,
      onFault: (fault) => {
        if (fault.code !== 'token_failed') faults(fault);
      },
    });
    this.seenConnection = this.client.getConnection();
    this.client.onConnection(() => {
      this.seenConnection = this.client.getConnection();
    });
    this.#release = this.client.connect();
  }

  async step(): Promise<void> {
    const key = topicKey(this.random.pick(TOPICS));
    const kind = this.random.below(130);
    if (kind < 20) this.#subscribe(key);
    else if (kind < 40) this.#unsubscribe(key);
    else if (kind < 60) this.server.commit(key, this.random.chance(0.2));
    else if (kind < 75) this.server.deliver();
    else if (kind < 85) await this.#connect();
    else if (kind < 89) this.#disconnect();
    else if (kind < 91) this.client.close();
    else if (kind < 94)
      this.#doing(() => {
        this.client.connect()();
      });
    else if (kind < 98) this.#ask(() => this.client.refreshToken());
    else if (kind < 101) this.#ask(() => this.client.disableLearning(idOf(key, 0)));
    else if (kind < 105) this.#overlay(key);
    else if (kind < 108) this.#endOverlay();
    else if (kind < 112) this.#answerToken();
    else if (kind < 118) this.#turnPage();
    else if (kind < 119)
      this.#doing(() => {
        this.client.retry();
      });
    else if (kind < 121) this.#areSocketsBlocked = this.random.chance(0.5);
    else await this.#wait(this.random.pick([1, 300, 2_000, 7_000, 12_000]));
    await this.#wait(0);
    this.server.serve();
  }

  get wanted(): TopicKey[] {
    return TOPICS.map(topicKey).filter((key) => (this.held.get(key)?.length ?? 0) > 0);
  }

  /** What is shown of state number `n`. */
  shown(key: TopicKey, n: number): TopicData {
    const start: TopicData = this.server.stateOf(key, n);
    return this.overlays.reduce((data, { change }) => change(data), start);
  }

  /** Ends the disturbances and gives everything time to become right. */
  async calm(): Promise<void> {
    this.#areSocketsBlocked = false;
    this.page.online();
    this.page.show();
    this.restSince = undefined;
    this.client.connect();
    for (let n = 0; n < 20 && !this.#isAtBest(); n += 1) {
      this.#answerTokens();
      this.client.retry();
      await this.#wait(0);
      this.#answerTokens();
      await this.#wait(0);
      await this.#connect();
      if (this.client.getConnection().transport === 'polling') await this.#wait(FALLBACK_RETRY / 3);
    }
    this.server.settle();
    for (let n = 0; n < 4; n += 1) {
      await this.#wait(LINGER);
      this.server.serve();
      // That the last update was lost can only be seen from the next one.
      if (n === 0) for (const key of this.server.told.keys()) this.server.commit(key, false);
      this.server.settle();
      await this.#wait(0);
      this.server.serve();
      this.server.deliver();
    }
  }

  async end(): Promise<void> {
    for (const offs of this.held.values()) for (const off of offs) off();
    this.#release();
    this.client.close();
    expect(vi.getTimerCount()).toBe(0);
    this.#answerTokens();
    await this.#wait(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(FakeSocket.live).toEqual([]);
  }

  #isAtBest(): boolean {
    const { status, transport } = this.client.getConnection();
    return status === 'open' && transport === 'websocket';
  }

  /** Also lets what was promised come. */
  async #wait(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }

  #subscribe(key: TopicKey): void {
    const offs = this.held.get(key) ?? [];
    const topic = topicOf(key);
    const see = (): void => {
      this.seen.set(key, this.client.getTopic(topic));
    };
    this.#doing(() => offs.push(this.client.subscribe(topic, see)));
    see();
    this.held.set(key, offs);
  }

  #unsubscribe(key: TopicKey): void {
    const off = this.held.get(key)?.pop();
    off?.();
    if (this.random.chance(0.3)) off?.();
  }

  /** Does what may connect; where it does, the page's rest begins anew. */
  #doing(act: () => unknown): void {
    const before = this.client.getConnection();
    act();
    if (this.client.getConnection() !== before) this.#disturbRest();
  }

  #disturbRest(): void {
    if (this.restSince !== undefined) this.restSince = Date.now();
  }

  /** The network lets the newest socket through, unless it blocks such. */
  async #connect(): Promise<void> {
    if (FakeSocket.all.length === 0 || FakeSocket.last.phase !== 'connecting') return;
    const socket = FakeSocket.last;
    if (this.#areSocketsBlocked && !(socket instanceof Polling)) {
      socket.fail();
      return;
    }
    socket.accept();
    this.server.serve();
    await this.#wait(0);
    if (socket.phase !== 'open') return;
    socket.welcome();
    this.server.serve();
  }

  #disconnect(): void {
    const socket = FakeSocket.all.at(-1);
    if (socket?.phase !== 'open') return;
    if (this.random.chance(0.5)) socket.fail(this.random.pick([1006, 1001, 4008, 4029, 4401]));
    else
      socket.say({
        type: 'goodbye',
        code: 1001,
        reason: 'restart',
        retry: { min_ms: 1, max_ms: 900 },
      });
  }

  #ask(ask: () => Promise<void>): void {
    this.awaited += 1;
    ask().then(
      () => this.outcomes.push(undefined),
      (reason: unknown) => this.outcomes.push(reason),
    );
  }

  #overlay(key: TopicKey): void {
    const mark = `+${String(this.overlays.length)} ${String(this.random.next())}`;
    const change = marking(idOf(key, this.random.below(ROWS)), mark);
    this.overlays.push({ change, end: this.client.overlay(change) });
  }

  #endOverlay(): void {
    const [overlay] = this.overlays.splice(this.random.below(this.overlays.length + 1), 1);
    overlay?.end();
    if (this.random.chance(0.3)) overlay?.end();
  }

  /** At once, with a moment's delay, when the walk says so, or not at all. */
  #token(): string | Promise<string> {
    const token = `token ${String((this.#tokens += 1))}`;
    const kind = this.random.below(10);
    if (kind < 4) return token;
    if (kind < 7) return Promise.resolve(token);
    if (kind < 8) throw new Error('signed out');
    return new Promise((resolve, reject) => {
      this.#asked.push({
        resolve: () => {
          resolve(token);
        },
        reject,
      });
    });
  }

  #answerToken(): void {
    const [asked] = this.#asked.splice(this.random.below(this.#asked.length + 1), 1);
    if (this.random.chance(0.7)) asked?.resolve();
    else asked?.reject(new Error('signed out'));
  }

  #answerTokens(): void {
    for (const { resolve } of this.#asked) resolve();
    this.#asked = [];
  }

  /** Something happens to the page, or to the computer it is on. */
  #turnPage(): void {
    const kind = this.random.below(6);
    if (kind === 0) {
      this.page.hide();
      this.restSince = Date.now();
    } else if (kind === 1) {
      this.page.show();
      this.restSince = undefined;
    } else if (kind === 2) {
      this.page.offline();
    } else if (kind === 3) {
      this.page.online();
    } else if (kind === 4) {
      // The computer sleeps, or its clock is set: a dead connection is noticed soon.
      vi.setSystemTime(Date.now() + this.random.pick([-60_000, 10, 60_000, 3_600_000]));
      this.#disturbRest();
    } else {
      // Into the back/forward cache, where nothing runs, and back.
      this.page.pagehide();
      expect(FakeSocket.live).toEqual([]);
      vi.setSystemTime(Date.now() + this.random.pick([10, 60_000, 3_600_000]));
      this.page.pageshow();
      this.#disturbRest();
    }
  }
}

function checkAlways(walk: Walk): void {
  const { client, server, wanted, restSince } = walk;
  expect(FakeSocket.live.length).toBeLessThanOrEqual(1);
  expect(client.getConnection()).toBe(walk.seenConnection);
  if (restSince !== undefined && Date.now() - restSince >= HIDDEN) {
    expect(FakeSocket.live).toEqual([]);
  }
  const { status, transport } = client.getConnection();
  if (status === 'open') {
    expect(transport).toBe(FakeSocket.last instanceof Polling ? 'polling' : 'websocket');
    // Everything wanted has been told; what was told and is not wanted lingers, for 5 s at most.
    expect([...server.told.keys()]).toEqual(expect.arrayContaining(wanted));
  }
  for (const key of wanted) {
    const state = client.getTopic(topicOf(key));
    expect(state).toBe(walk.seen.get(key));
    if (state.data === undefined) continue;
    // Never a mixture of states, and never another topic's.
    expect(state.data).toEqual(walk.shown(key, (state.data as LearningsData).total));
  }
}

function checkCalm(walk: Walk): void {
  const { client, server, wanted } = walk;
  expect(client.getConnection()).toMatchObject({ status: 'open', transport: 'websocket' });
  expect([...server.told.keys()].sort()).toEqual(wanted.sort());
  for (const key of wanted) {
    expect(client.getTopic(topicOf(key))).toMatchObject({
      status: 'success',
      data: walk.shown(key, server.newest(key)),
      isStale: false,
    });
  }
}

/** Each action and refresh has ended, by what the client says may happen to it. */
function checkOutcomes({ awaited, outcomes }: Walk): void {
  expect(outcomes).toHaveLength(awaited);
  for (const outcome of outcomes) {
    if (outcome === undefined) continue;
    expect(outcome).toBeInstanceOf(DashboardError);
    expect([
      'not_connected',
      'disconnected',
      'timeout',
      'token_failed',
      'forbidden',
      'not_found',
    ]).toContain((outcome as DashboardError).code);
  }
}

test.each(Array.from({ length: 40 }, (_, n) => n + 1))(
  'random walk %i: one socket, the server told of just what is wanted, only true states shown, every change heard',
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
    await walk.end();
    checkOutcomes(walk);
  },
);
