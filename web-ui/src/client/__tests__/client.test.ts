import { describe, expect, test, vi } from 'vitest';
import type { DashboardTopic, UpdateMessage, Version } from '../../messages/types.ts';
import { takeRefused } from '../../../tools/wire.ts';
import type { DashboardClient } from '../client.ts';
import { DashboardError } from '../../mirror/errors.ts';
import { nextFrame } from '../../mirror/schedule.ts';
import { FakeSocket, WELCOME } from './fake-socket.ts';
import {
  fakeTime,
  HEALTH,
  health,
  healthSnapshot,
  LEARNINGS,
  learnings,
  makeClient,
  OVERVIEW,
  settle,
  takeFault,
} from './harness.ts';

fakeTime();

const ID = '01936f2b-0000-7000-8000-000000000001';
const LINGER = 5_000;

/** A client whose connection is open. */
function open(options = {}): DashboardClient {
  const client = makeClient(options);
  client.connect();
  FakeSocket.last.welcome();
  return client;
}

/** ... and holds health in version v1. */
function holding(listener = vi.fn()): DashboardClient {
  const client = makeClient();
  client.subscribe(HEALTH, listener);
  FakeSocket.last.welcome();
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  FakeSocket.last.sent.length = 0;
  listener.mockClear();
  return client;
}

function reconnect(client: DashboardClient): void {
  FakeSocket.last.fail();
  client.retry();
  FakeSocket.last.welcome();
}

function update(base: Version, version: Version, status: string): UpdateMessage {
  const patch = [{ op: 'replace', path: '/overall_status', value: status } as const];
  return { type: 'update', topic: HEALTH, base, version, patch };
}

const detail = (n: number): DashboardTopic => ({
  topic: 'learning_detail',
  id: ID.slice(0, -3) + String(n).padStart(3, '0'),
});
const subscribeTo = (...topics: DashboardTopic[]): object => ({ type: 'subscribe', topics });
const unsubscribeFrom = (...topics: DashboardTopic[]): object => ({ type: 'unsubscribe', topics });
const resume = (version: Version): object => ({
  type: 'resume',
  subscriptions: [{ topic: HEALTH, version }],
});

describe('telling the server what is wanted', () => {
  test('nothing is sent before the welcome, then one request with everything', () => {
    const client = makeClient();
    client.subscribe(HEALTH);
    client.subscribe({ topic: 'learnings' });
    FakeSocket.last.accept();
    expect(FakeSocket.last.sent).toEqual([]);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH, LEARNINGS)]);
  });

  test('the wishes of one moment make one request', async () => {
    const client = open();
    client.subscribe(HEALTH);
    client.subscribe(OVERVIEW);
    await settle();
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH, OVERVIEW)]);
  });

  test('every spelling of a topic is one subscription and one state', async () => {
    const client = open();
    client.subscribe({ topic: 'learnings' });
    client.subscribe({ topic: 'learnings', limit: 100 });
    client.subscribe({ filters: {}, topic: 'learnings' });
    await settle();
    expect(FakeSocket.last.requests).toEqual([subscribeTo(LEARNINGS)]);
    FakeSocket.last.say({ type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(3) });
    expect(client.getTopic({ topic: 'learnings', offset: 0 }).data).toEqual(learnings(3));
  });

  test('unsubscribe is sent 5 s after the last one has gone', async () => {
    const client = open();
    const offs = [client.subscribe(HEALTH), client.subscribe(HEALTH)];
    await settle();
    offs[0]?.();
    offs[0]?.();
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
    offs[1]?.();
    await vi.advanceTimersByTimeAsync(LINGER - 1);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH), unsubscribeFrom(HEALTH)]);
  });

  test('data outlive the last unsubscribe for 5 s, and whoever returns finds them live', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    off();
    await vi.advanceTimersByTimeAsync(LINGER - 1);
    FakeSocket.last.say(healthSnapshot('v2', health('degraded')));
    const offAgain = client.subscribe(HEALTH);
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('degraded'), isStale: false });
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
    offAgain();
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(client.getTopic(HEALTH).status).toBe('idle');
  });

  test('what comes after the unsubscribe is dropped', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    off();
    await vi.advanceTimersByTimeAsync(LINGER);
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    FakeSocket.last.say({ type: 'error', code: 'unavailable', message: 'x', topic: HEALTH });
    expect(client.getTopic(HEALTH).status).toBe('idle');
  });

  test('asked for again right after the unsubscribe: a late update is not taken for ours', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    off();
    await vi.advanceTimersByTimeAsync(LINGER);
    client.subscribe(HEALTH);
    await settle();
    FakeSocket.last.say(update('v1', 'v2', 'error'));
    expect(FakeSocket.last.requests).toEqual([
      subscribeTo(HEALTH),
      unsubscribeFrom(HEALTH),
      subscribeTo(HEALTH),
    ]);
    expect(client.getTopic(HEALTH).status).toBe('pending');
  });

  test('ended while disconnected: the server hears nothing of it', async () => {
    const client = holding();
    const off = client.subscribe(OVERVIEW);
    FakeSocket.last.fail();
    off();
    client.retry();
    FakeSocket.last.welcome();
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(FakeSocket.last.requests).toEqual([resume('v1')]);
  });

  test('after a reconnect: one resume with what is held, one subscribe with what never came', () => {
    const client = holding();
    client.subscribe(OVERVIEW);
    reconnect(client);
    expect(FakeSocket.last.requests).toEqual([resume('v1'), subscribeTo(OVERVIEW)]);
  });

  test('more than 64 topics are split', () => {
    const client = makeClient();
    for (let n = 0; n < 130; n += 1) client.subscribe(detail(n));
    FakeSocket.last.welcome();
    const sizes = FakeSocket.last.sent.map((request) =>
      request.type === 'subscribe' ? request.topics.length : NaN,
    );
    expect(sizes).toEqual([64, 64, 2]);
  });

  test('each request has an id of its own', () => {
    const client = makeClient();
    for (let n = 0; n < 70; n += 1) client.subscribe(detail(n));
    FakeSocket.last.welcome();
    const ids = FakeSocket.last.sent.map(({ request_id }) => request_id);
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(undefined);
  });
});

