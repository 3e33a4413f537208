import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import {
  DashboardClient,
  type ConnectionStatus,
  type DashboardClientOptions,
  type DataOf,
  type DashboardMessage,
  type DashboardRequest,
  type DashboardTopic,
  type TopicState,
} from '@groove/dashboard';
import { Server } from '../tools/server.ts';
import * as wire from '../tools/wire.ts';
import { extracted } from '../tools/events.ts';

/** Every frame in either direction, in the order this side saw them. */
let received: DashboardMessage[] = [];
let sent: DashboardRequest[] = [];

class RecordedSocket extends WebSocket {
  constructor(url: string, protocol: string) {
    super(url, protocol);
    this.on('message', (data: RawData) => {
      received.push(wire.said((data as Buffer).toString()));
    });
  }

  override send(data: string): void {
    sent.push(wire.asked(data));
    super.send(data);
  }
}

const ALL: readonly DashboardTopic[] = [
  { topic: 'overview' },
  { topic: 'learnings' },
  { topic: 'attribution', period: { days: 90 } },
  { topic: 'session_timeline', limit: 5 },
  { topic: 'strategy_distributions' },
  { topic: 'strategy_overrides' },
  { topic: 'health' },
];

const server = new Server();
let clients: DashboardClient[] = [];
const faults: unknown[] = [];

function open(options: DashboardClientOptions = {}): DashboardClient {
  const client = new DashboardClient({
    url: () => server.socketUrl,
    WebSocket: RecordedSocket,
    random: () => 0,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  clients.push(client);
  return client;
}

/** Subscribes, and resolves with the topic's first state for which `holds`. */
function whenTopic<T extends DashboardTopic>(
  client: DashboardClient,
  topic: T,
  holds: (state: TopicState<DataOf<T>>) => boolean,
): Promise<TopicState<DataOf<T>>> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = client.getTopic(topic);
      if (holds(state)) resolve(state);
    };
    client.subscribe(topic, look);
    look();
  });
}

const isLive = ({ status, isStale }: TopicState<unknown>): boolean =>
  status === 'success' && !isStale;
const hasFailed = ({ status }: TopicState<unknown>): boolean => status === 'error';

function whenConnection(client: DashboardClient, status: ConnectionStatus): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (client.getConnection().status === status) resolve();
    };
    client.onConnection(look);
    look();
  });
}

/** What the server said of a topic, batches opened. */
function said(topic: DashboardTopic['topic']): DashboardMessage[] {
  const single = received.flatMap((one) => (one.type === 'batch' ? one.messages : [one]));
  return single.filter((one) => 'topic' in one && one.topic.topic === topic);
}

beforeAll(async () => {
  await server.start();
});

afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
  expect(received.length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
  received = [];
  sent = [];
});

afterAll(async () => {
  try {
    expect(await server.stop(), server.said).toBe(0);
  } finally {
    await server.remove();
  }
});

