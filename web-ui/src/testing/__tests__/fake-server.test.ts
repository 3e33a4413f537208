import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CheckedServer } from '../../../tools/checked-server.ts';
import { DashboardClient, type DashboardError } from '../../client/index.ts';
import type { TopicData } from '../../messages/types.ts';
import { fixtures, type FakeServerOptions } from '../index.ts';

const HEALTH = { topic: 'health' } as const;
const LEARNINGS = { topic: 'learnings' } as const;
const WORSE = { ...fixtures.health, overall_status: 'error' } as const;
const { id } = fixtures.learning_detail;

let server: CheckedServer;
/** The types of what the server has said, batches opened. */
let said: string[] = [];
const faults = vi.fn<(fault: DashboardError) => void>();

function start(options: FakeServerOptions = {}): CheckedServer {
  server = new CheckedServer({
    topics: fixtures,
    onFrame: (from, text) => {
      const { type, messages = [{ type }] } = JSON.parse(text) as {
        type: string;
        messages?: { type: string }[];
      };
      if (from === 'server') said.push(...messages.map((one) => one.type));
    },
    ...options,
  });
  return server;
}

/** A client that wants a topic, once all has been said. */
async function wanting(
  topic: Parameters<DashboardClient['subscribe']>[0],
): Promise<DashboardClient> {
  const client = server.client({ onFault: faults });
  client.subscribe(topic);
  await server.settled();
  return client;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  said = [];
  faults.mockReset();
  start();
});

afterEach(() => {
  server.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(server.connections).toBe(0);
  expect(faults).not.toHaveBeenCalled();
  vi.useRealTimers();
});

describe('topics', () => {
  test.each(Object.entries({ ...fixtures } as Record<string, TopicData>))(
    '%s is answered with what the schema shows',
    async (_, data) => {
      const topic =
        data.data_type === 'learning_detail'
          ? { topic: data.data_type, id }
          : { topic: data.data_type };
      const client = await wanting(topic);
      expect(client.getTopic(topic)).toMatchObject({ status: 'success', data, isStale: false });
      expect(server.asked).toHaveLength(1);
      expect(said).toEqual(['welcome', 'subscribed', 'snapshot']);
    },
  );

  test('one without data stays pending until it is set', async () => {
    start({ topics: {} });
    const client = await wanting(HEALTH);
    expect(client.getTopic(HEALTH).status).toBe('pending');
    server.set('health', fixtures.health);
    expect(client.getTopic(HEALTH).data).toEqual(fixtures.health);
  });

  test('a change is told as a patch: what it does not concern stays the same object', async () => {
    const client = await wanting(HEALTH);
    const before = client.getTopic(HEALTH).data;
    server.set('health', WORSE);
    const after = client.getTopic(HEALTH).data;
    expect(said.at(-1)).toBe('update');
    expect(after).toEqual(WORSE);
    expect(after?.components).toBe(before?.components);
  });

  test('what does not change is not told, nor what nobody wants', async () => {
    await wanting(HEALTH);
    said = [];
    server.set('health', structuredClone(fixtures.health)).set('overview', fixtures.overview);
    expect(said).toEqual([]);
  });

  test('a topic that is set with its parameters has its own answer', async () => {
    const none = { data_type: 'learnings', learnings: [], total: 0 } as const;
    server.set({ topic: 'learnings', limit: 1 }, { ...none, learnings: [] });
    const client = await wanting({ topic: 'learnings', limit: 1, offset: 0 });
    client.subscribe(LEARNINGS);
    await server.settled();
    expect(client.getTopic({ topic: 'learnings', limit: 1 }).data).toEqual(none);
    expect(client.getTopic(LEARNINGS).data).toEqual(fixtures.learnings);
    expect(server.subscriptions.map(({ topic }) => topic)).toEqual(['learnings', 'learnings']);
  });

  test('one fails, keeps its data, and mends', async () => {
    const client = await wanting(HEALTH);
    server.set('health', { code: 'unavailable', message: 'the database is away' });
    expect(client.getTopic(HEALTH)).toMatchObject({
      status: 'error',
      error: { code: 'unavailable' },
      data: fixtures.health,
    });
    server.set('health', WORSE);
    expect(client.getTopic(HEALTH)).toMatchObject({ status: 'success', data: WORSE });
  });

  test('what was given to it may be changed afterwards', async () => {
    const data = structuredClone(fixtures.learnings);
    server.set('learnings', data);
    data.total = 7;
    const client = await wanting(LEARNINGS);
    expect(client.getTopic(LEARNINGS).data?.total).toBe(fixtures.learnings.total);
  });

  test('who leaves is told no more', async () => {
    const client = server.client();
    const leave = client.subscribe(HEALTH);
    client.connect();
    await server.settled();
    leave();
    vi.advanceTimersByTime(5_000);
    await server.settled();
    expect(said.at(-1)).toBe('unsubscribed');
    expect(server.subscriptions).toEqual([]);
  });
});