describe('requests that would be too large', () => {
  const limits = (max_message_bytes: number) => ({
    limits: { max_message_bytes, max_topics: 64, messages_per_second: 20, message_burst: 60 },
  });
  const searching = (n: number, length: number): DashboardTopic => ({
    topic: 'learnings',
    filters: { search: `${String(n)} ${'🚀'.repeat(length)}` },
  });
  /** Sizes of what was sent, in bytes; the fake socket keeps messages as JSON says them. */
  const sizes = (): number[] =>
    FakeSocket.last.sent.map((request) => new TextEncoder().encode(JSON.stringify(request)).length);
  /** How many topics each request names. */
  const counts = (): number[] =>
    FakeSocket.last.sent.map((request) => {
      if (request.type === 'resume') return request.subscriptions.length;
      return 'topics' in request ? request.topics.length : NaN;
    });

  test('topics are split over as many requests as the server’s limit asks for', () => {
    const client = makeClient();
    for (let n = 0; n < 10; n += 1) client.subscribe(searching(n, 190));
    FakeSocket.last.welcome(limits(4_096));
    expect(Math.max(...sizes())).toBeLessThanOrEqual(4_096);
    expect(counts()).toEqual([4, 4, 2]);
  });

  test('what is resumed is split, too', () => {
    const client = makeClient();
    const topics = Array.from({ length: 10 }, (_, n) => searching(n, 190));
    for (const topic of topics) client.subscribe(topic);
    FakeSocket.last.welcome();
    for (const topic of topics) {
      FakeSocket.last.say({ type: 'snapshot', topic, version: 'v'.repeat(24), data: learnings(1) });
    }
    FakeSocket.last.fail();
    client.retry();
    FakeSocket.last.welcome(limits(4_096));
    expect(FakeSocket.last.sent.map(({ type }) => type)).toEqual(['resume', 'resume', 'resume']);
    expect(Math.max(...sizes())).toBeLessThanOrEqual(4_096);
    expect(counts()).toEqual([4, 4, 2]);
  });

  test('what ends is split, too', async () => {
    const client = makeClient();
    const offs = Array.from({ length: 10 }, (_, n) => client.subscribe(searching(n, 190)));
    FakeSocket.last.welcome(limits(4_096));
    FakeSocket.last.sent.length = 0;
    client.connect();
    for (const off of offs) off();
    vi.advanceTimersByTime(LINGER);
    await settle();
    expect(Math.max(...sizes())).toBeLessThanOrEqual(4_096);
    expect(counts()).toEqual([4, 4, 2]);
  });

  test('a topic that is too large by itself fails alone, and is not asked for', () => {
    const client = makeClient();
    const large = searching(1, 40_000);
    for (const topic of [HEALTH, large, OVERVIEW]) client.subscribe(topic);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH, OVERVIEW)]);
    expect(client.getTopic(large)).toMatchObject({
      status: 'error',
      data: undefined,
      error: { code: 'message_too_large' },
    });
    expect(client.getTopic(HEALTH).status).toBe('pending');
  });

  test('half a character in a topic or an id is never sent', async () => {
    const client = open();
    client.subscribe({ topic: 'learnings', filters: { search: 'a\uD83D' } });
    await settle();
    expect(FakeSocket.last.requests).toEqual([
      subscribeTo({ ...LEARNINGS, filters: { search: 'a\uFFFD' } }),
    ]);
    const rejected = expect(client.enableLearning('\uD83D')).rejects.toThrow();
    expect(FakeSocket.last.requests[1]).toMatchObject({ id: '\uFFFD' });
    expect(takeRefused()).toEqual(['/id']);
    client.close();
    await rejected;
  });
});

