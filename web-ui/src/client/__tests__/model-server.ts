import type {
  AuthenticateRequest,
  BatchedMessage,
  DashboardRequest,
  DashboardTopic,
  LearningsData,
  PatchOperation,
  SnapshotMessage,
} from '../../messages/types.ts';
import { topicKey, type TopicKey } from '../../mirror/topic-key.ts';
import { FakeSocket } from './fake-socket.ts';
import type { Random } from '../../mirror/__tests__/random.ts';

type ActionRequest = Extract<DashboardRequest, { readonly id: unknown }>;

export const TOPICS: readonly DashboardTopic[] = [1, 2, 3, 4, 5, 6].map((limit) => ({
  topic: 'learnings',
  limit,
}));

export const ROWS = 3;

/** An id that no other row of any topic has: the number of the topic, and of the row. */
export function idOf(key: TopicKey, row: number): string {
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
export class ModelServer {
  /** Every state each topic has ever had; it lives on when connections end. A version is its number. */
  readonly history = new Map<TopicKey, LearningsData[]>();
  /** What the current connection was last sent of each topic that it is subscribed to. */
  readonly told = new Map<TopicKey, number>();
  /** Whether a connection begins with a token. */
  readonly needsToken: boolean;
  readonly #random: Random;
  #socket: FakeSocket | undefined;
  #read = 0;
  /** Messages on their way. */
  #outbox: BatchedMessage[] = [];
  readonly #tokens = new Set<string>();

  constructor(random: Random, needsToken: boolean) {
    this.#random = random;
    this.needsToken = needsToken;
    for (const topic of TOPICS) this.#advance(topicKey(topic));
  }

  /** Number of a topic's newest state. */
  newest(key: TopicKey): number {
    return this.history.get(key)!.length - 1;
  }

  stateOf(key: TopicKey, n: number): LearningsData {
    return this.history.get(key)![n]!;
  }

  /** Reads what the newest socket has sent. */
  serve(): void {
    const socket = FakeSocket.all.at(-1);
    if (socket === undefined) return;
    if (socket !== this.#socket) {
      this.told.clear();
      this.#outbox = [];
      this.#read = 0;
      this.#socket = socket;
    }
    while (socket.phase === 'open' && this.#read < socket.sent.length) {
      this.#read += 1;
      this.#answer(socket, socket.sent[this.#read - 1]!);
    }
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

  /** Gives a sign of life, and brings every subscriber up to date. */
  settle(): void {
    if (this.#socket?.phase === 'open') {
      this.#socket.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
    }
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

  #answer(socket: FakeSocket, request: DashboardRequest): void {
    if (this.#read === 1 && this.needsToken !== (request.type === 'authenticate')) {
      throw new Error(`${request.type} came first`);
    }
    if (request.type === 'authenticate') this.#authenticate(socket, request);
    else if (request.type === 'subscribe') {
      for (const topic of request.topics) this.#snapshot(topicKey(topic));
    } else if (request.type === 'unsubscribe') {
      for (const topic of request.topics) this.told.delete(topicKey(topic));
    } else if (request.type === 'resume') {
      for (const { topic, version } of request.subscriptions) {
        this.#resume(topicKey(topic), Number(version));
      }
    } else if (request.type !== 'ping') this.#act(socket, request);
  }

  #authenticate(socket: FakeSocket, { token, request_id }: AuthenticateRequest): void {
    if (this.#tokens.has(token)) throw new Error(`${token} came twice`);
    this.#tokens.add(token);
    if (this.#read === 1) return; // the welcome is the network's, which takes its time
    if (this.#random.chance(0.7)) socket.welcome();
    else if (request_id !== undefined) {
      socket.say({ type: 'error', code: 'forbidden', message: 'not you', request_id });
    }
  }

  /** Some answers never come. */
  #act(socket: FakeSocket, { type: action, id, request_id }: ActionRequest): void {
    if (request_id === undefined) throw new Error('an action without an id');
    if (this.#random.chance(0.6)) socket.say({ type: 'action_result', action, id, request_id });
    else if (this.#random.chance(0.5)) {
      socket.say({ type: 'error', code: 'not_found', message: 'gone', request_id });
    }
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
