import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { HealthData, LearningsData, SnapshotMessage, Version } from '../../messages/types.ts';
import { DashboardClient } from '../client.ts';
import type { DashboardError } from '../../mirror/errors.ts';
import type { DashboardClientOptions } from '../options.ts';
import type { Schedule } from '../../mirror/schedule.ts';
import { FakeSocket } from './fake-socket.ts';

/** Listeners hear at once. */
export const immediate: Schedule = (flush) => {
  flush();
  return () => undefined;
};

export const HEALTH = { topic: 'health' } as const;
export const OVERVIEW = { topic: 'overview' } as const;
export const LEARNINGS = {
  topic: 'learnings',
  filters: {},
  limit: 100,
  offset: 0,
  sort: 'recency',
} as const;

export function health(status: HealthData['overall_status'], message = 'well'): HealthData {
  return {
    data_type: 'health',
    overall_status: status,
    components: [
      {
        component: 'assessment',
        status,
        last_activity: null,
        message,
        coverage: null,
        item_count: 0,
      },
    ],
    adaptive_params: [],
    recent_activity: [],
  };
}

export function learnings(total: number): LearningsData {
  return { data_type: 'learnings', learnings: [], total };
}

export function healthSnapshot(version: Version, data: HealthData): SnapshotMessage {
  return { type: 'snapshot', topic: HEALTH, version, data };
}

/** Lets the wishes of this moment be sent. */
export const settle = (): Promise<void> => Promise.resolve();

let clients: DashboardClient[] = [];
export const faults = vi.fn<(fault: DashboardError) => void>();

export function makeClient(options: DashboardClientOptions = {}): DashboardClient {
  const client = new DashboardClient({
    url: 'ws://test.invalid/ws',
    WebSocket: FakeSocket,
    random: () => 0.5,
    schedule: immediate,
    page: null,
    onFault: faults,
    ...options,
  });
  clients.push(client);
  return client;
}

export const advance = (ms: number): void => {
  vi.advanceTimersByTime(ms);
};

/** Lets the time pass until the next attempt begins. */
export function untilRetry(client: DashboardClient): void {
  advance((client.getConnection().retryAt ?? 0) - Date.now());
}

/** A client with one connection that has lasted, and live data on it. */
export function liveClient(options: DashboardClientOptions = {}): DashboardClient {
  const client = makeClient(options);
  client.subscribe(HEALTH);
  FakeSocket.last.welcome();
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  return client;
}

/** Fake time for every test of a file, and the proof that no test leaves a timer, a socket or an unexpected fault. */
export function fakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-03-01T08:30:00Z') });
    FakeSocket.all = [];
    clients = [];
    faults.mockReset();
  });
  afterEach(() => {
    for (const client of clients) client.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(FakeSocket.live).toEqual([]);
    expect(faults).not.toHaveBeenCalled();
    vi.useRealTimers();
  });
}

/** The fault that the test has provoked, so that `fakeTime` finds none. */
export function takeFault(): DashboardError | undefined {
  expect(faults).toHaveBeenCalledOnce();
  const fault = faults.mock.lastCall?.[0];
  faults.mockReset();
  return fault;
}
