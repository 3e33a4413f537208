import { describe, expect, test, vi } from 'vitest';
import type { DashboardClient } from '../client.ts';
import type { DashboardClientOptions } from '../options.ts';
import { FakeSocket } from './fake-socket.ts';
import { faults, fakeTime, HEALTH, makeClient, takeFault } from './harness.ts';

fakeTime();

/** Lets the time pass, and everything that was promised until then come. */
const advance = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

interface Asked {
  readonly resolve: (token: string) => void;
  readonly reject: (reason: unknown) => void;
}

/** Tokens that arrive when the test says so. */
class Tokens {
  readonly asked: Asked[] = [];
  readonly get = (): Promise<string> =>
    new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
    });
}

/** A client with an open connection, whose tokens are `t1`, `t2`, ... */
async function openClient(options: DashboardClientOptions = {}): Promise<DashboardClient> {
  let made = 0;
  const client = makeClient({ getToken: () => `t${String((made += 1))}`, ...options });
  client.connect();
  await advance(0);
  FakeSocket.last.welcome();
  return client;
}

describe('connecting with a token', () => {
  test('it is the first message, before anything else', async () => {
    const client = makeClient({ getToken: () => Promise.resolve('secret') });
    client.subscribe(HEALTH);
    expect(FakeSocket.all).toEqual([]);
    expect(client.getConnection().status).toBe('connecting');
    await advance(0);
    FakeSocket.last.welcome();
    expect(FakeSocket.last.requests).toEqual([
      { type: 'authenticate', token: 'secret' },
      { type: 'subscribe', topics: [HEALTH] },
    ]);
  });

  test.each([
    ['4401', 4401],
    ['a broken connection', 1006],
  ])('after %s a fresh one is sent, with back-off', async (_, code) => {
    const client = await openClient();
    FakeSocket.last.fail(code, 'token expired');
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      retryAt: Date.now() + 750,
    });
    await advance(750);
    FakeSocket.last.accept();
    expect(FakeSocket.all).toHaveLength(2);
    expect(FakeSocket.last.requests).toEqual([{ type: 'authenticate', token: 't2' }]);
  });

  test('after 4503 none is asked for', async () => {
    const client = await openClient();
    FakeSocket.last.fail(4503, 'forbidden');
    await advance(60_000);
    expect(client.getConnection().status).toBe('closed');
    expect(FakeSocket.all).toHaveLength(1);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('signed out');
      },
    ],
    ['rejects', () => Promise.reject(new Error('signed out'))],
  ])('one that %s is a failed attempt: told, and tried again', async (_, fail) => {
    const getToken = vi.fn<() => string | Promise<string>>(fail);
    const client = makeClient({ getToken });
    client.connect();
    await advance(0);
    expect(takeFault()).toMatchObject({ code: 'token_failed', cause: new Error('signed out') });
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', attempt: 1 });
    for (let n = 0; n < 20; n += 1) await advance(21_000);
    expect(faults.mock.calls.length).toBeGreaterThan(15);
    faults.mockReset();
    getToken.mockReturnValue('secret');
    while (FakeSocket.all.length === 0) await advance(1_000);
    FakeSocket.last.welcome();
    expect(client.getConnection().status).toBe('open');
  });

  test('a url that cannot be had once the token is there is a failed attempt, too', async () => {
    const thrown = new Error('no ticket');
    const url = vi.fn(() => {
      throw thrown;
    });
    const client = makeClient({ getToken: () => 'secret', url });
    client.connect();
    expect(url).not.toHaveBeenCalled();
    await advance(0);
    expect(takeFault()).toMatchObject({ code: 'connect_failed', cause: thrown });
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      lastClose: { code: 1006, reason: 'no connection could be begun: no ticket' },
    });
  });

  test('one that does not come within 10 s is given up', async () => {
    const tokens = new Tokens();
    const client = makeClient({ getToken: tokens.get });
    client.connect();
    await advance(10_000);
    expect(client.getConnection()).toMatchObject({ status: 'reconnecting', attempt: 1 });
    await advance(750);
    tokens.asked[0]?.resolve('late');
    await advance(0);
    expect(FakeSocket.all).toEqual([]);
    tokens.asked[1]?.resolve('in time');
    await advance(0);
    FakeSocket.last.accept();
    expect(FakeSocket.all).toHaveLength(1);
    expect(FakeSocket.last.requests).toEqual([{ type: 'authenticate', token: 'in time' }]);
  });

  test.each(['resolve', 'reject'] as const)(
    'one that comes after close() does nothing (%s)',
    async (how) => {
      const tokens = new Tokens();
      const client = makeClient({ getToken: tokens.get });
      client.connect();
      await advance(0);
      client.close();
      expect(vi.getTimerCount()).toBe(0);
      tokens.asked[0]?.[how]('late');
      await advance(0);
      expect(FakeSocket.all).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});

