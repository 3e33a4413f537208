import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asked, said } from '../../../tools/wire.ts';
import type { DashboardMessage, DashboardRequest } from '../../messages/types.ts';
import { polling, type PollingOptions } from '../polling.ts';
import { FakeApi } from './fake-api.ts';

const HEALTH = { topic: 'health' } as const;
const ADDRESS = '/api/groove/dashboard/health';
const DATA = {
  data_type: 'health',
  overall_status: 'ok',
  components: [],
  adaptive_params: [],
  recent_activity: [],
};

let api: FakeApi;
let heard: DashboardMessage[];
let closes: { code: number; reason: string }[];
let close: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T08:30:00Z') });
  api = new FakeApi();
  api.states.set(ADDRESS, { version: 'v1', data: DATA });
  heard = [];
  closes = [];
});

afterEach(() => {
  close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A socket of the fallback; `send` says something to it as the client would. */
function open(options: PollingOptions = {}, onOpen?: (send: Send) => void): Send {
  const { openSocket } = polling({ fetch: api.fetch, random: () => 0.5, ...options });
  const socket = openSocket('ws://test.invalid/ws/groove/dashboard', 'groove.dashboard.v1');
  const send: Send = (request) => {
    const text = JSON.stringify(request);
    asked(text);
    socket.send(text);
  };
  socket.onopen = () => onOpen?.(send);
  socket.onmessage = ({ data }) => heard.push(said(data as string));
  socket.onclose = (event) => closes.push(event);
  close = () => {
    socket.close();
  };
  return send;
}

type Send = (request: DashboardRequest) => void;

/** Lets the time pass, and what happens in it be heard. */
async function after(ms: number): Promise<string[]> {
  await vi.advanceTimersByTimeAsync(ms);
  return heard.splice(0).map(({ type }) => type);
}

async function welcomed(options: PollingOptions = {}): Promise<Send> {
  const send = open(options);
  expect(await after(5)).toEqual(['welcome']);
  api.seen();
  return send;
}

describe('a connection by polling', () => {
  test('begins with a welcome that knows the schema of the server', async () => {
    open();
    await vi.advanceTimersByTimeAsync(5);
    expect(api.seen()).toEqual(['HEAD /api/groove/schema']);
    expect(heard).toMatchObject([{ type: 'welcome', schema_hash: '0123456789ab' }]);
  });

  test('is none where nobody answers, or what answers is no such server', async () => {
    api.isThere = false;
    open();
    await after(5);
    expect(closes).toEqual([{ code: 1006, reason: 'fetch failed' }]);
    api.isThere = true;
    api.refusals.set('/api/groove/schema', { status: 502 });
    open();
    await after(5);
    expect(closes.at(-1)).toEqual({ code: 1006, reason: 'the server answers 502' });
    expect(heard).toEqual([]);
  });

  test('breaks where an answer does not come in time', async () => {
    const send = await welcomed({ timeoutMs: 1_000 });
    api.isStuck = true;
    send({ type: 'subscribe', topics: [HEALTH] });
    expect(await after(999)).toEqual(['subscribed']);
    await after(1);
    expect(closes).toEqual([{ code: 1006, reason: 'no answer within 1 s' }]);
  });

  test('says nothing any more once it is closed, and lets its requests go', async () => {
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH] });
    await vi.advanceTimersByTimeAsync(1);
    close();
    send({ type: 'ping' });
    expect(await after(60_000)).toEqual(['subscribed']);
    expect(closes).toEqual([{ code: 1000, reason: '' }]);
  });

  test('shows that the server still answers, also while nothing is wanted', async () => {
    await welcomed();
    expect(await after(5_005)).toEqual(['heartbeat']);
    expect(api.seen()).toEqual(['HEAD /healthz']);
    expect(await after(5_005)).toEqual(['heartbeat']);
  });

  test('answers pings, and each request by its id', async () => {
    const send = await welcomed();
    send({ type: 'ping', request_id: 'p' });
    send({ type: 'unsubscribe', topics: [HEALTH], request_id: 'u' });
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual([
      { type: 'pong', request_id: 'p' },
      { type: 'unsubscribed', topics: [HEALTH], request_id: 'u' },
    ]);
  });

  test('is at the address that is given, or else where the socket would have been', async () => {
    const seen: unknown[] = [];
    const fetch = ((url: string) => {
      seen.push(url);
      return Promise.reject(new TypeError('fetch failed'));
    }) as typeof globalThis.fetch;
    polling({ fetch }).openSocket('wss://example.org/groove/ws/groove/dashboard', '');
    polling({ fetch }).openSocket('ws://example.org:81/elsewhere', '');
    polling({ fetch, url: 'https://api.example.org' }).openSocket('ws://example.org', '');
    open();
    await after(5);
    expect(seen).toEqual([
      'https://example.org/groove/api/groove/schema',
      'http://example.org:81/api/groove/schema',
      'https://api.example.org/api/groove/schema',
    ]);
  });
});

