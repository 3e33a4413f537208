import { describe, expect, test, vi } from 'vitest';
import { WELCOME } from '../../client/__tests__/fake-socket.ts';
import { ask, hears, say, shareHealth, threeMembers, update, welcome } from './members.ts';

const members = threeMembers();

describe('welcome', () => {
  test('reaches all, and whoever comes later with the time that it is then', () => {
    say(members, WELCOME);
    for (const id of ['a', 'b', 'c']) expect(hears(members, id)).toEqual([WELCOME]);
    vi.advanceTimersByTime(90_000);
    members.heard['d'] = [];
    members.hub.join('d');
    expect(hears(members, 'd')).toEqual([{ ...WELCOME, server_time: '2026-03-01T08:31:30.000Z' }]);
  });

  test('what is asked before it is asked after it', () => {
    ask(members, 'b', { type: 'ping', request_id: 'p' });
    expect(members.sent).toEqual([]);
    say(members, WELCOME);
    expect(members.sent).toEqual([{ type: 'ping', request_id: '1' }]);
  });
});

describe('tokens', () => {
  test("only the leader's opens the connection", () => {
    ask(members, 'b', { type: 'authenticate', token: 'of b' });
    ask(members, 'a', { type: 'authenticate', token: 'of a' });
    say(members, WELCOME);
    ask(members, 'c', { type: 'authenticate', token: 'of c' });
    expect(members.sent).toEqual([{ type: 'authenticate', token: 'of a' }]);
    for (const id of ['a', 'b', 'c']) expect(hears(members, id)).toEqual([WELCOME]);
  });

  test('a renewed one goes through, and its welcome to who renewed it', () => {
    ask(members, 'b', { type: 'authenticate', token: 'first' });
    welcome(members);
    ask(members, 'b', { type: 'authenticate', token: 'second', request_id: '7' });
    expect(members.sent).toEqual([{ type: 'authenticate', token: 'second', request_id: '1' }]);
    say(members, { ...WELCOME, roles: ['viewer'], request_id: '1' });
    expect(hears(members, 'b')).toEqual([{ ...WELCOME, roles: ['viewer'], request_id: '7' }]);
    expect(hears(members, 'a')).toEqual([]);
    members.heard['d'] = [];
    members.hub.join('d');
    expect(hears(members, 'd')).toMatchObject([{ type: 'welcome', roles: ['viewer'] }]);
  });

  test('one that is refused is told to who renewed it', () => {
    ask(members, 'b', { type: 'authenticate', token: 'first' });
    welcome(members);
    ask(members, 'b', { type: 'authenticate', token: 'bad', request_id: '7' });
    const error = { type: 'error', code: 'forbidden', message: 'no' } as const;
    say(members, { ...error, request_id: '1' });
    expect(hears(members, 'b')).toEqual([{ ...error, request_id: '7' }]);
    expect(hears(members, 'c')).toEqual([]);
  });
});

