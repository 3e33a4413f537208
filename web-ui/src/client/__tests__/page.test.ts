import { describe, expect, test, vi } from 'vitest';
import type { DashboardClient } from '../client.ts';
import { FakePage } from './fake-page.ts';
import { FakeSocket } from './fake-socket.ts';
import { HEALTH, health, healthSnapshot, makeClient, fakeTime } from './harness.ts';

fakeTime();

const MINUTE = 60_000;

function open(page: FakePage, options = {}): DashboardClient {
  const client = makeClient({ page, ...options });
  client.subscribe(HEALTH);
  FakeSocket.last.welcome({ heartbeat_seconds: 3600 });
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  return client;
}

/** Has the back-off far out, so that only a wake-up reconnects soon. */
function loseFor(times: number, client: DashboardClient): void {
  for (let n = 0; n < times; n += 1) {
    FakeSocket.last.fail();
    if (n < times - 1) client.retry();
  }
}

describe('waking up', () => {
  test.each(['online', 'show', 'pageshow'] as const)(
    '%s reconnects within a jittered second',
    (how) => {
      const page = new FakePage();
      const client = open(page, { random: () => 0.8 });
      loseFor(8, client);
      const before = FakeSocket.all.length;
      page[how]();
      expect(client.getConnection()).toMatchObject({ retryAt: Date.now() + 800 });
      vi.advanceTimersByTime(799);
      expect(FakeSocket.all).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(FakeSocket.all).toHaveLength(before + 1);
    },
  );

  test('an earlier retry stays', () => {
    const page = new FakePage();
    const client = open(page, { wakeWithinMs: 10_000 });
    FakeSocket.last.fail();
    const state = client.getConnection();
    page.online();
    expect(client.getConnection()).toBe(state);
    vi.advanceTimersByTime(750);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('does not come before the time the server asked for', () => {
    const page = new FakePage();
    const client = open(page, { random: () => 0 });
    FakeSocket.last.fail(4008);
    page.online();
    expect(client.getConnection()).toMatchObject({ retryAt: Date.now() + 5_000 });
    vi.advanceTimersByTime(4_999);
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('an open connection is left alone', () => {
    const page = new FakePage();
    const client = open(page);
    const state = client.getConnection();
    page.online();
    page.hide();
    page.show();
    expect(client.getConnection()).toBe(state);
  });

  test('a connection that died while the computer slept is replaced', () => {
    const page = new FakePage();
    const client = open(page);
    FakeSocket.last.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
    // Timers stand still while a computer sleeps, the clock does not.
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    page.show();
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      retryAt: Date.now() + 500,
    });
    vi.advanceTimersByTime(500);
    expect(FakeSocket.live).toHaveLength(1);
  });
});

test('who closes on hearing that the connection died while the computer slept has closed', () => {
  const page = new FakePage();
  const client = open(page);
  client.onConnection(() => {
    if (client.getConnection().status === 'reconnecting') client.close();
  });
  vi.setSystemTime(Date.now() + 2 * 3_600_000);
  page.show();
  expect(client.getConnection()).toMatchObject({ status: 'idle', retryAt: undefined });
  expect(vi.getTimerCount()).toBe(0);
});

describe('a jump of the clock', () => {
  test.each([2 * 3_600_000, -2 * 3_600_000])(
    'is seen within 5 s, though nothing is heard of the page (%i ms)',
    (jump) => {
      const client = makeClient();
      client.connect();
      FakeSocket.last.welcome();
      vi.setSystemTime(Date.now() + jump);
      vi.advanceTimersByTime(5_000);
      expect(client.getConnection()).toMatchObject({
        status: 'reconnecting',
        lastClose: { code: 1006, reason: 'nothing was heard for 35 s' },
      });
      vi.advanceTimersByTime(750);
      FakeSocket.last.welcome();
      expect(FakeSocket.live).toHaveLength(1);
    },
  );
});

test('a clock that was set back while the page slept does not make it wait for what was asked before', () => {
  const page = new FakePage();
  const client = open(page, { random: () => 0.8 });
  FakeSocket.last.fail(4008);
  page.pagehide();
  vi.setSystemTime(Date.now() - 2 * 3_600_000);
  page.pageshow();
  expect(client.getConnection()).toMatchObject({ retryAt: Date.now() + 5_000 });
});

test('a clock that was set back a little does not put off that the back-off begins anew', () => {
  const page = new FakePage();
  const client = open(page);
  FakeSocket.last.fail();
  vi.advanceTimersByTime(750);
  FakeSocket.last.welcome();
  vi.setSystemTime(Date.now() - 20_000);
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  vi.advanceTimersByTime(5_000);
  expect(client.getConnection()).toMatchObject({ status: 'open', attempt: 0 });
});

describe('without a network', () => {
  test('attempts do not come before the time the server asked for', () => {
    const page = new FakePage();
    const client = open(page);
    page.offline();
    const retry = { min_ms: 60_000, max_ms: 90_000 };
    FakeSocket.last.say({ type: 'goodbye', code: 1001, reason: 'restart', retry });
    expect(client.getConnection().retryAt).toBe(Date.now() + 75_000);
  });

  test('attempts are as rare as they get, and there is one as soon as it is back', () => {
    const page = new FakePage();
    const client = open(page);
    page.offline();
    FakeSocket.last.fail();
    expect(client.getConnection().retryAt).toBe(Date.now() + 20_000);
    vi.advanceTimersByTime(5_000);
    page.online();
    expect(client.getConnection().retryAt).toBe(Date.now() + 500);
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcome();
    expect(client.getConnection().status).toBe('open');
  });

  test('a server on this computer is found all the same', () => {
    const page = new FakePage();
    page.offline();
    const client = open(page);
    expect(client.getConnection().status).toBe('open');
  });
});

describe('the back/forward cache', () => {
  test('a page that goes there holds no socket, and connects when it comes back', () => {
    const page = new FakePage();
    const client = open(page);
    page.pagehide();
    expect(FakeSocket.live).toEqual([]);
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', retryAt: undefined });
    const state = client.getConnection();
    page.pagehide();
    page.online();
    expect(client.getConnection()).toBe(state);
    page.pageshow();
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
    ]);
  });

  test('a page whose connection died while the computer slept waits for its return, too', () => {
    const page = new FakePage();
    const client = open(page);
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    page.pagehide();
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', retryAt: undefined });
    vi.advanceTimersByTime(10 * MINUTE);
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('a page that was waiting to retry waits for its return', () => {
    const page = new FakePage();
    open(page);
    FakeSocket.last.fail();
    page.pagehide();
    vi.advanceTimersByTime(10 * MINUTE);
    expect(FakeSocket.all).toHaveLength(1);
  });
});

test('the page is the one that the client runs in', () => {
  const page = new FakePage();
  vi.stubGlobal('window', page.window);
  vi.stubGlobal('document', page.document);
  const client = makeClient({ page: undefined });
  client.connect();
  page.pagehide();
  expect(client.getConnection()).toMatchObject({ status: 'reconnecting', retryAt: undefined });
  client.close();
});

describe('falling asleep', () => {
  test('5 min hidden: disconnects, keeps the data as stale, and stays away', () => {
    const page = new FakePage();
    const client = open(page);
    page.hide();
    vi.advanceTimersByTime(5 * MINUTE - 1);
    expect(client.getConnection().status).toBe('open');
    vi.advanceTimersByTime(1);
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', retryAt: undefined });
    expect(client.getTopic(HEALTH)).toMatchObject({ data: health('ok'), isStale: true });
    page.online();
    vi.advanceTimersByTime(60 * MINUTE);
    expect(FakeSocket.all).toHaveLength(1);
    page.show();
    vi.advanceTimersByTime(500);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
    ]);
  });

  test('hidden for less: nothing happens', () => {
    const page = new FakePage();
    const client = open(page);
    page.hide();
    vi.advanceTimersByTime(4 * MINUTE);
    page.show();
    vi.advanceTimersByTime(4 * MINUTE);
    expect(client.getConnection().status).toBe('open');
  });

  test('hidden for less: a lost connection is made again', () => {
    const page = new FakePage();
    open(page);
    page.hide();
    FakeSocket.last.fail();
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('hidden while it waits to retry: the retry is called off', () => {
    const page = new FakePage();
    open(page, { hiddenMs: 100 });
    FakeSocket.last.fail();
    page.hide();
    vi.advanceTimersByTime(10 * MINUTE);
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('a page that is hidden from the start falls asleep, too', () => {
    const page = new FakePage();
    page.document.visibilityState = 'hidden';
    const client = open(page);
    vi.advanceTimersByTime(5 * MINUTE);
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', retryAt: undefined });
  });

  test('a retry() meanwhile lasts no longer than 5 min either, nor into the back/forward cache', () => {
    const page = new FakePage();
    const client = open(page);
    page.hide();
    vi.advanceTimersByTime(5 * MINUTE);
    for (const aside of [
      () => vi.advanceTimersByTime(5 * MINUTE),
      () => {
        page.pagehide();
      },
    ]) {
      client.retry();
      FakeSocket.last.welcome({ heartbeat_seconds: 3600 });
      expect(FakeSocket.live).toHaveLength(1);
      aside();
      expect(FakeSocket.live).toEqual([]);
    }
  });

  test('after close() the page is not listened to', () => {
    const page = new FakePage();
    const client = open(page);
    client.close();
    page.hide();
    vi.advanceTimersByTime(10 * MINUTE);
    page.show();
    page.online();
    vi.advanceTimersByTime(10 * MINUTE);
    expect(client.getConnection().status).toBe('idle');
    expect(FakeSocket.all).toHaveLength(1);
  });
});
