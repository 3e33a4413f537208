import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HealthData } from '../../messages/types.ts';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import type { DashboardError } from '../index.ts';
import { createMirror, type TopicMirror } from '../index.ts';

const HEALTH = { topic: 'health' } as const;
const WELL: HealthData = {
  data_type: 'health',
  overall_status: 'ok',
  components: [],
  adaptive_params: [],
  recent_activity: [],
};

const faults = vi.fn<(fault: DashboardError) => void>();
let mirror: TopicMirror;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T08:30:00Z') });
  FakeSocket.all = [];
  faults.mockReset();
  mirror = createMirror({
    url: 'ws://test.invalid/ws',
    WebSocket: FakeSocket,
    random: () => 0.5,
    onFault: faults,
  });
});

afterEach(() => {
  mirror.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(FakeSocket.live).toEqual([]);
  expect(faults).not.toHaveBeenCalled();
  vi.useRealTimers();
});

const advance = (ms: number): void => {
  vi.advanceTimersByTime(ms);
};

function say(version: string, overall_status: HealthData['overall_status']): void {
  FakeSocket.last.say({
    type: 'snapshot',
    topic: HEALTH,
    version,
    data: { ...WELL, overall_status },
  });
}

describe('a mirror by itself', () => {
  test('subscribes, applies patches, shares what stays, and tells once a frame', () => {
    const heard = vi.fn();
    mirror.subscribe(HEALTH, heard);
    expect(mirror.getTopic(HEALTH).status).toBe('pending');
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
    say('v1', 'ok');
    const { data: before } = mirror.getTopic(HEALTH);
    FakeSocket.last.say({
      type: 'update',
      topic: HEALTH,
      base: 'v1',
      version: 'v2',
      patch: [{ op: 'replace', path: '/overall_status', value: 'degraded' }],
    });
    expect(heard).not.toHaveBeenCalled();
    advance(0);
    expect(heard).toHaveBeenCalledOnce();
    const { data, status, isStale } = mirror.getTopic(HEALTH);
    expect({ status, isStale, data }).toEqual({
      status: 'success',
      isStale: false,
      data: { ...WELL, overall_status: 'degraded' },
    });
    expect(data?.components).toBe(before?.components);
  });

  test('goes on from what it holds after a loss, with back-off', () => {
    mirror.subscribe(HEALTH);
    FakeSocket.last.welcome();
    say('v1', 'ok');
    FakeSocket.last.fail();
    expect(mirror.getTopic(HEALTH)).toMatchObject({ status: 'success', isStale: true });
    expect(mirror.getConnection()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      retryAt: Date.now() + 750,
    });
    advance(750);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
    ]);
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v1' });
    expect(mirror.getTopic(HEALTH).isStale).toBe(false);
    advance(5_000);
    expect(mirror.getConnection().attempt).toBe(0);
  });

  test('lets go of the topic and the connection 5 s after the last has left', () => {
    const changes = vi.fn();
    const off = mirror.onConnection(changes);
    const leave = mirror.subscribe(HEALTH);
    FakeSocket.last.welcome();
    leave();
    leave();
    advance(4_999);
    expect(mirror.getConnection().status).toBe('open');
    advance(1);
    expect(mirror.getConnection()).toMatchObject({ status: 'idle', attempt: 0 });
    expect(mirror.getTopic(HEALTH).status).toBe('idle');
    advance(0);
    expect(vi.getTimerCount()).toBe(0);
    off();
    expect(changes).toHaveBeenCalled();
  });

  test('a refusal is an error of each topic until it is tried again', () => {
    mirror.subscribe(HEALTH);
    FakeSocket.last.fail(4503, 'forbidden');
    expect(mirror.getConnection().status).toBe('closed');
    expect(mirror.getTopic(HEALTH)).toMatchObject({ status: 'error', error: { code: 'refused' } });
    mirror.retry();
    expect(mirror.getTopic(HEALTH).status).toBe('pending');
  });

  test('what the server sends beside its topics is let pass, and a fault of nobody is told', () => {
    mirror.connect();
    FakeSocket.last.welcome();
    FakeSocket.last.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
    FakeSocket.last.say({ type: 'error', code: 'internal', message: 'bad' });
    expect(faults).toHaveBeenCalledOnce();
    expect(faults.mock.lastCall?.[0]).toMatchObject({ code: 'internal', message: 'bad' });
    faults.mockReset();
    expect(mirror.getConnection().status).toBe('open');
  });

  test('the address may be asked for anew with each attempt', () => {
    let asked = 0;
    const other = createMirror({
      url: () => `ws://test.invalid/${String((asked += 1))}`,
      WebSocket: FakeSocket,
      schedule: (flush) => {
        flush();
        return () => undefined;
      },
    });
    other.connect();
    FakeSocket.last.fail();
    other.retry();
    expect(FakeSocket.last.url).toBe('ws://test.invalid/2');
    other.close();
  });
});