describe('a topic', () => {
  test('comes as a snapshot, and again when it has changed', async () => {
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH], request_id: '1' });
    await vi.advanceTimersByTimeAsync(5);
    expect(heard.splice(0)).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '1' },
      { type: 'snapshot', topic: HEALTH, version: 'v1', data: DATA },
    ]);
    expect(await after(5_005)).toEqual(['heartbeat']);
    const changed = { ...DATA, overall_status: 'error' };
    api.states.set(ADDRESS, { version: 'v2', data: changed });
    await vi.advanceTimersByTimeAsync(5_005);
    expect(heard.splice(0)).toEqual([
      { type: 'snapshot', topic: HEALTH, version: 'v2', data: changed },
    ]);
    expect(api.seen()).toEqual([`GET ${ADDRESS}`, `GET ${ADDRESS} "v1"`, `GET ${ADDRESS} "v1"`]);
  });

  test('that is resumed costs nothing where it has not changed', async () => {
    const send = await welcomed();
    const resume = (version: string): void => {
      send({ type: 'resume', subscriptions: [{ topic: HEALTH, version }] });
    };
    resume('v1');
    expect(await after(5)).toEqual(['subscribed', 'current']);
    resume('v0');
    expect(await after(5)).toEqual(['subscribed', 'snapshot']);
  });

  test('is asked for with its parameters', async () => {
    const send = await welcomed();
    send({
      type: 'subscribe',
      topics: [
        {
          topic: 'learnings',
          filters: { scope: { level: 'project', name: 'a b' }, search: 'ä&' },
          limit: 5,
        },
        { topic: 'attribution', period: { days: 30 } },
        { topic: 'learning_detail', id: '01936f2b-0000-7000-8000-000000000001' },
      ],
    });
    await after(5);
    expect(api.seen()).toEqual([
      'GET /api/groove/dashboard/learnings?scope_level=project&scope_name=a+b&search=%C3%A4%26&limit=5',
      'GET /api/groove/dashboard/attribution?days=30',
      'GET /api/groove/dashboard/learning_detail?id=01936f2b-0000-7000-8000-000000000001',
    ]);
  });

  test('that nobody wants any more is not asked for, and an answer that comes late is not told', async () => {
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH] });
    await vi.advanceTimersByTimeAsync(1);
    send({ type: 'unsubscribe', topics: [HEALTH] });
    expect(await after(10_020)).toEqual(['subscribed', 'unsubscribed', 'heartbeat', 'heartbeat']);
    expect(api.seen()).toEqual([`GET ${ADDRESS}`, 'HEAD /healthz', 'HEAD /healthz']);
  });

  test.each([
    [404, 'not_found'],
    [403, 'forbidden'],
    [422, 'invalid_message'],
  ])('that is answered by %i has failed for good', async (status, code) => {
    api.refusals.set(ADDRESS, { status });
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH] });
    await vi.advanceTimersByTimeAsync(5_020);
    expect(heard.slice(0, 2)).toMatchObject([{ type: 'subscribed' }, { code, topic: HEALTH }]);
    expect(api.seen()).toEqual([`GET ${ADDRESS}`, 'HEAD /healthz']);
  });

  test('that fails for a while is told in the words of the server, and confirmed once it is back', async () => {
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH] });
    await after(5);
    const detail = 'The database does not answer now.';
    api.refusals.set(ADDRESS, {
      status: 503,
      problem: { type: 'about:blank', title: 't', status: 503, code: 'unavailable', detail },
      headers: { 'retry-after': '5' },
    });
    await vi.advanceTimersByTimeAsync(5_005);
    expect(heard.splice(0)).toEqual([
      { type: 'error', code: 'unavailable', message: detail, retry_after_ms: 5_000, topic: HEALTH },
    ]);
    api.refusals.clear();
    expect(await after(5_005)).toEqual(['current']);
  });

  test('of an unknown trouble is taken for a failure of the server, with its faults where it tells any', async () => {
    const send = await welcomed();
    const details = [{ path: '/days', message: 'This must be at least 1.' }];
    api.refusals.set(ADDRESS, {
      status: 500,
      problem: { type: 'about:blank', title: 't', status: 500, details },
    });
    send({ type: 'subscribe', topics: [HEALTH] });
    await vi.advanceTimersByTimeAsync(5);
    expect(heard.at(-1)).toEqual({
      type: 'error',
      code: 'internal',
      message: 'The server answers 500.',
      details,
      topic: HEALTH,
    });
  });

  test('waits where four others are on their way, and none is asked for twice at once', async () => {
    const send = await welcomed();
    const topics = [1, 2, 3, 4, 5, 6, 7].map(
      (days) => ({ topic: 'attribution', period: { days } }) as const,
    );
    send({ type: 'subscribe', topics });
    send({ type: 'enable_learning', id: '01936f2b-0000-7000-8000-000000000001' });
    await after(20);
    expect(api.most).toBeLessThanOrEqual(5); // four topics and an action
    expect(new Set(api.seen()).size).toBe(8);
  });
});