describe('requests that the server refuses', () => {
  const refuse = (code: 'rate_limited' | 'too_many_topics', retry_after_ms?: number): void => {
    const request_id = FakeSocket.last.sent.at(-1)?.request_id ?? '';
    FakeSocket.last.say({
      type: 'error',
      code,
      message: code,
      request_id,
      ...(retry_after_ms !== undefined && { retry_after_ms }),
    });
  };

  test('rate limited: asked again when the server says, and not before', async () => {
    const client = open();
    client.subscribe(HEALTH);
    await settle();
    refuse('rate_limited', 700);
    client.subscribe(OVERVIEW);
    await vi.advanceTimersByTimeAsync(699);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.last.requests.slice(1)).toEqual([subscribeTo(HEALTH, OVERVIEW)]);
    expect(client.getTopic(HEALTH).status).toBe('pending');
  });

  test('an unsubscribe that was rate limited is said again', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    off();
    await vi.advanceTimersByTimeAsync(LINGER);
    refuse('rate_limited', 700);
    await vi.advanceTimersByTimeAsync(700);
    expect(FakeSocket.last.requests.slice(1)).toEqual([
      unsubscribeFrom(HEALTH),
      unsubscribeFrom(HEALTH),
    ]);
  });

  test('an unsubscribe that was rate limited, though the topic is wanted again: not said again', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    off();
    await vi.advanceTimersByTimeAsync(LINGER);
    const request_id = FakeSocket.last.sent.at(-1)?.request_id ?? '';
    client.subscribe(HEALTH);
    await settle();
    const before = FakeSocket.last.sent.length;
    FakeSocket.last.say({
      type: 'error',
      code: 'rate_limited',
      message: 'slow down',
      request_id,
      retry_after_ms: 700,
    });
    await vi.advanceTimersByTimeAsync(700);
    expect(FakeSocket.last.sent).toHaveLength(before);
  });

  test('a new connection knows nothing of the limits and wishes of the old one', async () => {
    const client = holding();
    const off = client.subscribe(OVERVIEW);
    await settle();
    off();
    await vi.advanceTimersByTimeAsync(LINGER);
    refuse('rate_limited', 60_000);
    reconnect(client);
    expect(FakeSocket.last.requests).toEqual([resume('v1')]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(FakeSocket.last.requests).toEqual([resume('v1')]);
  });

  test('too many topics: an error on those, and a new try when there is room', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    client.subscribe(OVERVIEW);
    await settle();
    refuse('too_many_topics');
    expect(client.getTopic(OVERVIEW)).toMatchObject({
      status: 'error',
      error: { code: 'too_many_topics' },
    });
    expect(client.getTopic(HEALTH).status).toBe('pending');
    off();
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(FakeSocket.last.requests.slice(2)).toEqual([
      unsubscribeFrom(HEALTH),
      subscribeTo(OVERVIEW),
    ]);
  });

  test('one topic that is none: the others are asked for again without it', () => {
    const client = makeClient();
    for (const topic of [HEALTH, detail(1), OVERVIEW, detail(2)]) client.subscribe(topic);
    FakeSocket.last.welcome();
    FakeSocket.last.say({
      type: 'error',
      code: 'invalid_message',
      message: 'bad',
      request_id: FakeSocket.last.sent[0]?.request_id ?? '',
      details: [
        { path: '/topics/1/id', message: 'no uuid' },
        { path: '/topics/3/id', message: 'no uuid' },
      ],
    });
    expect(FakeSocket.last.requests.slice(1)).toEqual([subscribeTo(HEALTH, OVERVIEW)]);
    expect(client.getTopic(detail(2))).toMatchObject({
      status: 'error',
      error: { code: 'invalid_message' },
    });
    expect(client.getTopic(HEALTH).status).toBe('pending');
  });

  test('a request that is refused as a whole fails all of its topics, and is not repeated', () => {
    const client = makeClient();
    for (const topic of [HEALTH, OVERVIEW]) client.subscribe(topic);
    FakeSocket.last.welcome();
    FakeSocket.last.say({
      type: 'error',
      code: 'invalid_message',
      message: 'bad',
      request_id: FakeSocket.last.sent[0]?.request_id ?? '',
      details: [{ path: '/topics', message: 'too many' }],
    });
    expect(FakeSocket.last.sent).toHaveLength(1);
    expect([HEALTH, OVERVIEW].map((topic) => client.getTopic(topic).status)).toEqual([
      'error',
      'error',
    ]);
  });

  test('an answered request is forgotten: a later error with its id is nobody’s', async () => {
    const client = open();
    client.subscribe(HEALTH);
    await settle();
    const request_id = FakeSocket.last.sent.at(-1)?.request_id ?? '';
    FakeSocket.last.say({ type: 'subscribed', topics: [HEALTH], request_id });
    FakeSocket.last.say({ type: 'error', code: 'internal', message: 'odd', request_id });
    expect(takeFault()).toMatchObject({ code: 'internal', message: 'odd' });
    expect(client.getTopic(HEALTH).status).toBe('pending');
  });

  test('an error about nothing of ours is reported', () => {
    open();
    FakeSocket.last.say({
      type: 'error',
      code: 'invalid_message',
      message: 'bad',
      details: [{ path: '/type', message: 'unknown' }],
    });
    expect(takeFault()).toMatchObject({
      code: 'invalid_message',
      faults: [{ path: '/type', message: 'unknown' }],
    });
  });
});