test('a socket that was given up sends no token, whatever opens', async () => {
  const client = makeClient({ getToken: () => 'secret' });
  client.connect();
  await advance(0);
  client.close();
  FakeSocket.last.accept();
  expect(FakeSocket.last.sent).toEqual([]);
  FakeSocket.last.close();
});

describe('refreshing the token', () => {
  test('sends a fresh one on the open connection, and resolves with its welcome', async () => {
    const client = await openClient();
    const state = client.getConnection();
    let settled = 0;
    void client.refreshToken().then(() => (settled += 1));
    void client.refreshToken().then(() => (settled += 1));
    await advance(0);
    expect(FakeSocket.last.requests.slice(1)).toEqual([
      { type: 'authenticate', token: 't2' },
      { type: 'authenticate', token: 't3' },
    ]);
    FakeSocket.last.welcome();
    await advance(0);
    expect(settled).toBe(1);
    FakeSocket.last.welcome();
    await advance(0);
    expect(settled).toBe(2);
    expect(client.getConnection()).toBe(state);
  });

  test('a welcome that answers nothing is none of anybody', async () => {
    const client = await openClient();
    FakeSocket.last.welcome();
    expect(client.getConnection().status).toBe('open');
  });

  test('one that the server does not take rejects, and answers no other', async () => {
    const client = await openClient();
    const refused = client.refreshToken();
    const taken = client.refreshToken();
    void refused.catch(() => undefined);
    await advance(0);
    const { request_id } = FakeSocket.last.sent[1] ?? {};
    FakeSocket.last.say({
      type: 'error',
      code: 'forbidden',
      message: 'no',
      request_id: request_id!,
    });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    FakeSocket.last.welcome();
    await taken;
  });

  test('one that cannot be had rejects, and the connection stays', async () => {
    let isOut = false;
    const client = await openClient({
      getToken: () => {
        if (isOut) throw new Error('signed out');
        return 'secret';
      },
    });
    isOut = true;
    await expect(client.refreshToken()).rejects.toMatchObject({ code: 'token_failed' });
    expect(client.getConnection().status).toBe('open');
  });

  test('no answer within 10 s rejects', async () => {
    const client = await openClient();
    const answer = client.refreshToken();
    const outcome = expect(answer).rejects.toMatchObject({ code: 'timeout' });
    await advance(10_000);
    await outcome;
  });

  test('one that comes for a connection that is lost is not sent on the next', async () => {
    const tokens = new Tokens();
    const client = makeClient({ getToken: tokens.get });
    client.connect();
    await advance(0);
    tokens.asked[0]?.resolve('first');
    await advance(0);
    FakeSocket.last.welcome();
    const outcome = expect(client.refreshToken()).rejects.toMatchObject({ code: 'disconnected' });
    FakeSocket.last.fail();
    await outcome;
    await advance(750);
    tokens.asked[2]?.resolve('third');
    await advance(0);
    FakeSocket.last.welcome();
    tokens.asked[1]?.resolve('second');
    await advance(0);
    expect(FakeSocket.last.requests).toEqual([{ type: 'authenticate', token: 'third' }]);
  });

  test('without a connection, or without tokens, it rejects', async () => {
    await expect(makeClient({ getToken: () => 'secret' }).refreshToken()).rejects.toMatchObject({
      code: 'not_connected',
    });
    const client = makeClient();
    client.connect();
    FakeSocket.last.welcome();
    await expect(client.refreshToken()).rejects.toMatchObject({ code: 'token_failed' });
  });
});
