import { describe, expect, test, vi } from 'vitest';
import type { DashboardClient } from '../client.ts';
import type { DashboardClientOptions } from '../options.ts';
import { FakePage } from './fake-page.ts';
import { FakeSocket } from './fake-socket.ts';
import {
  advance,
  untilRetry,
  fakeTime,
  HEALTH,
  health,
  healthSnapshot,
  makeClient,
  takeFault,
} from './harness.ts';

fakeTime();

/** What is opened in place of a WebSocket; known by its class. */
class OtherWay extends FakeSocket {}

const fallback = {
  name: 'polling',
  openSocket: (url: string, protocol: string) => new OtherWay(url, protocol),
};

function makeBlocked(options: DashboardClientOptions = {}): DashboardClient {
  const client = makeClient({ fallback, ...options });
  client.subscribe(HEALTH);
  return client;
}

function fail(client: DashboardClient, code = 1006): void {
  FakeSocket.last.fail(code);
  untilRetry(client);
}

/** A client that has given up WebSockets and shows what came by the other way. */
function onFallback(options: DashboardClientOptions = {}): DashboardClient {
  const client = makeBlocked(options);
  for (let n = 0; n < 3; n += 1) fail(client);
  FakeSocket.last.welcome({ heartbeat_seconds: 3_600 });
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  return client;
}

describe('turning to the fallback', () => {
  test('after three attempts that the server did not answer', () => {
    const client = makeBlocked();
    for (let n = 0; n < 3; n += 1) {
      expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
      expect(client.getConnection().transport).toBe('websocket');
      FakeSocket.last.fail();
      expect(client.getConnection().retryAt).toBe(Date.now() + [750, 1_000, 1_500][n]!);
      untilRetry(client);
    }
    expect(FakeSocket.last).toBeInstanceOf(OtherWay);
    expect(FakeSocket.last.url).toBe('ws://test.invalid/ws');
    FakeSocket.last.welcome();
    expect(client.getConnection()).toMatchObject({ status: 'open', transport: 'polling' });
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
  });

  test('as many attempts as the option says', () => {
    const client = makeBlocked({ fallback: { ...fallback, afterFailures: 1 } });
    fail(client);
    expect(FakeSocket.last).toBeInstanceOf(OtherWay);
  });

  test('a WebSocket that throws, or is never answered, is blocked, too', () => {
    vi.stubGlobal('WebSocket', undefined);
    Reflect.deleteProperty(globalThis, 'WebSocket');
    const client = makeBlocked({
      WebSocket: undefined,
      fallback: { ...fallback, afterFailures: 1 },
    });
    takeFault();
    untilRetry(client);
    expect(FakeSocket.last).toBeInstanceOf(OtherWay);
  });

  test.each([
    [
      'a welcome',
      () => {
        FakeSocket.last.welcome();
      },
    ],
    [
      'a goodbye',
      () => {
        FakeSocket.last.say({ type: 'goodbye', code: 1001, reason: 'full' });
      },
    ],
    [
      'a close code of the protocol',
      () => {
        FakeSocket.last.fail(4401);
      },
    ],
  ])('%s shows that WebSockets are not blocked', (_, answer) => {
    const client = makeBlocked();
    fail(client);
    fail(client);
    answer();
    if (client.getConnection().status === 'open') FakeSocket.last.fail();
    untilRetry(client);
    for (let n = 0; n < 3; n += 1) {
      expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
      fail(client);
    }
    expect(FakeSocket.last).toBeInstanceOf(OtherWay);
  });

  test('an address that cannot be had says nothing of WebSockets', () => {
    let isKnown = false;
    const url = (): string => {
      if (isKnown) return 'ws://test.invalid/ws';
      throw new Error('not loaded yet');
    };
    const client = makeBlocked({ url });
    for (let n = 0; n < 4; n += 1) {
      expect(takeFault()?.code).toBe('connect_failed');
      if (n === 3) isKnown = true;
      untilRetry(client);
    }
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
  });

  test('a refusal is no block', () => {
    const client = makeBlocked({ fallback: { ...fallback, afterFailures: 1 } });
    FakeSocket.last.fail(4503, 'forbidden');
    advance(600_000);
    expect(client.getConnection()).toMatchObject({ status: 'closed', transport: 'websocket' });
    client.retry();
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
  });

  test('a token that cannot be had says nothing of WebSockets', async () => {
    const client = makeBlocked({
      getToken: () => {
        throw new Error('signed out');
      },
      onFault: () => undefined,
    });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(client.getConnection().attempt).toBeGreaterThan(20);
    expect(client.getConnection().transport).toBe('websocket');
  });
});