describe('what a later version of the protocol may say', () => {
  const later = (message: unknown): void => {
    FakeSocket.last.onmessage?.({ data: JSON.stringify(message) });
  };

  test.each([
    { type: 'progress', topic: HEALTH, version: 'v9', messages: [1], topics: [HEALTH] },
    { type: 'heartbeat', server_time: '2026-03-01T08:30:00Z', version: 'v9', messages: [1] },
    { type: 'pong', limits: {}, topic: OVERVIEW, version: 'v9' },
  ])('is ignored: $type', (message) => {
    const client = holding();
    const before = client.getTopic(HEALTH);
    const sent = FakeSocket.last.sent.length;
    later(message);
    expect(client.getTopic(HEALTH)).toBe(before);
    expect(FakeSocket.last.sent).toHaveLength(sent);
    FakeSocket.last.say(update('v1', 'v2', 'error'));
    expect(client.getTopic(HEALTH).data?.overall_status).toBe('error');
  });

  test('new fields of a welcome do no harm', () => {
    const client = makeClient();
    client.subscribe(HEALTH);
    FakeSocket.last.accept();
    later({ ...WELCOME, version: '2.1', messages: [], topics: [] });
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
  });
});

describe('versions', () => {
  test('an update on what we hold is applied, and untouched branches stay', () => {
    const client = holding();
    const before = client.getTopic(HEALTH).data;
    FakeSocket.last.say(update('v1', 'v2', 'error'));
    const after = client.getTopic(HEALTH).data;
    expect(after?.overall_status).toBe('error');
    expect(after?.components).toBe(before?.components);
    expect(before?.overall_status).toBe('ok');
    FakeSocket.last.say(update('v2', 'v3', 'degraded'));
    expect(client.getTopic(HEALTH).data?.overall_status).toBe('degraded');
    expect(FakeSocket.last.sent).toEqual([]);
  });

  test('an update to what we hold is dropped', () => {
    const listener = vi.fn();
    const client = holding(listener);
    const state = client.getTopic(HEALTH);
    FakeSocket.last.say(update('v0', 'v1', 'error'));
    expect(client.getTopic(HEALTH)).toBe(state);
    expect(listener).not.toHaveBeenCalled();
    expect(FakeSocket.last.sent).toEqual([]);
  });

  test('any other update: resume of that one topic, once, and nothing is applied', () => {
    const client = holding();
    FakeSocket.last.say(update('v7', 'v8', 'error'));
    FakeSocket.last.say(update('v8', 'v9', 'error'));
    expect(FakeSocket.last.requests).toEqual([resume('v1')]);
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('ok'), isStale: true });
  });

  test('a gap is closed by the missed updates', () => {
    const client = holding();
    FakeSocket.last.say(update('v2', 'v3', 'error'));
    FakeSocket.last.say({
      type: 'batch',
      messages: [update('v1', 'v2', 'unknown'), update('v2', 'v3', 'error')],
    });
    expect(client.getTopic(HEALTH)).toMatchObject({
      status: 'success',
      data: { overall_status: 'error' },
      isStale: false,
    });
    FakeSocket.last.say(update('v9', 'v10', 'ok'));
    expect(FakeSocket.last.requests).toEqual([resume('v1'), resume('v3')]);
  });

  test('a gap is closed by a snapshot', () => {
    const client = holding();
    FakeSocket.last.say(update('v2', 'v3', 'error'));
    FakeSocket.last.say({ ...healthSnapshot('v3', health('error')), reason: 'expired' });
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('error'), isStale: false });
  });

  test('a gap while nobody listens: still unsubscribed from at the end', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    off();
    FakeSocket.last.say(update('v2', 'v3', 'error'));
    await vi.advanceTimersByTimeAsync(LINGER);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH), unsubscribeFrom(HEALTH)]);
  });

  test('a gap while nobody listens: resumed when somebody returns', async () => {
    const client = holding();
    const off = client.subscribe(LEARNINGS);
    await settle();
    FakeSocket.last.say({ type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(1) });
    off();
    FakeSocket.last.say({ type: 'update', topic: LEARNINGS, base: 'b', version: 'c', patch: [] });
    client.subscribe(LEARNINGS);
    await settle();
    expect(FakeSocket.last.requests.slice(1)).toEqual([
      { type: 'resume', subscriptions: [{ topic: LEARNINGS, version: 'a' }] },
    ]);
  });

  test('a patch that does not fit: a whole snapshot is asked for, the old data stay meanwhile', () => {
    const client = holding();
    FakeSocket.last.say({
      type: 'update',
      topic: HEALTH,
      base: 'v1',
      version: 'v2',
      patch: [
        { op: 'replace', path: '/overall_status', value: 'error' },
        { op: 'remove', path: '/components/7' },
      ],
    });
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('ok'), isStale: true });
    expect(takeFault()).toMatchObject({ code: 'bad_frame' });
    FakeSocket.last.say(update('v2', 'v3', 'unknown'));
    FakeSocket.last.say(healthSnapshot('v3', health('unknown')));
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('unknown'), isStale: false });
    expect(FakeSocket.last.requests).toHaveLength(1);
  });

  test('disconnected data are stale; current makes them fresh without a change', () => {
    const client = holding();
    const { data, updatedAt } = client.getTopic(HEALTH);
    vi.advanceTimersByTime(1_000);
    reconnect(client);
    expect(client.getTopic(HEALTH)).toMatchObject({ status: 'success', isStale: true });
    expect(FakeSocket.last.requests).toEqual([resume('v1')]);
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v1' });
    const state = client.getTopic(HEALTH);
    expect(state).toMatchObject({ status: 'success', isStale: false, updatedAt });
    expect(state.data).toBe(data);
  });

  test('current of another version than ours is not believed', () => {
    const client = holding();
    reconnect(client);
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v5' });
    expect(client.getTopic(HEALTH).isStale).toBe(true);
    expect(FakeSocket.last.requests).toEqual([resume('v1'), resume('v1')]);
  });

  test('an update to what we hold makes it fresh, too', () => {
    const client = holding();
    reconnect(client);
    FakeSocket.last.say(update('v0', 'v1', 'ok'));
    expect(client.getTopic(HEALTH).isStale).toBe(false);
  });

  test('a snapshot shares what did not change, and an equal one changes nothing', () => {
    const listener = vi.fn();
    const client = holding(listener);
    const state = client.getTopic(HEALTH);
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    expect(client.getTopic(HEALTH)).toBe(state);
    expect(listener).not.toHaveBeenCalled();
    FakeSocket.last.say(healthSnapshot('v2', { ...health('ok'), overall_status: 'degraded' }));
    expect(client.getTopic(HEALTH).data?.components).toBe(state.data?.components);
  });

  test('updatedAt is when the data changed', () => {
    const client = holding();
    const first = Date.now();
    expect(client.getTopic(HEALTH).updatedAt).toBe(first);
    vi.advanceTimersByTime(1_000);
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    expect(client.getTopic(HEALTH).updatedAt).toBe(first);
    FakeSocket.last.say(healthSnapshot('v2', health('error')));
    expect(client.getTopic(HEALTH).updatedAt).toBe(first + 1_000);
  });
});

