import { describe, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../connection-state.ts';
import { FakeSocket } from './fake-socket.ts';
import {
  advance,
  fakeTime,
  HEALTH,
  health,
  liveClient,
  makeClient,
  settle,
  untilRetry,
} from './harness.ts';

fakeTime();

describe('goodbye and close codes', () => {
  const goodbye = (code: number, retry?: { min_ms: number; max_ms: number }): void => {
    FakeSocket.last.say({ type: 'goodbye', code, reason: 'because', ...(retry && { retry }) });
  };

  function delayOf({ retryAt }: ConnectionState): number | undefined {
    return retryAt === undefined ? undefined : retryAt - Date.now();
  }

  test.each([
    [0, 1_000],
    [0.5, 16_000],
    [1, 31_000],
  ])('a goodbye spreads the return over its window (random %f)', (chance, delay) => {
    const client = liveClient({ random: () => chance });
    goodbye(1001, { min_ms: 1_000, max_ms: 31_000 });
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      lastClose: { code: 1001, reason: 'because' },
    });
    expect(delayOf(client.getConnection())).toBe(delay);
    expect(FakeSocket.live).toEqual([]);
  });

  test('a server that says nothing but goodbye at once is not hammered', () => {
    const client = makeClient();
    client.connect();
    for (let n = 0; n < 6; n += 1) {
      FakeSocket.last.welcome();
      goodbye(1001, { min_ms: 0, max_ms: 0 });
      advance(delayOf(client.getConnection()) ?? 0);
    }
    FakeSocket.last.welcome();
    goodbye(1001, { min_ms: 0, max_ms: 0 });
    expect(delayOf(client.getConnection())).toBe(10_500);
  });

  test('too slow: 5 s at least', () => {
    const client = liveClient({ random: () => 0 });
    FakeSocket.last.fail(4008, 'too slow');
    expect(delayOf(client.getConnection())).toBe(5_500);
  });

  test.each([1000, 1001, 1006, 1011, 4400, 4401, 4029, 4499])('%i: back-off', (code) => {
    const client = liveClient();
    FakeSocket.last.fail(code, 'because');
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      lastClose: { code, reason: 'because' },
    });
    expect(delayOf(client.getConnection())).toBe(750);
  });

  test.each([
    [4500, 'closed'],
    [4503, 'closed'],
    [4506, 'update-required'],
    [4999, 'closed'],
  ] as const)('%i: %s, for good', (code, status) => {
    const client = liveClient();
    FakeSocket.last.fail(code, 'no');
    expect(client.getConnection()).toMatchObject({ status, lastClose: { code, reason: 'no' } });
    expect(vi.getTimerCount()).toBe(0);
    expect(client.getTopic(HEALTH)).toMatchObject({
      status: 'error',
      data: health('ok'),
      isStale: true,
      error: { code: status === 'closed' ? 'refused' : 'update_required', message: 'no' },
    });
    client.connect();
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('who asks after a refusal learns of it; retry() tries once more', async () => {
    const client = liveClient();
    goodbye(4503);
    client.subscribe({ topic: 'overview' });
    expect(client.getTopic({ topic: 'overview' })).toMatchObject({
      status: 'error',
      data: undefined,
      isStale: false,
      error: { code: 'refused' },
    });
    client.retry();
    FakeSocket.last.welcome();
    await settle();
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
      { type: 'subscribe', topics: [{ topic: 'overview' }] },
    ]);
  });

  test.each([4503, 4506])(
    '%i, then retry(): topics wait again from the moment a connection is tried',
    (code) => {
      const client = liveClient();
      const told = vi.fn();
      FakeSocket.last.fail(code);
      client.subscribe({ topic: 'overview' }, told);
      const { updatedAt, confirmedAt } = client.getTopic(HEALTH);
      client.retry();
      expect(client.getTopic({ topic: 'overview' })).toMatchObject({
        status: 'pending',
        error: undefined,
      });
      expect(told).toHaveBeenCalled();
      expect(client.getTopic(HEALTH)).toEqual({
        status: 'success',
        data: health('ok'),
        error: undefined,
        isStale: true,
        updatedAt,
        confirmedAt,
      });
      FakeSocket.last.fail();
      expect(client.getTopic({ topic: 'overview' }).status).toBe('pending');
      client.subscribe({ topic: 'strategy_overrides' });
      expect(client.getTopic({ topic: 'strategy_overrides' }).status).toBe('pending');
      client.retry();
      FakeSocket.last.fail(code);
      expect(client.getTopic(HEALTH)).toMatchObject({ status: 'error', isStale: true });
    },
  );

  test('another schema of the same protocol is fine, and known until a server has ours again', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.welcome({ schema_hash: '000000000000' });
    expect(client.getConnection()).toMatchObject({ status: 'open', updateAvailable: true });
    FakeSocket.last.fail();
    expect(client.getConnection()).toMatchObject({ updateAvailable: true });
    untilRetry(client);
    FakeSocket.last.welcome();
    expect(client.getConnection()).toMatchObject({ status: 'open', updateAvailable: false });
  });

  test('another protocol with the same schema is fine', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.welcome({ protocol_version: 2 });
    expect(client.getConnection().status).toBe('open');
  });

  test('another schema of another protocol needs another page', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.welcome({ schema_hash: '000000000000', protocol_version: 2 });
    expect(client.getConnection()).toMatchObject({
      status: 'update-required',
      lastClose: { code: 4506 },
    });
    expect(FakeSocket.live).toEqual([]);
  });

  test.each([['not JSON'], ['[]'], ['null'], ['"x"'], ['{}'], [new ArrayBuffer(2)]])(
    'a frame that is no message ends the connection: %s',
    (frame) => {
      const client = liveClient();
      FakeSocket.last.sayInvalid(frame);
      expect(client.getConnection()).toMatchObject({
        status: 'reconnecting',
        lastClose: { code: 1006, reason: 'the server sent what is no message' },
      });
    },
  );

  test('a message of an unknown type is ignored', () => {
    const client = liveClient();
    const state = client.getConnection();
    FakeSocket.last.sayInvalid('{"type":"from_the_future"}');
    expect(client.getConnection()).toBe(state);
  });
});
