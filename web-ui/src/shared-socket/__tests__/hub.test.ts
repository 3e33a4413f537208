import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asked, said } from '../../../tools/wire.ts';
import { WELCOME } from '../../client/__tests__/fake-socket.ts';
import { HEALTH, health, healthSnapshot, OVERVIEW } from '../../client/__tests__/harness.ts';
import type {
  BatchedMessage,
  DashboardMessage,
  DashboardRequest,
  RequestId,
} from '../../client/index.ts';
import { Hub } from '../hub.ts';
import { keyNo, stateOf, topicNo } from './model-server.ts';

const fail = vi.fn<(reason: string) => void>();
let sent: DashboardRequest[];
let heard: Record<string, DashboardMessage[]>;
let hub: Hub;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T08:30:00Z') });
  fail.mockReset();
  sent = [];
  heard = { a: [], b: [], c: [] };
  hub = new Hub({
    leader: 'a',
    send: (text) => sent.push(asked(text)),
    deliver: (to, text) => {
      for (const id of to) heard[id]!.push(said(text));
    },
    fail,
  });
  for (const id of ['a', 'b', 'c']) hub.join(id);
});

afterEach(() => {
  hub.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function say(message: DashboardMessage): void {
  said(JSON.stringify(message));
  hub.receive(JSON.stringify(message));
}

function ask(id: string, request: DashboardRequest): void {
  hub.ask(id, JSON.stringify(request));
}

/** What a member has heard since this was asked last. */
function hears(id: string): DashboardMessage[] {
  return heard[id]!.splice(0);
}

function lastId(): RequestId {
  return sent.at(-1)?.request_id ?? 'none';
}

function welcome(limits: Partial<typeof WELCOME.limits> = {}): void {
  say({ ...WELCOME, limits: { ...WELCOME.limits, ...limits } });
  for (const id of ['a', 'b', 'c']) hears(id);
}

/** `a` has `health` in version v1. */
function shareHealth(): void {
  welcome();
  ask('a', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
  say({ type: 'subscribed', topics: [HEALTH], request_id: lastId() });
  say(healthSnapshot('v1', health('ok')));
  hears('a');
}

const update = (base: string, version: string): BatchedMessage => ({
  type: 'update',
  topic: HEALTH,
  base,
  version,
  patch: [{ op: 'replace', path: '/overall_status', value: 'degraded' }],
});

describe('welcome', () => {
  test('reaches all, and whoever comes later with the time that it is then', () => {
    say(WELCOME);
    for (const id of ['a', 'b', 'c']) expect(hears(id)).toEqual([WELCOME]);
    vi.advanceTimersByTime(90_000);
    heard['d'] = [];
    hub.join('d');
    expect(hears('d')).toEqual([{ ...WELCOME, server_time: '2026-03-01T08:31:30.000Z' }]);
  });

  test('what is asked before it is asked after it', () => {
    ask('b', { type: 'ping', request_id: 'p' });
    expect(sent).toEqual([]);
    say(WELCOME);
    expect(sent).toEqual([{ type: 'ping', request_id: '1' }]);
  });
});

describe('tokens', () => {
  test("only the leader's opens the connection", () => {
    ask('b', { type: 'authenticate', token: 'of b' });
    ask('a', { type: 'authenticate', token: 'of a' });
    say(WELCOME);
    ask('c', { type: 'authenticate', token: 'of c' });
    expect(sent).toEqual([{ type: 'authenticate', token: 'of a' }]);
    for (const id of ['a', 'b', 'c']) expect(hears(id)).toEqual([WELCOME]);
  });

  test('a renewed one goes through, and its welcome to who renewed it', () => {
    ask('b', { type: 'authenticate', token: 'first' });
    welcome();
    ask('b', { type: 'authenticate', token: 'second', request_id: '7' });
    expect(sent).toEqual([{ type: 'authenticate', token: 'second', request_id: '1' }]);
    say({ ...WELCOME, roles: ['viewer'], request_id: '1' });
    expect(hears('b')).toEqual([{ ...WELCOME, roles: ['viewer'], request_id: '7' }]);
    expect(hears('a')).toEqual([]);
    heard['d'] = [];
    hub.join('d');
    expect(hears('d')).toMatchObject([{ type: 'welcome', roles: ['viewer'] }]);
  });

  test('one that is refused is told to who renewed it', () => {
    ask('b', { type: 'authenticate', token: 'first' });
    welcome();
    ask('b', { type: 'authenticate', token: 'bad', request_id: '7' });
    const error = { type: 'error', code: 'forbidden', message: 'no' } as const;
    say({ ...error, request_id: '1' });
    expect(hears('b')).toEqual([{ ...error, request_id: '7' }]);
    expect(hears('c')).toEqual([]);
  });
});

describe('requests', () => {
  test('equal ids of different members are told apart', () => {
    welcome();
    const id = '0190a7c4-0000-7000-8000-000000000001';
    ask('a', { type: 'enable_learning', id, request_id: '1' });
    ask('b', { type: 'disable_learning', id, request_id: '1' });
    expect(sent.map(({ request_id }) => request_id)).toEqual(['1', '2']);
    say({ type: 'action_result', action: 'disable_learning', id, request_id: '2' });
    say({ type: 'error', code: 'not_found', message: 'no', request_id: '1' });
    expect(hears('b')).toEqual([
      { type: 'action_result', action: 'disable_learning', id, request_id: '1' },
    ]);
    expect(hears('a')).toEqual([
      { type: 'error', code: 'not_found', message: 'no', request_id: '1' },
    ]);
  });

  test('one without an id is answered without one', () => {
    welcome();
    ask('b', { type: 'ping' });
    say({ type: 'pong', request_id: '1' });
    expect(hears('b')).toEqual([{ type: 'pong' }]);
  });

  test('the answer to a member that has gone is for nobody, and one of a stranger is not asked', () => {
    welcome();
    ask('b', { type: 'ping', request_id: 'p' });
    hub.leave('b');
    say({ type: 'pong', request_id: '1' });
    ask('b', { type: 'ping', request_id: 'q' });
    expect(sent).toHaveLength(1);
    expect(heard['b']).toEqual([]);
  });

  test('more than the server would take are refused, with when to come again', () => {
    welcome({ messages_per_second: 10, message_burst: 4 });
    for (let n = 0; n < 5; n += 1) ask('b', { type: 'ping', request_id: String(n) });
    expect(sent).toHaveLength(3); // one is kept for the hub
    const refused = hears('b');
    expect(refused).toEqual([
      expect.objectContaining({ code: 'rate_limited', request_id: '3', retry_after_ms: 100 }),
      expect.objectContaining({ code: 'rate_limited', request_id: '4', retry_after_ms: 100 }),
    ]);
    vi.advanceTimersByTime(100);
    ask('b', { type: 'ping', request_id: '5' });
    expect(sent).toHaveLength(4);
  });

  test('a server that answers none is not asked without end', () => {
    welcome({ messages_per_second: 10_000, message_burst: 10_000 });
    for (let n = 0; n < 300; n += 1) ask('b', { type: 'ping', request_id: String(n) });
    expect(sent).toHaveLength(256);
    expect(hears('b')).toHaveLength(44);
  });

  test('a member may have 64 that wait', () => {
    for (let n = 0; n < 66; n += 1) ask('b', { type: 'ping', request_id: String(n) });
    expect(hears('b').map((one) => 'request_id' in one && one.request_id)).toEqual(['64', '65']);
  });
});

describe('topics', () => {
  test('the server is asked once, and who comes later is given what is there', () => {
    shareHealth();
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(sent).toHaveLength(1);
    expect(hears('b')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '1' },
      healthSnapshot('v1', health('ok')),
    ]);
    say(update('v1', 'v2'));
    for (const id of ['a', 'b']) expect(hears(id)).toEqual([update('v1', 'v2')]);
    ask('c', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v2' }],
      request_id: '5',
    });
    expect(hears('c')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '5' },
      { type: 'current', topic: HEALTH, version: 'v2' },
    ]);
    ask('b', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'old' }],
      request_id: '2',
    });
    expect(hears('b').at(-1)).toEqual(
      healthSnapshot('v2', { ...health('ok'), overall_status: 'degraded' }),
    );
    expect(sent).toHaveLength(1);
  });

  test('of a topic that was resumed, a whole state is asked for once, when somebody needs it', () => {
    welcome();
    ask('a', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v1' }],
      request_id: '1',
    });
    ask('b', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v1' }],
      request_id: '1',
    });
    say({ type: 'subscribed', topics: [HEALTH], request_id: '1' });
    ask('c', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(sent.at(-1)).toEqual({ type: 'subscribe', topics: [HEALTH], request_id: '2' });
    say({ type: 'subscribed', topics: [HEALTH], request_id: '2' });
    for (const id of ['a', 'b', 'c']) expect(hears(id)).toHaveLength(1);
    say(update('v1', 'v2'));
    expect(hears('c')).toEqual([]); // nothing to apply it to
    for (const id of ['a', 'b']) expect(hears(id)).toEqual([update('v1', 'v2')]);
    say(healthSnapshot('v2', health('degraded')));
    expect(hears('c')).toEqual([healthSnapshot('v2', health('degraded'))]);
    for (const id of ['a', 'b']) expect(hears(id)).toEqual([]); // they have it
    expect(sent).toHaveLength(2);
  });

  test('while a whole state is asked for, who comes waits for it, whatever he holds', () => {
    welcome();
    const held = { topic: HEALTH, version: 'v1' };
    ask('a', { type: 'resume', subscriptions: [held], request_id: '1' });
    say({ type: 'subscribed', topics: [HEALTH], request_id: '1' });
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    ask('c', { type: 'resume', subscriptions: [held], request_id: '1' });
    expect(hears('c')).toEqual([{ type: 'subscribed', topics: [HEALTH], request_id: '1' }]);
    say(healthSnapshot('v1', health('ok')));
    for (const id of ['a', 'b', 'c']) {
      expect(hears(id).at(-1)).toEqual(healthSnapshot('v1', health('ok')));
    }
  });

  test('a whole state that comes unasked reaches all', () => {
    shareHealth();
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    hears('b');
    const slow = { ...healthSnapshot('v5', health('error')), reason: 'slow' } as const;
    say(slow);
    for (const id of ['a', 'b']) expect(hears(id)).toEqual([slow]);
    say(slow);
    for (const id of ['a', 'b']) expect(hears(id)).toEqual([]); // they have it
  });

  test('a state that does not follow from the one before is given to nobody who comes later', () => {
    shareHealth();
    say(update('v7', 'v8'));
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(hears('b')).toEqual([{ type: 'subscribed', topics: [HEALTH], request_id: '1' }]);
    expect(sent.at(-1)).toMatchObject({ type: 'subscribe', topics: [HEALTH] });
  });

  test('what a member has asked is answered in the order in which it asked', () => {
    shareHealth();
    ask('b', { type: 'subscribe', topics: [OVERVIEW], request_id: '1' });
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '2' });
    ask('b', { type: 'unsubscribe', topics: [HEALTH], request_id: '3' });
    expect(hears('b')).toEqual([]);
    say({ type: 'subscribed', topics: [OVERVIEW], request_id: lastId() });
    expect(hears('b').map(({ type }) => type)).toEqual([
      'subscribed',
      'subscribed',
      'snapshot',
      'unsubscribed',
    ]);
  });

  test('a batch is split: each gets what concerns it, in one batch where that is several', () => {
    welcome();
    const [one, two] = [topicNo(1), topicNo(2)];
    ask('a', { type: 'subscribe', topics: [one, two], request_id: '1' });
    say({ type: 'subscribed', topics: [one, two], request_id: '1' });
    ask('b', { type: 'subscribe', topics: [two], request_id: '1' });
    for (const id of ['a', 'b']) hears(id);
    const messages = [1, 2].map((n): BatchedMessage => ({
      type: 'snapshot',
      topic: JSON.parse(keyNo(n)) as typeof one,
      version: '0',
      data: stateOf(0),
    }));
    vi.advanceTimersByTime(500);
    say({ type: 'batch', messages });
    expect(hears('a')).toEqual([{ type: 'batch', messages }]);
    expect(hears('b')).toEqual([messages[1]]);
  });

  test('are given back when the last who has them leaves, or is gone', () => {
    shareHealth();
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    ask('a', { type: 'unsubscribe', topics: [HEALTH], request_id: '2' });
    expect(hears('a')).toEqual([{ type: 'unsubscribed', topics: [HEALTH], request_id: '2' }]);
    expect(sent).toHaveLength(1);
    hub.leave('b');
    expect(sent.at(-1)).toEqual({ type: 'unsubscribe', topics: [HEALTH], request_id: '2' });
    say(update('v1', 'v2')); // was on its way
    say({ type: 'unsubscribed', topics: [HEALTH], request_id: '2' });
    expect(hears('a')).toEqual([]);
  });

  test('are given back a little later where the server has been sent all that it takes', () => {
    welcome({ messages_per_second: 10, message_burst: 1 });
    ask('a', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    say({ type: 'subscribed', topics: [HEALTH], request_id: '1' });
    hub.leave('a');
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(sent.at(-1)).toMatchObject({ type: 'unsubscribe', topics: [HEALTH] });
  });

  test('asked for by a member that is gone before the answer, they are given back', () => {
    welcome();
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    hub.leave('b');
    expect(sent).toHaveLength(1);
    say({ type: 'subscribed', topics: [HEALTH], request_id: '1' });
    expect(sent.at(-1)).toMatchObject({ type: 'unsubscribe', topics: [HEALTH] });
  });

  test('one more than all may have is refused to who asks, and nobody else notices', () => {
    welcome({ max_topics: 2 });
    ask('a', { type: 'subscribe', topics: [topicNo(1), topicNo(2)], request_id: '1' });
    say({ type: 'subscribed', topics: [topicNo(1), topicNo(2)], request_id: '1' });
    hears('a');
    ask('b', { type: 'subscribe', topics: [topicNo(2), topicNo(3)], request_id: '9' });
    expect(hears('b')).toEqual([
      {
        type: 'error',
        code: 'too_many_topics',
        message: 'All tabs together may have 2 topics; nothing was subscribed.',
        request_id: '9',
      },
    ]);
    ask('b', { type: 'subscribe', topics: [topicNo(2)], request_id: '10' });
    expect(hears('b')).toMatchObject([{ type: 'subscribed', request_id: '10' }]);
    expect(sent).toHaveLength(1);
    expect(hears('a')).toEqual([]);
  });

  test('a refusal points into the request of who asked, and who waited for the same asks for himself', () => {
    shareHealth();
    const wrong = { topic: 'learning_detail', id: '0190a7c4-0000-7000-8000-000000000001' } as const;
    ask('b', { type: 'subscribe', topics: [HEALTH, OVERVIEW, wrong], request_id: '4' });
    ask('c', { type: 'subscribe', topics: [OVERVIEW], request_id: '5' });
    expect(sent.at(-1)).toMatchObject({ topics: [OVERVIEW, wrong] });
    expect(hears('b')).toEqual([healthSnapshot('v1', health('ok'))]);
    const error = { type: 'error', code: 'invalid_message', message: 'wrong' } as const;
    say({ ...error, details: [{ path: '/topics/1/id', message: 'no' }], request_id: '2' });
    expect(hears('b')).toEqual([
      { ...error, details: [{ path: '/topics/2/id', message: 'no' }], request_id: '4' },
    ]);
    expect(sent.at(-1)).toEqual({ type: 'subscribe', topics: [OVERVIEW], request_id: '3' });
    say({ type: 'subscribed', topics: [OVERVIEW], request_id: '3' });
    expect(hears('c')).toEqual([{ type: 'subscribed', topics: [OVERVIEW], request_id: '5' }]);
    // Nothing of what was refused was done.
    say(update('v1', 'v2'));
    expect(hears('b')).toEqual([]);
    expect(hears('a')).toEqual([update('v1', 'v2')]);
  });

  test('a failure reaches all who have the topic, and who comes later, until there is a state', () => {
    shareHealth();
    const error = { type: 'error', code: 'unavailable', message: 'no', topic: HEALTH } as const;
    say(error);
    expect(hears('a')).toEqual([error]);
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(hears('b').at(-1)).toEqual(error);
    say(healthSnapshot('v1', health('ok')));
    for (const id of ['a', 'b']) expect(hears(id)).toEqual([healthSnapshot('v1', health('ok'))]);
    expect(sent).toHaveLength(1);
  });

  test('a failure that is final ends the subscription', () => {
    shareHealth();
    const error = { type: 'error', code: 'not_found', message: 'no', topic: HEALTH } as const;
    say(error);
    expect(hears('a')).toEqual([error]);
    ask('b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(sent.at(-1)).toMatchObject({ type: 'subscribe', topics: [HEALTH] });
  });

  test('what is left of an ended subscription is not taken for the answer to a new one', () => {
    shareHealth();
    ask('a', { type: 'unsubscribe', topics: [HEALTH], request_id: '2' });
    ask('a', { type: 'subscribe', topics: [HEALTH], request_id: '3' });
    hears('a');
    say({ type: 'error', code: 'not_found', message: 'no', topic: HEALTH });
    say({ type: 'unsubscribed', topics: [HEALTH], request_id: '2' });
    say({ type: 'subscribed', topics: [HEALTH], request_id: '3' });
    say(healthSnapshot('v1', health('ok')));
    expect(hears('a')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '3' },
      healthSnapshot('v1', health('ok')),
    ]);
  });

  test('a patch that does not fit is passed on, and who comes later is given a state of the server', () => {
    shareHealth();
    const bad = {
      ...update('v1', 'v2'),
      patch: [{ op: 'remove', path: '/none' }],
    } as BatchedMessage;
    say(bad);
    expect(hears('a')).toEqual([bad]);
    ask('a', { type: 'subscribe', topics: [HEALTH], request_id: '2' });
    expect(sent.at(-1)).toEqual({ type: 'subscribe', topics: [HEALTH], request_id: '2' });
    say(healthSnapshot('v2', health('degraded')));
    expect(hears('a').at(-1)).toEqual(healthSnapshot('v2', health('degraded')));
  });
});