describe('confirmedAt', () => {
  const heartbeat = (): void => {
    FakeSocket.last.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
  };

  test('is when data arrived, and does not tick while they are live', () => {
    const client = holding();
    const state = client.getTopic(HEALTH);
    expect(state.confirmedAt).toBe(Date.now());
    vi.advanceTimersByTime(20_000);
    heartbeat();
    expect(client.getTopic(HEALTH)).toBe(state);
    FakeSocket.last.say(update('v1', 'v2', 'error'));
    expect(client.getTopic(HEALTH).confirmedAt).toBe(Date.now());
  });

  test('when the connection is lost: the last frame that came on it', () => {
    const client = holding();
    const { updatedAt } = client.getTopic(HEALTH);
    vi.advanceTimersByTime(20_000);
    heartbeat();
    const heardAt = Date.now();
    vi.advanceTimersByTime(7_000);
    FakeSocket.last.fail();
    expect(client.getTopic(HEALTH)).toMatchObject({
      isStale: true,
      updatedAt,
      confirmedAt: heardAt,
    });
    expect(updatedAt).toBe(heardAt - 20_000);
  });

  test('it stays there while other topics go on, and until the data are confirmed', () => {
    const client = holding();
    const confirmedAt = Date.now();
    FakeSocket.last.fail();
    vi.advanceTimersByTime(750);
    FakeSocket.last.welcome();
    heartbeat();
    FakeSocket.last.fail();
    expect(client.getTopic(HEALTH)).toMatchObject({ isStale: true, confirmedAt });
    client.retry();
    FakeSocket.last.welcome();
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v1' });
    expect(client.getTopic(HEALTH)).toMatchObject({
      isStale: false,
      updatedAt: confirmedAt,
      confirmedAt: confirmedAt + 750,
    });
  });

  test('when the topic fails: the last frame before that says so', () => {
    const client = holding();
    vi.advanceTimersByTime(5_000);
    heartbeat();
    const heardAt = Date.now();
    vi.advanceTimersByTime(5_000);
    FakeSocket.last.say({ type: 'error', code: 'unavailable', message: 'away', topic: HEALTH });
    vi.advanceTimersByTime(5_000);
    FakeSocket.last.say({ type: 'error', code: 'internal', message: 'worse', topic: HEALTH });
    FakeSocket.last.fail();
    expect(client.getTopic(HEALTH)).toMatchObject({ status: 'error', confirmedAt: heardAt });
  });

  test('confirmed and failed in one batch: the moment of the batch', () => {
    const client = holding();
    vi.advanceTimersByTime(5_000);
    FakeSocket.last.say({
      type: 'batch',
      messages: [
        update('v1', 'v2', 'error'),
        { type: 'error', code: 'unavailable', message: 'away', topic: HEALTH },
      ],
    });
    expect(client.getTopic(HEALTH).confirmedAt).toBe(Date.now());
  });

  test('without data there is none', () => {
    const client = makeClient();
    client.subscribe(HEALTH);
    FakeSocket.last.welcome();
    heartbeat();
    FakeSocket.last.say({ type: 'error', code: 'internal', message: 'bad', topic: HEALTH });
    FakeSocket.last.fail();
    expect(client.getTopic(HEALTH)).toMatchObject({ status: 'error', confirmedAt: undefined });
  });
});