describe('actions', () => {
  test('are done at once, and everybody who sees the learning is told', async () => {
    const client = await wanting(LEARNINGS);
    client.subscribe({ topic: 'learning_detail', id });
    await server.settled();
    await client.disableLearning(id);
    const statusOf = () => client.getTopic({ topic: 'learning_detail', id }).data?.status;
    expect(statusOf()).toBe('disabled');
    expect(client.getTopic(LEARNINGS).data?.learnings.find((one) => one.id === id)?.status).toBe(
      'disabled',
    );
    await client.enableLearning(id);
    expect(statusOf()).toBe('active');
    await client.deleteLearning(id);
    expect(client.getTopic(LEARNINGS).data?.learnings.some((one) => one.id === id)).toBe(false);
  });

  test('wait to be committed or rejected, where they are to', async () => {
    start({ commitsActions: false });
    const client = await wanting(HEALTH);
    const first = client.disableLearning(id);
    const second = client.deleteLearning(id);
    await server.settled();
    expect(server.actions).toEqual([
      { action: 'disable_learning', id },
      { action: 'delete_learning', id },
    ]);
    server.commit();
    server.reject('forbidden', 'only operators may do that');
    await expect(first).resolves.toBeUndefined();
    await expect(second).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => {
      server.commit();
    }).toThrow('No action waits');
  });

  test('break with the connection', async () => {
    start({ commitsActions: false });
    const client = await wanting(HEALTH);
    const action = client.disableLearning(id);
    await server.settled();
    server.drop();
    await expect(action).rejects.toMatchObject({ code: 'disconnected' });
    expect(server.actions).toEqual([]);
  });
});

describe('faults', () => {
  test('a dropped client shows stale data, and resumes: nothing new is confirmed', async () => {
    const client = await wanting(HEALTH);
    const { data } = client.getTopic(HEALTH);
    server.drop();
    expect(client.getConnection().status).toBe('reconnecting');
    expect(client.getTopic(HEALTH)).toMatchObject({ isStale: true, data });
    said = [];
    await server.reconnect();
    expect(said).toEqual(['welcome', 'subscribed', 'current']);
    expect(client.getTopic(HEALTH)).toMatchObject({ isStale: false });
    expect(client.getTopic(HEALTH).data).toBe(data);
  });

  test('what changed meanwhile is told as one update', async () => {
    const client = await wanting(HEALTH);
    server.drop();
    server.set('health', { ...WORSE, overall_status: 'degraded' }).set('health', WORSE);
    said = [];
    await server.reconnect();
    expect(said).toEqual(['welcome', 'subscribed', 'update']);
    expect(client.getTopic(HEALTH).data).toEqual(WORSE);
  });

  test('by itself a client comes back after its back-off', async () => {
    const client = await wanting(HEALTH);
    server.drop();
    await vi.advanceTimersByTimeAsync(2_000);
    await server.settled();
    expect(client.getConnection().status).toBe('open');
  });

  test('a final close code ends it', async () => {
    const client = await wanting(HEALTH);
    server.drop(4503, 'forbidden');
    expect(client.getConnection()).toMatchObject({
      status: 'closed',
      lastClose: { code: 4503, reason: 'forbidden' },
    });
    await server.reconnect();
    expect(client.getConnection().status).toBe('closed');
  });

  test('a goodbye says when to come back', async () => {
    const client = await wanting(HEALTH);
    server.goodbye('a new version', { min_ms: 30_000, max_ms: 60_000 });
    const { status, retryAt, lastClose } = client.getConnection();
    expect({ status, lastClose }).toMatchObject({
      status: 'reconnecting',
      lastClose: { code: 1001 },
    });
    expect(retryAt).toBeGreaterThanOrEqual(30_000);
  });

  test('refused, a client tries on, and is let in when the server recovers', async () => {
    const client = await wanting(HEALTH);
    server.drop();
    server.refuse();
    client.retry();
    await server.settled();
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', attempt: 2 });
    await server.reconnect();
    expect(client.getConnection().status).toBe('open');
  });

  test('stalled, nothing arrives, and everything does once it has recovered', async () => {
    const client = await wanting(HEALTH);
    server.stall();
    server.set('health', WORSE);
    const action = client.disableLearning(id);
    await server.advance(3_600_000);
    expect(client.getTopic(HEALTH).data?.overall_status).not.toBe('error');
    server.recover();
    expect(client.getTopic(HEALTH).data?.overall_status).toBe('error');
    await action;
  });

  test('a silent server is given up', async () => {
    const client = await wanting(HEALTH);
    server.stall();
    await vi.advanceTimersByTimeAsync(35_000);
    expect(client.getConnection().status).toBe('reconnecting');
    server.recover();
  });

  test('delayed, a frame takes its time on the clock of the server', async () => {
    server.delay(200);
    const client = await wanting(HEALTH);
    await server.advance(399);
    expect(client.getConnection().status).toBe('connecting');
    await server.advance(1);
    expect(client.getConnection().status).toBe('open');
    await server.advance(400);
    expect(client.getTopic(HEALTH).data).toEqual(fixtures.health);
  });

  test('a patch that does not fit makes the client ask for that topic anew', async () => {
    const client = await wanting(HEALTH);
    server.corrupt();
    server.set('health', WORSE);
    await server.settled();
    expect(said.slice(-3)).toEqual(['update', 'subscribed', 'snapshot']);
    expect(client.getTopic(HEALTH)).toMatchObject({ data: WORSE, isStale: false });
    expect(faults).toHaveBeenCalledOnce();
    faults.mockReset();
  });

  test('a heartbeat keeps a client waiting', async () => {
    const client = await wanting(HEALTH);
    vi.advanceTimersByTime(30_000);
    server.beat();
    vi.advanceTimersByTime(30_000);
    expect(client.getConnection().status).toBe('open');
  });
});

test('a client made elsewhere takes its options, and no test runner is needed', async () => {
  vi.useRealTimers();
  const client = new DashboardClient(server.options);
  client.subscribe(HEALTH);
  await server.settled();
  expect(client.getTopic(HEALTH).data).toEqual(fixtures.health);
  client.close();
  vi.useFakeTimers();
});

test('the welcome says what a test wants it to say', async () => {
  start({ welcome: { schema_hash: '000000000000' } });
  const client = await wanting(HEALTH);
  expect(client.getConnection().updateAvailable).toBe(true);
});