describe('signs of life', () => {
  test('heartbeats and goodbyes reach all', () => {
    welcome();
    const heartbeat = { type: 'heartbeat', server_time: '2026-03-01T08:30:25Z' } as const;
    const goodbye = { type: 'goodbye', code: 1001, reason: 'restart' } as const;
    say(heartbeat);
    say(goodbye);
    for (const id of ['a', 'b', 'c']) expect(hears(id)).toEqual([heartbeat, goodbye]);
  });

  test('who is sent nothing hears that the server speaks to others', () => {
    shareHealth();
    say(update('v1', 'v2'));
    expect(hears('c')).toEqual([]); // it has just heard the welcome
    vi.advanceTimersByTime(1_000);
    say(update('v2', 'v3'));
    expect(hears('a')).toHaveLength(2);
    expect(hears('c')).toEqual([{ type: 'heartbeat', server_time: '2026-03-01T08:30:01.000Z' }]);
  });

  test('an error that names nothing reaches all', () => {
    welcome();
    const error = { type: 'error', code: 'internal', message: 'no' } as const;
    say(error);
    for (const id of ['a', 'b', 'c']) expect(hears(id)).toEqual([error]);
  });
});

describe('a connection that is of no use', () => {
  test('the server says what is no message', () => {
    hub.receive('nonsense');
    expect(fail).toHaveBeenCalledExactlyOnceWith('the server sent what is no message');
  });

  test('the server refuses what nobody has asked for', () => {
    shareHealth();
    hub.leave('a');
    say({ type: 'error', code: 'internal', message: 'broken', request_id: '2' });
    expect(fail).toHaveBeenCalledExactlyOnceWith('the server refused: broken');
  });
});