describe('topics that fail', () => {
  const fail = (code: 'not_found' | 'unavailable' | 'internal' | 'forbidden'): void => {
    FakeSocket.last.say({
      type: 'error',
      code,
      message: `it is ${code}`,
      topic: HEALTH,
      retry_after_ms: 1_000,
    });
  };

  test('unavailable: data are kept as stale until the server sends again', () => {
    const client = holding();
    fail('unavailable');
    expect(client.getTopic(HEALTH)).toMatchObject({
      status: 'error',
      data: health('ok'),
      isStale: true,
      error: { code: 'unavailable', message: 'it is unavailable', retryAfterMs: 1_000 },
    });
    vi.advanceTimersByTime(30_000);
    expect(FakeSocket.last.sent).toEqual([]);
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    expect(client.getTopic(HEALTH)).toMatchObject({ status: 'success', isStale: false });
    expect(client.getTopic(HEALTH).error).toBeUndefined();
  });

  test('data are kept, too, where the patch before the failure did not fit', () => {
    const client = holding();
    FakeSocket.last.say({
      type: 'update',
      topic: HEALTH,
      base: 'v1',
      version: 'v2',
      patch: [{ op: 'remove', path: '/components/7' }],
    });
    takeFault();
    fail('unavailable');
    expect(client.getTopic(HEALTH)).toMatchObject({ status: 'error', data: health('ok') });
  });

  test('without data there is only the error', () => {
    const client = makeClient();
    client.subscribe(HEALTH);
    FakeSocket.last.welcome();
    fail('internal');
    expect(client.getTopic(HEALTH)).toMatchObject({
      status: 'error',
      data: undefined,
      isStale: false,
    });
  });

  test.each(['not_found', 'forbidden'] as const)(
    '%s: not asked for again before the next connection',
    async (code) => {
      const client = holding();
      fail(code);
      await settle();
      FakeSocket.last.say(update('v5', 'v6', 'ok'));
      expect(FakeSocket.last.sent).toEqual([]);
      expect(client.getTopic(HEALTH)).toMatchObject({ status: 'error', data: health('ok') });
      reconnect(client);
      expect(FakeSocket.last.requests).toEqual([resume('v1')]);
      expect(client.getTopic(HEALTH).status).toBe('error');
    },
  );

  test('not_found, and somebody asks anew: so do we', async () => {
    const client = open();
    const off = client.subscribe(HEALTH);
    await settle();
    fail('not_found');
    off();
    client.subscribe(HEALTH);
    await settle();
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH), subscribeTo(HEALTH)]);
  });

  test('not_found is an answer: the back-off begins anew with it', () => {
    const client = holding();
    reconnect(client);
    expect(client.getConnection().attempt).toBe(1);
    fail('not_found');
    vi.advanceTimersByTime(5_000);
    expect(client.getConnection().attempt).toBe(0);
  });

  test('unavailable is none', () => {
    const client = holding();
    reconnect(client);
    fail('unavailable');
    vi.advanceTimersByTime(5_000);
    expect(client.getConnection().attempt).toBe(1);
  });
});