describe('the client against the real server', () => {
  test('every topic, in any spelling, is answered with its own data', async () => {
    const client = open();
    const states = await Promise.all(ALL.map((topic) => whenTopic(client, topic, isLive)));
    expect(states.map(({ data }) => data?.data_type)).toEqual(ALL.map(({ topic }) => topic));
    expect(sent).toHaveLength(1);
  });

  test('what is ingested reaches every topic it concerns, without asking', async () => {
    const client = open();
    const learnings = await whenTopic(client, { topic: 'learnings' }, isLive);
    const overview = await whenTopic(client, { topic: 'overview' }, isLive);
    const total = learnings.data?.total ?? NaN;
    const requests = sent.length;
    const event = extracted('Write the test first');

    expect(await server.send(event)).toEqual({ accepted: 1, duplicates: 0 });
    expect(await server.send(event)).toEqual({ accepted: 0, duplicates: 1 });

    const after = await whenTopic(
      client,
      { topic: 'learnings' },
      ({ data }) => data?.total === total + 1,
    );
    expect(after.data?.learnings[0]).toMatchObject({
      id: event.learning.id,
      content: 'Write the test first',
      category: 'preference',
      scope: { level: 'project', name: 'contract' },
      status: 'active',
    });
    await whenTopic(
      client,
      { topic: 'overview' },
      ({ data }) => data?.learnings.total === (overview.data?.learnings.total ?? NaN) + 1,
    );
    expect(sent.slice(requests)).toEqual([]);
  });

  test('rows that did not change stay the same objects', async () => {
    const client = open();
    await server.send(extracted('An older one'));
    const before = await whenTopic(client, { topic: 'learnings' }, isLive);
    const newer = extracted('A newer one');
    await server.send(newer);
    const after = await whenTopic(
      client,
      { topic: 'learnings' },
      ({ data }) => data?.learnings[0]?.id === newer.learning.id,
    );
    expect(after.data?.learnings[1]).toBe(before.data?.learnings[0]);
  });

  test('disable, enable and delete are committed, and seen by another client', async () => {
    const event = extracted('Prefer small functions');
    const { id } = event.learning;
    await server.send(event);
    const [actor, watcher] = [open(), open()];
    actor.connect();
    await whenConnection(actor, 'open');
    const detail = { topic: 'learning_detail', id } as const;
    const statusIs = (status: string) =>
      whenTopic(watcher, detail, ({ data }) => data?.status === status);
    await statusIs('active');
    await actor.disableLearning(id);
    await statusIs('disabled');
    await actor.enableLearning(id);
    await statusIs('active');
    await actor.deleteLearning(id);
    const gone = await whenTopic(watcher, detail, hasFailed);
    expect(gone).toMatchObject({ error: { code: 'not_found' }, data: { id }, isStale: true });
    await expect(actor.disableLearning(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a learning that does not exist fails alone', async () => {
    const client = open();
    const missing = { topic: 'learning_detail', id: randomUUID() } as const;
    const [failed] = await Promise.all([
      whenTopic(client, missing, hasFailed),
      whenTopic(client, { topic: 'health' }, isLive),
    ]);
    expect(failed).toMatchObject({ error: { code: 'not_found' }, data: undefined });
  });

  test('a topic that is none fails alone, and says where it is wrong', async () => {
    const client = open();
    const [failed] = await Promise.all([
      whenTopic(client, { topic: 'learning_detail', id: 'no uuid' }, hasFailed),
      ...ALL.map((topic) => whenTopic(client, topic, isLive)),
    ]);
    expect(failed.error).toMatchObject({
      code: 'invalid_message',
      faults: [{ path: '/topics/0/id' }],
    });
    expect(wire.takeRefused()).toContain('/topics/0/id');
  });

  test('more topics than a connection may have: the first 64 live, the others say why', async () => {
    const client = open();
    const topics = Array.from(
      { length: 66 },
      (_, n) => ({ topic: 'learnings', limit: n + 1 }) as const,
    );
    const states = await Promise.all(
      topics.map((topic, n) => whenTopic(client, topic, n < 64 ? isLive : hasFailed)),
    );
    expect(states.slice(64).map(({ error }) => error?.code)).toEqual([
      'too_many_topics',
      'too_many_topics',
    ]);
  });

  test('a restarted server is found again, and what did not change is answered with current', async () => {
    await server.send(extracted('It survives a restart'));
    const client = open();
    // The overview names the days and the health ages, so these two may change while the server is away.
    const topics = ALL.filter(({ topic }) => topic !== 'overview' && topic !== 'health');
    const before = await Promise.all(topics.map((topic) => whenTopic(client, topic, isLive)));
    const closes = new Set<number | undefined>();
    client.onConnection(() => closes.add(client.getConnection().lastClose?.code));
    const isGone = whenConnection(client, 'reconnecting');
    expect(await server.stop(), server.said).toBe(0);
    await isGone;
    expect(closes).toContain(1001);
    expect(topics.map((topic) => client.getTopic(topic).isStale)).not.toContain(false);
    await expect(client.disableLearning(randomUUID())).rejects.toMatchObject({
      code: 'not_connected',
    });

    sent = [];
    received = [];
    await server.start();
    const after = await Promise.all(topics.map((topic) => whenTopic(client, topic, isLive)));
    expect(after.map(({ data }) => data)).toEqual(before.map(({ data }) => data));
    after.forEach(({ data }, n) => {
      expect(data).toBe(before[n]?.data);
    });
    expect(sent.map(({ type }) => type)).toEqual(['resume']);
    for (const { topic } of topics) {
      expect(said(topic).map(({ type }) => type)).toEqual(['current']);
    }
  });

  test('after the restart changes flow again', async () => {
    const client = open();
    const { data } = await whenTopic(client, { topic: 'learnings' }, isLive);
    await server.send(extracted('After the restart'));
    const total = (data?.total ?? NaN) + 1;
    await whenTopic(client, { topic: 'learnings' }, (state) => state.data?.total === total);
  });
});