describe('requests', () => {
  test('equal ids of different members are told apart', () => {
    welcome(members);
    const id = '0190a7c4-0000-7000-8000-000000000001';
    ask(members, 'a', { type: 'enable_learning', id, request_id: '1' });
    ask(members, 'b', { type: 'disable_learning', id, request_id: '1' });
    expect(members.sent.map(({ request_id }) => request_id)).toEqual(['1', '2']);
    say(members, { type: 'action_result', action: 'disable_learning', id, request_id: '2' });
    say(members, { type: 'error', code: 'not_found', message: 'no', request_id: '1' });
    expect(hears(members, 'b')).toEqual([
      { type: 'action_result', action: 'disable_learning', id, request_id: '1' },
    ]);
    expect(hears(members, 'a')).toEqual([
      { type: 'error', code: 'not_found', message: 'no', request_id: '1' },
    ]);
  });

  test('one without an id is answered without one', () => {
    welcome(members);
    ask(members, 'b', { type: 'ping' });
    say(members, { type: 'pong', request_id: '1' });
    expect(hears(members, 'b')).toEqual([{ type: 'pong' }]);
  });

  test('the answer to a member that has gone is for nobody, and one of a stranger is not asked', () => {
    welcome(members);
    ask(members, 'b', { type: 'ping', request_id: 'p' });
    members.hub.leave('b');
    say(members, { type: 'pong', request_id: '1' });
    ask(members, 'b', { type: 'ping', request_id: 'q' });
    expect(members.sent).toHaveLength(1);
    expect(members.heard['b']).toEqual([]);
  });

  test('more than the server would take are refused, with when to come again', () => {
    welcome(members, { messages_per_second: 10, message_burst: 4 });
    for (let n = 0; n < 5; n += 1) ask(members, 'b', { type: 'ping', request_id: String(n) });
    expect(members.sent).toHaveLength(3); // one is kept for the hub
    const refused = hears(members, 'b');
    expect(refused).toEqual([
      expect.objectContaining({ code: 'rate_limited', request_id: '3', retry_after_ms: 100 }),
      expect.objectContaining({ code: 'rate_limited', request_id: '4', retry_after_ms: 100 }),
    ]);
    vi.advanceTimersByTime(100);
    ask(members, 'b', { type: 'ping', request_id: '5' });
    expect(members.sent).toHaveLength(4);
  });

  test('a server that answers none is not asked without end', () => {
    welcome(members, { messages_per_second: 10_000, message_burst: 10_000 });
    for (let n = 0; n < 300; n += 1) ask(members, 'b', { type: 'ping', request_id: String(n) });
    expect(members.sent).toHaveLength(256);
    expect(hears(members, 'b')).toHaveLength(44);
  });

  test('a member may have 64 that wait', () => {
    for (let n = 0; n < 66; n += 1) ask(members, 'b', { type: 'ping', request_id: String(n) });
    expect(hears(members, 'b').map((one) => 'request_id' in one && one.request_id)).toEqual([
      '64',
      '65',
    ]);
  });
});

describe('signs of life', () => {
  test('heartbeats and goodbyes reach all', () => {
    welcome(members);
    const heartbeat = { type: 'heartbeat', server_time: '2026-03-01T08:30:25Z' } as const;
    const goodbye = { type: 'goodbye', code: 1001, reason: 'restart' } as const;
    say(members, heartbeat);
    say(members, goodbye);
    for (const id of ['a', 'b', 'c']) expect(hears(members, id)).toEqual([heartbeat, goodbye]);
  });

  test('who is sent nothing hears that the server speaks to others', () => {
    shareHealth(members);
    say(members, update('v1', 'v2'));
    expect(hears(members, 'c')).toEqual([]); // it has just heard the welcome
    vi.advanceTimersByTime(1_000);
    say(members, update('v2', 'v3'));
    expect(hears(members, 'a')).toHaveLength(2);
    expect(hears(members, 'c')).toEqual([
      { type: 'heartbeat', server_time: '2026-03-01T08:30:01.000Z' },
    ]);
  });

  test('an error that names nothing reaches all', () => {
    welcome(members);
    const error = { type: 'error', code: 'internal', message: 'no' } as const;
    say(members, error);
    for (const id of ['a', 'b', 'c']) expect(hears(members, id)).toEqual([error]);
  });
});

describe('a connection that is of no use', () => {
  test('the server says what is no message', () => {
    members.hub.receive('nonsense');
    expect(members.fail).toHaveBeenCalledExactlyOnceWith('the server sent what is no message');
  });

  test('the server refuses what nobody has asked for', () => {
    shareHealth(members);
    members.hub.leave('a');
    say(members, { type: 'error', code: 'internal', message: 'broken', request_id: '2' });
    expect(members.fail).toHaveBeenCalledExactlyOnceWith('the server refused: broken');
  });
});