describe('listeners', () => {
  test('a batch is applied whole, then each listener is told once', () => {
    const seen: unknown[] = [];
    const client = makeClient();
    client.subscribe(HEALTH, () => {
      seen.push([client.getTopic(HEALTH).data?.overall_status, client.getTopic(LEARNINGS).status]);
    });
    client.subscribe(LEARNINGS);
    FakeSocket.last.welcome();
    FakeSocket.last.say({
      type: 'batch',
      messages: [
        healthSnapshot('v1', health('ok')),
        update('v1', 'v2', 'degraded'),
        { type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(1) },
        { type: 'error', code: 'unavailable', message: 'gone', topic: LEARNINGS },
      ],
    });
    expect(seen).toEqual([['degraded', 'error']]);
  });

  test('one function that listens twice is told twice, and leaves one at a time', () => {
    const client = holding();
    const listener = vi.fn();
    const off = client.subscribe(HEALTH, listener);
    client.subscribe(HEALTH, listener);
    FakeSocket.last.say(update('v1', 'v2', 'degraded'));
    expect(listener).toHaveBeenCalledTimes(2);
    off();
    FakeSocket.last.say(update('v2', 'v3', 'ok'));
    expect(listener).toHaveBeenCalledTimes(3);
  });

  test('a listener may leave, and close everything, while it is told', () => {
    const client = makeClient();
    const others = vi.fn();
    const off = client.subscribe(HEALTH, () => {
      off();
      client.close();
    });
    client.subscribe(HEALTH, others);
    FakeSocket.last.welcome();
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    expect(others).toHaveBeenCalled();
    expect(client.getConnection().status).toBe('idle');
  });

  test('one that throws is a fault, and neither the others nor the connection notice', () => {
    const client = makeClient();
    const other = vi.fn();
    const thrown = new Error('bad component');
    const off = client.subscribe(HEALTH, () => {
      throw thrown;
    });
    client.subscribe(HEALTH, other);
    FakeSocket.last.welcome();
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    expect(takeFault()).toMatchObject({ code: 'listener_failed', cause: thrown });
    expect(other).toHaveBeenCalledOnce();
    off();
    FakeSocket.last.say(update('v1', 'v2', 'error'));
    expect(client.getTopic(HEALTH)).toMatchObject({ data: { overall_status: 'error' } });
  });

  test('one that throws at close() does not keep it from closing', () => {
    const client = makeClient({ schedule: nextFrame });
    client.connect();
    client.onConnection(() => {
      throw new Error('bad component');
    });
    expect(() => {
      client.close();
    }).not.toThrow();
    expect(takeFault()).toMatchObject({ code: 'listener_failed' });
    expect(client.getConnection().status).toBe('idle');
  });

  test('an onFault that throws breaks nothing either', () => {
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = new Error('bad report');
    const client = open({
      onFault: () => {
        throw broken;
      },
    });
    client.onConnection(() => {
      throw new Error('bad component');
    });
    FakeSocket.last.fail();
    expect(client.getConnection().status).toBe('reconnecting');
    expect(silence).toHaveBeenCalledWith(broken);
  });

  test('by default they are told once for all messages of a frame', () => {
    const listener = vi.fn();
    const client = makeClient({ schedule: nextFrame });
    client.subscribe(HEALTH, listener);
    FakeSocket.last.welcome();
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    FakeSocket.last.say(update('v1', 'v2', 'degraded'));
    expect(listener).not.toHaveBeenCalled();
    expect(client.getTopic(HEALTH).data?.overall_status).toBe('degraded');
    vi.advanceTimersByTime(0);
    expect(listener).toHaveBeenCalledOnce();
    FakeSocket.last.say(update('v2', 'v3', 'ok'));
    vi.advanceTimersByTime(0);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  test('close() tells what is due, and leaves no timer', () => {
    const listener = vi.fn();
    const client = makeClient({ schedule: nextFrame });
    client.onConnection(listener);
    client.connect();
    client.close();
    expect(listener).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('actions', () => {
  test.each([
    ['enableLearning', 'enable_learning'],
    ['disableLearning', 'disable_learning'],
    ['deleteLearning', 'delete_learning'],
  ] as const)('%s resolves with its own action_result', async (method, type) => {
    const client = open();
    const done = vi.fn();
    const action = client[method](ID).then(done);
    const [request] = FakeSocket.last.sent;
    expect(request).toEqual({ type, id: ID, request_id: expect.any(String) as string });
    FakeSocket.last.say({ type: 'action_result', action: type, id: ID, request_id: 'other' });
    FakeSocket.last.say({ type: 'action_result', action: type, id: ID });
    await settle();
    expect(done).not.toHaveBeenCalled();
    const request_id = request?.request_id ?? '';
    FakeSocket.last.say({ type: 'action_result', action: type, id: ID, request_id });
    await action;
    expect(done).toHaveBeenCalledOnce();
  });

  test('an error rejects with what the server said', async () => {
    const client = open();
    const action = client.disableLearning(ID);
    FakeSocket.last.say({
      type: 'error',
      code: 'not_found',
      message: 'no such learning',
      request_id: FakeSocket.last.sent[0]?.request_id ?? '',
    });
    const error: unknown = await action.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DashboardError);
    expect(error).toMatchObject({ code: 'not_found', message: 'no such learning' });
  });

  test('an error that names a topic, too, rejects the action and leaves the topic', async () => {
    const client = open();
    client.subscribe(HEALTH);
    await settle();
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    const action = client.disableLearning(ID);
    FakeSocket.last.say({
      type: 'error',
      code: 'not_found',
      message: 'no such learning',
      topic: HEALTH,
      request_id: FakeSocket.last.sent.at(-1)?.request_id ?? '',
    });
    await expect(action).rejects.toMatchObject({ code: 'not_found' });
    expect(client.getTopic(HEALTH).status).toBe('success');
  });

  test('without a connection: rejected at once, nothing is kept for later', async () => {
    const client = makeClient();
    client.connect();
    await expect(client.deleteLearning(ID)).rejects.toMatchObject({ code: 'not_connected' });
    FakeSocket.last.welcome();
    expect(FakeSocket.last.sent).toEqual([]);
  });

  test('in flight when the connection breaks: rejected, and not repeated', async () => {
    const client = open();
    const action = client.enableLearning(ID);
    const rejected = expect(action).rejects.toMatchObject({ code: 'disconnected' });
    reconnect(client);
    await rejected;
    expect(FakeSocket.last.sent).toEqual([]);
  });

  test('in flight when the server refuses this client: the outcome is unknown all the same', async () => {
    const client = open();
    const rejected = expect(client.enableLearning(ID)).rejects.toMatchObject({
      code: 'disconnected',
      message: 'not you',
    });
    FakeSocket.last.fail(4503, 'not you');
    await rejected;
  });

  test('in flight at close(): rejected', async () => {
    const client = open();
    const rejected = expect(client.enableLearning(ID)).rejects.toMatchObject({
      code: 'disconnected',
    });
    client.close();
    await rejected;
  });

  test('no answer within 10 s: rejected, and a late answer changes nothing', async () => {
    const client = open();
    const rejected = expect(client.enableLearning(ID)).rejects.toMatchObject({ code: 'timeout' });
    vi.advanceTimersByTime(10_000);
    await rejected;
    const request_id = FakeSocket.last.sent[0]?.request_id ?? '';
    FakeSocket.last.say({ type: 'action_result', action: 'enable_learning', id: ID, request_id });
    expect(client.getConnection().status).toBe('open');
  });
});
