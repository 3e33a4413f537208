import { describe, expect, test, vi } from 'vitest';
import { SUBPROTOCOL } from '../../messages/protocol.ts';
import type { DashboardClient } from '../client.ts';
import type { SocketConstructor } from '../../mirror/socket.ts';
import { FakeSocket } from './fake-socket.ts';
import {
  advance,
  fakeTime,
  faults,
  HEALTH,
  health,
  healthSnapshot,
  liveClient,
  makeClient,
  takeFault,
  untilRetry,
} from './harness.ts';

fakeTime();

describe('coming up', () => {
  test('nothing happens before somebody wants something', () => {
    const client = makeClient();
    advance(60_000);
    expect(FakeSocket.all).toEqual([]);
    expect(client.getConnection()).toEqual({
      status: 'idle',
      attempt: 0,
      retryAt: undefined,
      hasConnected: false,
      lastClose: undefined,
      updateAvailable: false,
      transport: 'websocket',
    });
  });

  test('connecting, then open with the welcome, not with the socket', () => {
    const client = makeClient();
    client.connect();
    expect(FakeSocket.last.url).toBe('ws://test.invalid/ws');
    expect(FakeSocket.last.protocol).toBe(SUBPROTOCOL);
    expect(SUBPROTOCOL).toBe('groove.dashboard.v1');
    expect(client.getConnection().status).toBe('connecting');
    FakeSocket.last.accept();
    expect(client.getConnection().status).toBe('connecting');
    FakeSocket.last.welcome();
    expect(client.getConnection()).toMatchObject({ status: 'open', hasConnected: true });
  });

  test('what comes before the welcome is not listened to', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.accept();
    FakeSocket.last.say({ type: 'error', code: 'internal', message: 'too early' });
    expect(client.getConnection().status).toBe('connecting');
  });

  test('however many connect, there is one socket', () => {
    const client = makeClient();
    client.connect();
    client.connect();
    client.subscribe(HEALTH);
    FakeSocket.last.welcome();
    client.connect();
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('the url is asked for anew each time', () => {
    const url = vi.fn(() => 'ws://elsewhere.invalid/');
    makeClient({ url }).connect();
    FakeSocket.last.fail();
    advance(750);
    expect(FakeSocket.last.url).toBe('ws://elsewhere.invalid/');
    expect(url).toHaveBeenCalledTimes(2);
  });

  test('no socket to be had is said at once', () => {
    vi.stubGlobal('WebSocket', undefined);
    Reflect.deleteProperty(globalThis, 'WebSocket');
    makeClient({ WebSocket: undefined as never }).connect();
    const fault = takeFault();
    expect(fault?.code).toBe('connect_failed');
    expect(fault?.message).toContain('pass one as the option WebSocket');
  });

  test('a url that cannot be had is a failed attempt: told, and tried again with back-off', () => {
    const thrown = new Error('no ticket');
    let isBroken = true;
    const url = (): string => {
      if (isBroken) throw thrown;
      return 'ws://test.invalid/ws';
    };
    const client = makeClient({ url });
    client.subscribe(HEALTH);
    expect(takeFault()).toMatchObject({ code: 'connect_failed', cause: thrown });
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      retryAt: Date.now() + 750,
      lastClose: { code: 1006, reason: 'no connection could be begun: no ticket' },
    });
    untilRetry(client);
    takeFault();
    expect(client.getConnection()).toMatchObject({ attempt: 2, retryAt: Date.now() + 1_000 });
    isBroken = false;
    untilRetry(client);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
  });

  test('a WebSocket that throws while it is made is a failed attempt, too, and leaves nothing behind', () => {
    const client = makeClient({
      url: 'no url',
      WebSocket: function () {
        throw new SyntaxError('invalid URL');
      } as unknown as SocketConstructor,
    });
    const off = client.subscribe(HEALTH);
    expect(takeFault()).toMatchObject({ code: 'connect_failed' });
    off();
    advance(4_000);
    expect(faults).toHaveBeenCalledTimes(3);
    faults.mockReset();
    advance(1_000);
    expect(client.getConnection().status).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the WebSocket is the global one, looked up as late as it is needed', () => {
    const client = makeClient({ WebSocket: undefined });
    vi.stubGlobal('WebSocket', FakeSocket);
    client.connect();
    FakeSocket.last.welcome();
    expect(client.getConnection().status).toBe('open');
  });

  test('what is thrown need not be an error', () => {
    const client = makeClient({
      url: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- an application may
        throw 'no ticket';
      },
    });
    client.connect();
    expect(takeFault()).toMatchObject({ message: 'no connection could be begun: no ticket' });
  });

  test('without a url it is the server that the page came from', () => {
    vi.stubGlobal('location', { origin: 'https://groove.invalid:8443' });
    makeClient({ url: undefined }).connect();
    expect(FakeSocket.last.url).toBe('wss://groove.invalid:8443/ws/groove/dashboard');
  });

  test('who closes on hearing of such a fault has closed', () => {
    const heard: string[] = [];
    const client = makeClient({
      url: () => {
        throw new Error('no ticket');
      },
      onFault: ({ code }) => {
        heard.push(code);
        client.close();
      },
    });
    client.connect();
    expect(heard).toEqual(['connect_failed']);
    expect(client.getConnection().status).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('who closes on hearing that it connects has closed, and who begins anew has one socket', () => {
    const client = makeClient();
    const off = client.onConnection(() => {
      if (client.getConnection().status === 'connecting') client.close();
    });
    client.connect();
    expect(client.getConnection().status).toBe('idle');
    expect(FakeSocket.all).toEqual([]);
    off();
    const offAgain = client.onConnection(() => {
      offAgain();
      client.close();
      client.connect();
    });
    client.connect();
    expect(client.getConnection().status).toBe('connecting');
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('the listener hears of each state once', () => {
    const client = makeClient();
    const seen: string[] = [];
    const off = client.onConnection(() => seen.push(client.getConnection().status));
    client.connect();
    FakeSocket.last.welcome();
    FakeSocket.last.fail();
    advance(750);
    FakeSocket.last.welcome();
    off();
    off();
    FakeSocket.last.fail();
    expect(seen).toEqual(['connecting', 'open', 'reconnecting', 'reconnecting', 'open']);
  });

  test('the state is the same object until it changes', () => {
    const client = liveClient();
    const state = client.getConnection();
    FakeSocket.last.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
    expect(client.getConnection()).toBe(state);
  });
});

describe('letting go', () => {
  test('the connection outlives the last user by 5 s', () => {
    const client = makeClient();
    const release = client.connect();
    FakeSocket.last.welcome();
    release();
    release();
    advance(4_999);
    expect(client.getConnection().status).toBe('open');
    advance(1);
    expect(client.getConnection().status).toBe('idle');
    expect(FakeSocket.live).toEqual([]);
  });

  test('who comes back in time finds it open', () => {
    const client = makeClient();
    client.connect()();
    FakeSocket.last.welcome();
    advance(3_000);
    client.connect();
    advance(60_000 - 35_000);
    expect(client.getConnection().status).toBe('open');
    expect(FakeSocket.all).toHaveLength(1);
  });

  test('close() ends everything at once, and connect() begins anew', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.fail();
    client.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(client.getConnection()).toMatchObject({ status: 'idle', attempt: 0 });
    client.connect();
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.welcome();
    expect(client.getConnection().status).toBe('open');
  });

  test('who leaves after close() leaves nothing behind', () => {
    const client = makeClient();
    const leave = client.subscribe(HEALTH);
    client.close();
    leave();
    expect(vi.getTimerCount()).toBe(0);
    expect(client.getTopic(HEALTH).status).toBe('idle');
  });

  test('what the network still delivers of an old socket reaches nobody', () => {
    const client = liveClient();
    const old = FakeSocket.last;
    old.say({ type: 'goodbye', code: 1001, reason: 'restart' });
    untilRetry(client);
    FakeSocket.last.welcome();
    const state = client.getConnection();
    old.accept();
    old.say(healthSnapshot('v2', health('error')));
    old.fail(4503);
    expect(client.getConnection()).toBe(state);
    expect(client.getTopic(HEALTH).data).toEqual(health('ok'));
  });
});

describe('back-off', () => {
  /** Fails each attempt at once; the delays until the next one, in ms. */
  function delays(client: DashboardClient, count: number): number[] {
    return Array.from({ length: count }, () => {
      FakeSocket.last.fail();
      const { retryAt } = client.getConnection();
      const delay = (retryAt ?? 0) - Date.now();
      const before = FakeSocket.all.length;
      advance(delay - 1);
      expect(FakeSocket.all).toHaveLength(before);
      advance(1);
      expect(FakeSocket.all).toHaveLength(before + 1);
      return delay;
    });
  }

  test('min + random(0, min(max, min * 2^n))', () => {
    const client = makeClient({ random: () => 0.5 });
    client.connect();
    expect(delays(client, 8)).toEqual([750, 1000, 1500, 2500, 4500, 8500, 10_500, 10_500]);
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', attempt: 8 });
  });

  test('the bounds are those of the option until the server states its own', () => {
    const client = makeClient({ random: () => 0.5, retry: { min_ms: 100, max_ms: 150 } });
    client.connect();
    expect(delays(client, 3)).toEqual([150, 175, 175]);
    FakeSocket.last.welcome({ retry: { min_ms: 1000, max_ms: 2000 } });
    expect(delays(client, 2)).toEqual([2000, 2000]);
  });

  test('a server that only accepts, or only says welcome, is not taken for a healthy one', () => {
    const client = makeClient();
    client.subscribe(HEALTH);
    for (let n = 0; n < 4; n += 1) {
      FakeSocket.last.welcome();
      advance(10_000);
      FakeSocket.last.fail();
      untilRetry(client);
    }
    expect(client.getConnection().attempt).toBe(4);
  });

  test('live data that do not last do not reset it', () => {
    const client = liveClient();
    for (let n = 0; n < 3; n += 1) {
      FakeSocket.last.fail();
      untilRetry(client);
      FakeSocket.last.welcome();
      FakeSocket.last.say(healthSnapshot('v1', health('ok')));
      advance(4_999);
    }
    expect(client.getConnection().attempt).toBe(3);
    advance(1);
    expect(client.getConnection()).toMatchObject({ status: 'open', attempt: 0 });
  });

  test('one timer waits for that, however much data come', () => {
    const client = liveClient();
    FakeSocket.last.fail();
    untilRetry(client);
    const before = vi.getTimerCount();
    FakeSocket.last.welcome();
    for (const version of ['v1', 'v2', 'v3']) {
      FakeSocket.last.say(healthSnapshot(version, health('ok', version)));
    }
    expect(vi.getTimerCount()).toBe(before + 1);
  });

  test('a connection that ends while a message of it is told is made again, with back-off', () => {
    const client = makeClient({
      onFault: () => {
        FakeSocket.last.fail();
      },
    });
    client.connect();
    FakeSocket.last.welcome();
    FakeSocket.last.say({ type: 'error', code: 'internal', message: 'bad' });
    expect(client.getConnection()).toMatchObject({ attempt: 1, retryAt: Date.now() + 750 });
    untilRetry(client);
    FakeSocket.last.welcome();
    expect(client.getConnection().status).toBe('open');
  });

  test('data that were live and are not when 5 s are over do not reset it; live again, they do', () => {
    const client = liveClient();
    FakeSocket.last.fail();
    untilRetry(client);
    FakeSocket.last.welcome();
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v1' });
    advance(1_000);
    FakeSocket.last.say({ type: 'error', code: 'unavailable', message: 'away', topic: HEALTH });
    advance(9_000);
    expect(client.getConnection().attempt).toBe(1);
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v1' });
    advance(0);
    expect(client.getConnection().attempt).toBe(0);
  });

  test('data that come late reset it at once', () => {
    const client = liveClient();
    FakeSocket.last.fail();
    advance(750);
    FakeSocket.last.welcome();
    advance(8_000);
    expect(client.getConnection().attempt).toBe(1);
    FakeSocket.last.say(healthSnapshot('v1', health('ok')));
    advance(0);
    expect(client.getConnection().attempt).toBe(0);
  });

  test('with nothing wanted a lasting welcome is enough', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.fail();
    advance(750);
    FakeSocket.last.welcome();
    advance(5_000);
    expect(client.getConnection().attempt).toBe(0);
  });

  test('retry() tries at once', () => {
    const client = makeClient();
    client.retry();
    expect(FakeSocket.all).toEqual([]);
    client.connect();
    FakeSocket.last.fail();
    client.retry();
    expect(FakeSocket.all).toHaveLength(2);
    client.retry();
    expect(FakeSocket.all).toHaveLength(2);
    FakeSocket.last.welcome();
    client.retry();
    expect(FakeSocket.all).toHaveLength(2);
  });
});

describe('silence', () => {
  test('no handshake within 10 s', () => {
    const client = makeClient();
    client.connect();
    advance(9_999);
    expect(client.getConnection().status).toBe('connecting');
    advance(1);
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      lastClose: { code: 1006, reason: 'nothing was heard for 10 s' },
    });
    expect(FakeSocket.live).toEqual([]);
  });

  test('a socket but no welcome within 10 s', () => {
    const client = makeClient();
    client.connect();
    advance(5_000);
    FakeSocket.last.accept();
    advance(9_999);
    expect(client.getConnection().status).toBe('connecting');
    advance(1);
    expect(client.getConnection().status).toBe('reconnecting');
  });

  test('no frame for heartbeat_seconds + 10 s', () => {
    const client = makeClient();
    client.connect();
    FakeSocket.last.welcome({ heartbeat_seconds: 3 });
    for (let n = 0; n < 5; n += 1) {
      advance(12_999);
      FakeSocket.last.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
    }
    expect(client.getConnection().status).toBe('open');
    advance(12_999);
    expect(client.getConnection().status).toBe('open');
    advance(1);
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      lastClose: { code: 1006, reason: 'nothing was heard for 13 s' },
    });
    expect(FakeSocket.live).toEqual([]);
  });
});
