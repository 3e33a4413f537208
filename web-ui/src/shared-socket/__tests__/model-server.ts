import { topicKey, type TopicKey } from '../../client/index.ts';
import { WELCOME, type FakeSocket } from '../../client/__tests__/fake-socket.ts';
import type {
  BatchedMessage,
  DashboardMessage,
  DashboardRequest,
  DashboardTopic,
  LearningsData,
  PatchOperation,
} from '../../messages/types.ts';
import type { Traffic } from './tabs.ts';

/** Topics that exist: each a list of learnings, known by its limit. */
export const topicNo = (n: number): DashboardTopic => ({ topic: 'learnings', limit: n });
export const keyNo = (n: number): TopicKey => topicKey(topicNo(n));

const ROWS = 3;

/** State number `total` of any topic: its newest rows, so that a patch is right for one state alone. */
export function stateOf(total: number): LearningsData {
  const learnings = Array.from({ length: Math.min(total, ROWS) }, (_, row) => rowNo(total - row));
  return { data_type: 'learnings', total, learnings };
}

function rowNo(n: number): LearningsData['learnings'][number] {
  return {
    id: `0190a7c4-0000-7000-8000-${String(n).padStart(12, '0')}`,
    content: `learning ${String(n)}`,
    category: 'preference',
    scope: { level: 'global' },
    status: 'active',
    estimated_value: 0,
    confidence: 0,
    session_count: 0,
    created_at: '2026-03-01T08:30:00Z',
  };
}

class ServedConnection {
  readonly socket: FakeSocket;
  /** What it is subscribed to, and the number of the state that it was last sent. */
  readonly told = new Map<TopicKey, number>();
  /** Topics of which it has asked a whole state, one entry for each time. */
  readonly snapshots: TopicKey[] = [];
  readonly requests: DashboardRequest[] = [];
  read = 0;

  constructor(socket: FakeSocket) {
    this.socket = socket;
  }
}

/** A server as the protocol describes it, for any number of connections. Frames travel as the traffic lets them. */
export class ModelServer {
  /** The number of each topic's newest state; topics begin at 0. */
  readonly newest = new Map<TopicKey, number>();
  readonly connections: ServedConnection[] = [];
  maxTopics = WELCOME.limits.max_topics;
  readonly #traffic: Traffic;

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  numberOf(key: TopicKey): number {
    return this.newest.get(key) ?? 0;
  }

  /** Accepts new connections and reads what was sent; to be called whenever something may have happened. */
  serve(sockets: readonly FakeSocket[]): void {
    for (const socket of sockets) {
      let one = this.connections.find((each) => each.socket === socket);
      if (one === undefined) {
        one = new ServedConnection(socket);
        this.connections.push(one);
        socket.accept();
        const limits = { ...WELCOME.limits, max_topics: this.maxTopics };
        this.#send(one, { ...WELCOME, limits });
      }
      for (; one.read < socket.sent.length; one.read += 1)
        this.#answer(one, socket.sent[one.read]!);
    }
  }

  /** A commit: the next state of a topic, which every subscriber is sent. */
  commit(key: TopicKey): void {
    const next = this.numberOf(key) + 1;
    this.newest.set(key, next);
    for (const one of this.connections) {
      const base = one.told.get(key);
      if (base === undefined) continue;
      one.told.set(key, next);
      this.#send(one, updateOf(key, base, next));
    }
  }

  /** Commits of several topics that go out in one frame. */
  commitTogether(keys: readonly TopicKey[]): void {
    for (const key of keys) this.newest.set(key, this.numberOf(key) + 1);
    for (const one of this.connections) {
      const messages = keys.flatMap((key) => {
        const base = one.told.get(key);
        if (base === undefined) return [];
        one.told.set(key, this.numberOf(key));
        return [updateOf(key, base, this.numberOf(key))];
      });
      if (messages.length > 0) this.#send(one, { type: 'batch', messages });
    }
  }

  say(message: DashboardMessage): void {
    for (const one of this.connections) this.#send(one, message);
  }

  #answer(one: ServedConnection, request: DashboardRequest): void {
    one.requests.push(request);
    const id = request.request_id === undefined ? {} : { request_id: request.request_id };
    switch (request.type) {
      case 'subscribe':
        this.#subscribe(one, id, request.topics);
        return;
      case 'resume':
        this.#resume(one, id, request.subscriptions);
        return;
      case 'unsubscribe':
        for (const topic of request.topics) one.told.delete(topicKey(topic));
        this.#send(one, { type: 'unsubscribed', topics: request.topics, ...id });
        return;
      case 'ping':
        this.#send(one, { type: 'pong', ...id });
        return;
      case 'authenticate':
        this.#send(one, { ...WELCOME, ...id });
        return;
      case 'enable_learning':
      case 'disable_learning':
      case 'delete_learning':
        this.#send(one, { type: 'action_result', action: request.type, id: request.id, ...id });
    }
  }

  #subscribe(one: ServedConnection, id: object, topics: DashboardTopic[]): void {
    if (!this.#hasRoom(one, id, topics.map(topicKey))) return;
    this.#send(one, { type: 'subscribed', topics, ...id });
    for (const topic of topics) {
      const key = topicKey(topic);
      one.snapshots.push(key);
      this.#send(one, this.#snapshot(one, key));
    }
  }

  #resume(
    one: ServedConnection,
    id: object,
    subscriptions: { topic: DashboardTopic; version: string }[],
  ): void {
    const topics = subscriptions.map(({ topic }) => topic);
    if (!this.#hasRoom(one, id, topics.map(topicKey))) return;
    this.#send(one, { type: 'subscribed', topics, ...id });
    for (const { topic, version } of subscriptions) {
      const key = topicKey(topic);
      const held = Number(version);
      const newest = this.numberOf(key);
      one.told.set(key, newest);
      if (held === newest) this.#send(one, { type: 'current', topic, version });
      else if (newest - held > 3) this.#send(one, this.#snapshot(one, key));
      else {
        for (let n = held; n < newest; n += 1) this.#send(one, updateOf(key, n, n + 1));
      }
    }
  }

  #hasRoom(one: ServedConnection, id: object, keys: TopicKey[]): boolean {
    if (new Set([...one.told.keys(), ...keys]).size <= this.maxTopics) return true;
    this.#send(one, { type: 'error', code: 'too_many_topics', message: 'too many', ...id });
    return false;
  }

  #snapshot(one: ServedConnection, key: TopicKey): BatchedMessage {
    const n = this.numberOf(key);
    one.told.set(key, n);
    const topic = JSON.parse(key) as DashboardTopic;
    return { type: 'snapshot', topic, version: String(n), data: stateOf(n) };
  }

  #send(one: ServedConnection, message: DashboardMessage): void {
    const { socket } = one;
    const index = String(this.connections.indexOf(one));
    this.#traffic.add(`server>${index}-socket`, () => {
      if (socket.phase === 'open') socket.say(message);
    });
  }
}

function updateOf(key: TopicKey, base: number, version: number): BatchedMessage {
  const topic = JSON.parse(key) as DashboardTopic;
  const patch: PatchOperation[] = [{ op: 'replace', path: '/total', value: version }];
  for (let n = base + 1; n <= version; n += 1) {
    patch.push({ op: 'add', path: '/learnings/0', value: rowNo(n) });
    if (n > ROWS) patch.push({ op: 'remove', path: `/learnings/${String(ROWS)}` });
  }
  return { type: 'update', topic, base: String(base), version: String(version), patch };
}
