import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DashboardClient, type DashboardTopic } from '@groove/dashboard';
import { polling } from '@groove/dashboard/polling';
import { Server } from '../tools/server.ts';
import { extracted } from '../tools/events.ts';

const server = new Server();
let client: DashboardClient;
const faults: unknown[] = [];

/** What a network that blocks WebSockets makes of one. */
class BlockedSocket {
  onopen = null;
  onmessage = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror = null;

  constructor() {
    setImmediate(() => this.onclose?.({ code: 1006, reason: '' }));
  }

  send(): void {
    throw new Error('it never opens');
  }

  close(): void {
    // It is closed.
  }
}

const ALL: readonly DashboardTopic[] = [
  { topic: 'overview' },
  { topic: 'learnings', filters: { scope: { level: 'project', name: 'contract' } }, limit: 50 },
  { topic: 'attribution', period: { days: 90 } },
  { topic: 'session_timeline', period: { days: 30 }, limit: 5 },
  { topic: 'strategy_distributions' },
  { topic: 'strategy_overrides' },
  { topic: 'health' },
];

function open(): DashboardClient {
  client = new DashboardClient({
    url: `${server.url.replace('http', 'ws')}/ws/groove/dashboard`,
    WebSocket: BlockedSocket,
    retry: { min_ms: 1, max_ms: 1 },
    random: () => 0,
    fallback: polling({ intervalMs: 100 }),
    onFault: (fault) => faults.push(fault),
  });
  return client;
}

/** Resolves once `holds`, which is asked after every change. */
function when(topic: DashboardTopic, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (holds()) resolve();
    };
    client.subscribe(topic, look);
    look();
  });
}

const isLive = (topic: DashboardTopic): boolean => {
  const { status, isStale } = client.getTopic(topic);
  return status === 'success' && !isStale;
};

beforeAll(() => server.start());
afterAll(() => server.remove());
afterEach(() => {
  client.close();
  expect(faults).toEqual([]);
});

test('where WebSockets are blocked, every topic is polled, and the connection says so', async () => {
  open();
  await Promise.all(ALL.map((topic) => when(topic, () => isLive(topic))));
  expect(client.getConnection()).toMatchObject({
    status: 'open',
    transport: 'polling',
    updateAvailable: false,
  });
  const learnings = ALL[1]!;
  const event = extracted('Say how old a figure is.');
  await server.send(event);
  const shown = (): string | undefined => {
    const { data } = client.getTopic(learnings);
    return data?.data_type === 'learnings'
      ? data.learnings.find(({ id }) => id === event.learning.id)?.status
      : undefined;
  };
  await when(learnings, () => shown() === 'active');
  await client.disableLearning(event.learning.id);
  await when(learnings, () => shown() === 'disabled');
  const detail = { topic: 'learning_detail', id: event.learning.id } as const;
  await when(detail, () => isLive(detail));
  await client.deleteLearning(event.learning.id);
  await when(detail, () => client.getTopic(detail).error?.code === 'not_found');
  await expect(client.deleteLearning(event.learning.id)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a server that goes away and comes back is polled again', async () => {
  const health = { topic: 'health' } as const;
  open();
  await when(health, () => isLive(health));
  await server.kill();
  await when(health, () => client.getTopic(health).isStale);
  await server.start();
  await when(health, () => isLive(health));
  expect(client.getConnection().transport).toBe('polling');
});