describe('an action', () => {
  const id = '01936f2b-0000-7000-8000-000000000001';
  const path = `/api/groove/learnings/${id}`;

  test.each([
    ['enable_learning', `POST ${path}/enable`],
    ['disable_learning', `POST ${path}/disable`],
    ['delete_learning', `DELETE ${path}`],
  ] as const)('%s is done, and all topics are asked for at once', async (type, request) => {
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH] });
    await after(5);
    api.seen();
    heard = [];
    api.states.set(ADDRESS, { version: 'v2', data: DATA });
    send({ type, id, request_id: 'a' });
    await vi.advanceTimersByTimeAsync(10);
    expect(heard).toMatchObject([
      { type: 'action_result', action: type, id, request_id: 'a' },
      { type: 'snapshot', version: 'v2' },
    ]);
    expect(api.seen()).toEqual([request, `GET ${ADDRESS} "v1"`]);
  });

  test('that is refused is told by its id', async () => {
    api.refusals.set(path, {
      status: 404,
      problem: { type: 'about:blank', title: 't', status: 404, code: 'not_found', detail: 'Gone.' },
    });
    const send = await welcomed();
    send({ type: 'delete_learning', id, request_id: 'a' });
    await vi.advanceTimersByTimeAsync(5);
    expect(heard).toEqual([
      { type: 'error', code: 'not_found', message: 'Gone.', request_id: 'a' },
    ]);
  });
});

describe('a token', () => {
  test('goes with every request after the welcome, and may be renewed in place', async () => {
    const send = open({}, (say) => {
      say({ type: 'authenticate', token: 'one' });
    });
    await vi.advanceTimersByTimeAsync(6);
    send({ type: 'subscribe', topics: [HEALTH] });
    await vi.advanceTimersByTimeAsync(5);
    expect(api.seen()).toEqual(['HEAD /api/groove/schema', `GET ${ADDRESS} Bearer one`]);
    heard = [];
    send({ type: 'authenticate', token: 'two', request_id: 't' });
    await vi.advanceTimersByTimeAsync(5_006);
    expect(heard[0]).toMatchObject({ type: 'welcome', request_id: 't' });
    expect(api.seen()).toEqual([`GET ${ADDRESS} "v1" Bearer two`]);
  });

  test('that is not taken ends the connection', async () => {
    api.refusals.set(ADDRESS, { status: 401 });
    const send = await welcomed();
    send({ type: 'subscribe', topics: [HEALTH] });
    await after(5);
    expect(closes).toEqual([{ code: 4401, reason: 'the token is not taken' }]);
  });
});