describe('on the fallback', () => {
  test('a lost connection is made again by it, with back-off', () => {
    const client = onFallback();
    FakeSocket.last.fail();
    expect(client.getConnection().retryAt).toBeGreaterThan(Date.now());
    untilRetry(client);
    expect(FakeSocket.last).toBeInstanceOf(OtherWay);
    expect(FakeSocket.live).toHaveLength(1);
  });

  test('every minute, jittered, one WebSocket is tried, and data stay shown', () => {
    const client = onFallback({ random: () => 0 });
    const before = FakeSocket.all.length;
    const waited = 45_000 - 500; // the back-off before the fallback's attempt is part of it
    advance(waited - 1);
    expect(FakeSocket.all).toHaveLength(before);
    advance(1);
    expect(FakeSocket.live).toEqual([FakeSocket.last]);
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      transport: 'websocket',
    });
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('ok'), isStale: true });
    FakeSocket.last.welcome();
    expect(client.getConnection()).toMatchObject({ status: 'open', transport: 'websocket' });
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
    ]);
    // Blocked again only after three attempts.
    fail(client);
    fail(client);
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
  });

  test('where that fails it is back on the fallback at once, and tries again a minute later', () => {
    const client = onFallback();
    for (let n = 0; n < 3; n += 1) {
      advance(60_000);
      expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
      FakeSocket.last.fail();
      expect(client.getConnection().retryAt).toBe(Date.now());
      advance(0);
      expect(FakeSocket.last).toBeInstanceOf(OtherWay);
      FakeSocket.last.welcome({ heartbeat_seconds: 3_600 });
      expect(client.getConnection()).toMatchObject({ status: 'open', transport: 'polling' });
    }
  });

  test('no time comes before the one that the server asked for', () => {
    const client = onFallback();
    const retry = { min_ms: 120_000, max_ms: 120_000 };
    FakeSocket.last.say({ type: 'goodbye', code: 1001, reason: 'restart', retry });
    const before = FakeSocket.all.length;
    advance(119_999);
    expect(FakeSocket.all).toHaveLength(before);
    advance(1);
    expect(FakeSocket.all).toHaveLength(before + 1);
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
    expect(client.getConnection().transport).toBe('websocket');
  });

  test('a page that sleeps when the time comes tries the WebSocket when it wakes', () => {
    const page = new FakePage();
    const client = onFallback({ page, hiddenMs: 100 });
    page.hide();
    advance(120_000);
    expect(FakeSocket.live).toEqual([]);
    page.show();
    untilRetry(client);
    expect(FakeSocket.live).toEqual([FakeSocket.last]);
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
  });

  test('where the computer sleeps until the time comes, the next attempt is the WebSocket’s', () => {
    const client = onFallback({ fallback: { ...fallback, retryMs: 57_000 } });
    advance(55_200);
    // The time comes before the connection's next look at the clock.
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    advance(300);
    untilRetry(client);
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
    expect(FakeSocket.live).toEqual([FakeSocket.last]);
  });

  test('a refusal is final, and retry() begins with the WebSocket', () => {
    const client = onFallback();
    FakeSocket.last.fail(4503, 'forbidden');
    expect(client.getConnection()).toMatchObject({ status: 'closed', transport: 'polling' });
    expect(vi.getTimerCount()).toBe(0);
    client.retry();
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
  });

  test('who closes on hearing that the WebSocket is tried again has closed', () => {
    const client = onFallback();
    client.onConnection(() => {
      if (client.getConnection().status === 'reconnecting') client.close();
    });
    advance(60_000);
    expect(client.getConnection().status).toBe('idle');
    expect(FakeSocket.live).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('close() leaves no timer, and who connects next begins with the WebSocket', () => {
    const client = onFallback();
    client.close();
    expect(vi.getTimerCount()).toBe(0);
    client.connect();
    expect(FakeSocket.last).not.toBeInstanceOf(OtherWay);
  });
});
