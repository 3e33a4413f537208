import { describe, expect, test, vi } from 'vitest';
import { HEALTH, health, healthSnapshot, OVERVIEW } from '../../client/__tests__/harness.ts';
import type { BatchedMessage } from '../../client/index.ts';
import { ask, hears, lastId, say, shareHealth, threeMembers, update, welcome } from './members.ts';
import { keyNo, stateOf, topicNo } from './model-server.ts';

const members = threeMembers();

describe('topics', () => {
  test('the server is asked once, and who comes later is given what is there', () => {
    shareHealth(members);
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(members.sent).toHaveLength(1);
    expect(hears(members, 'b')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '1' },
      healthSnapshot('v1', health('ok')),
    ]);
    say(members, update('v1', 'v2'));
    for (const id of ['a', 'b']) expect(hears(members, id)).toEqual([update('v1', 'v2')]);
    ask(members, 'c', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v2' }],
      request_id: '5',
    });
    expect(hears(members, 'c')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '5' },
      { type: 'current', topic: HEALTH, version: 'v2' },
    ]);
    ask(members, 'b', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'old' }],
      request_id: '2',
    });
    expect(hears(members, 'b').at(-1)).toEqual(
      healthSnapshot('v2', { ...health('ok'), overall_status: 'degraded' }),
    );
    expect(members.sent).toHaveLength(1);
  });

  test('of a topic that was resumed, a whole state is asked for once, when somebody needs it', () => {
    welcome(members);
    ask(members, 'a', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v1' }],
      request_id: '1',
    });
    ask(members, 'b', {
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v1' }],
      request_id: '1',
    });
    say(members, { type: 'subscribed', topics: [HEALTH], request_id: '1' });
    ask(members, 'c', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(members.sent.at(-1)).toEqual({ type: 'subscribe', topics: [HEALTH], request_id: '2' });
    say(members, { type: 'subscribed', topics: [HEALTH], request_id: '2' });
    for (const id of ['a', 'b', 'c']) expect(hears(members, id)).toHaveLength(1);
    say(members, update('v1', 'v2'));
    expect(hears(members, 'c')).toEqual([]); // nothing to apply it to
    for (const id of ['a', 'b']) expect(hears(members, id)).toEqual([update('v1', 'v2')]);
    say(members, healthSnapshot('v2', health('degraded')));
    expect(hears(members, 'c')).toEqual([healthSnapshot('v2', health('degraded'))]);
    for (const id of ['a', 'b']) expect(hears(members, id)).toEqual([]); // they have it
    expect(members.sent).toHaveLength(2);
  });

  test('while a whole state is asked for, who comes waits for it, whatever he holds', () => {
    welcome(members);
    const held = { topic: HEALTH, version: 'v1' };
    ask(members, 'a', { type: 'resume', subscriptions: [held], request_id: '1' });
    say(members, { type: 'subscribed', topics: [HEALTH], request_id: '1' });
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    ask(members, 'c', { type: 'resume', subscriptions: [held], request_id: '1' });
    expect(hears(members, 'c')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '1' },
    ]);
    say(members, healthSnapshot('v1', health('ok')));
    for (const id of ['a', 'b', 'c']) {
      expect(hears(members, id).at(-1)).toEqual(healthSnapshot('v1', health('ok')));
    }
  });

  test('a whole state that comes unasked reaches all', () => {
    shareHealth(members);
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    hears(members, 'b');
    const slow = { ...healthSnapshot('v5', health('error')), reason: 'slow' } as const;
    say(members, slow);
    for (const id of ['a', 'b']) expect(hears(members, id)).toEqual([slow]);
    say(members, slow);
    for (const id of ['a', 'b']) expect(hears(members, id)).toEqual([]); // they have it
  });

  test('a state that does not follow from the one before is given to nobody who comes later', () => {
    shareHealth(members);
    say(members, update('v7', 'v8'));
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(hears(members, 'b')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '1' },
    ]);
    expect(members.sent.at(-1)).toMatchObject({ type: 'subscribe', topics: [HEALTH] });
  });

  test('what a member has asked is answered in the order in which it asked', () => {
    shareHealth(members);
    ask(members, 'b', { type: 'subscribe', topics: [OVERVIEW], request_id: '1' });
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '2' });
    ask(members, 'b', { type: 'unsubscribe', topics: [HEALTH], request_id: '3' });
    expect(hears(members, 'b')).toEqual([]);
    say(members, { type: 'subscribed', topics: [OVERVIEW], request_id: lastId(members) });
    expect(hears(members, 'b').map(({ type }) => type)).toEqual([
      'subscribed',
      'subscribed',
      'snapshot',
      'unsubscribed',
    ]);
  });

  test('a batch is split: each gets what concerns it, in one batch where that is several', () => {
    welcome(members);
    const [one, two] = [topicNo(1), topicNo(2)];
    ask(members, 'a', { type: 'subscribe', topics: [one, two], request_id: '1' });
    say(members, { type: 'subscribed', topics: [one, two], request_id: '1' });
    ask(members, 'b', { type: 'subscribe', topics: [two], request_id: '1' });
    for (const id of ['a', 'b']) hears(members, id);
    const messages = [1, 2].map((n): BatchedMessage => ({
      type: 'snapshot',
      topic: JSON.parse(keyNo(n)) as typeof one,
      version: '0',
      data: stateOf(0),
    }));
    vi.advanceTimersByTime(500);
    say(members, { type: 'batch', messages });
    expect(hears(members, 'a')).toEqual([{ type: 'batch', messages }]);
    expect(hears(members, 'b')).toEqual([messages[1]]);
  });

  test('are given back when the last who has them leaves, or is gone', () => {
    shareHealth(members);
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    ask(members, 'a', { type: 'unsubscribe', topics: [HEALTH], request_id: '2' });
    expect(hears(members, 'a')).toEqual([
      { type: 'unsubscribed', topics: [HEALTH], request_id: '2' },
    ]);
    expect(members.sent).toHaveLength(1);
    members.hub.leave('b');
    expect(members.sent.at(-1)).toEqual({ type: 'unsubscribe', topics: [HEALTH], request_id: '2' });
    say(members, update('v1', 'v2')); // was on its way
    say(members, { type: 'unsubscribed', topics: [HEALTH], request_id: '2' });
    expect(hears(members, 'a')).toEqual([]);
  });

  test('are given back a little later where the server has been sent all that it takes', () => {
    welcome(members, { messages_per_second: 10, message_burst: 1 });
    ask(members, 'a', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    say(members, { type: 'subscribed', topics: [HEALTH], request_id: '1' });
    members.hub.leave('a');
    expect(members.sent).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(members.sent.at(-1)).toMatchObject({ type: 'unsubscribe', topics: [HEALTH] });
  });

  test('asked for by a member that is gone before the answer, they are given back', () => {
    welcome(members);
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    members.hub.leave('b');
    expect(members.sent).toHaveLength(1);
    say(members, { type: 'subscribed', topics: [HEALTH], request_id: '1' });
    expect(members.sent.at(-1)).toMatchObject({ type: 'unsubscribe', topics: [HEALTH] });
  });

  test('one more than all may have is refused to who asks, and nobody else notices', () => {
    welcome(members, { max_topics: 2 });
    ask(members, 'a', { type: 'subscribe', topics: [topicNo(1), topicNo(2)], request_id: '1' });
    say(members, { type: 'subscribed', topics: [topicNo(1), topicNo(2)], request_id: '1' });
    hears(members, 'a');
    ask(members, 'b', { type: 'subscribe', topics: [topicNo(2), topicNo(3)], request_id: '9' });
    expect(hears(members, 'b')).toEqual([
      {
        type: 'error',
        code: 'too_many_topics',
        message: 'All tabs together may have 2 topics; nothing was subscribed.',
        request_id: '9',
      },
    ]);
    ask(members, 'b', { type: 'subscribe', topics: [topicNo(2)], request_id: '10' });
    expect(hears(members, 'b')).toMatchObject([{ type: 'subscribed', request_id: '10' }]);
    expect(members.sent).toHaveLength(1);
    expect(hears(members, 'a')).toEqual([]);
  });

  test('a refusal points into the request of who asked, and who waited for the same asks for himself', () => {
    shareHealth(members);
    const wrong = { topic: 'learning_detail', id: '0190a7c4-0000-7000-8000-000000000001' } as const;
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH, OVERVIEW, wrong], request_id: '4' });
    ask(members, 'c', { type: 'subscribe', topics: [OVERVIEW], request_id: '5' });
    expect(members.sent.at(-1)).toMatchObject({ topics: [OVERVIEW, wrong] });
    expect(hears(members, 'b')).toEqual([healthSnapshot('v1', health('ok'))]);
    const error = { type: 'error', code: 'invalid_message', message: 'wrong' } as const;
    say(members, { ...error, details: [{ path: '/topics/1/id', message: 'no' }], request_id: '2' });
    expect(hears(members, 'b')).toEqual([
      { ...error, details: [{ path: '/topics/2/id', message: 'no' }], request_id: '4' },
    ]);
    expect(members.sent.at(-1)).toEqual({ type: 'subscribe', topics: [OVERVIEW], request_id: '3' });
    say(members, { type: 'subscribed', topics: [OVERVIEW], request_id: '3' });
    expect(hears(members, 'c')).toEqual([
      { type: 'subscribed', topics: [OVERVIEW], request_id: '5' },
    ]);
    // Nothing of what was refused was done.
    say(members, update('v1', 'v2'));
    expect(hears(members, 'b')).toEqual([]);
    expect(hears(members, 'a')).toEqual([update('v1', 'v2')]);
  });

  test('a failure reaches all who have the topic, and who comes later, until there is a state', () => {
    shareHealth(members);
    const error = { type: 'error', code: 'unavailable', message: 'no', topic: HEALTH } as const;
    say(members, error);
    expect(hears(members, 'a')).toEqual([error]);
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(hears(members, 'b').at(-1)).toEqual(error);
    say(members, healthSnapshot('v1', health('ok')));
    for (const id of ['a', 'b'])
      expect(hears(members, id)).toEqual([healthSnapshot('v1', health('ok'))]);
    expect(members.sent).toHaveLength(1);
  });

  test('a failure that is final ends the subscription', () => {
    shareHealth(members);
    const error = { type: 'error', code: 'not_found', message: 'no', topic: HEALTH } as const;
    say(members, error);
    expect(hears(members, 'a')).toEqual([error]);
    ask(members, 'b', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
    expect(members.sent.at(-1)).toMatchObject({ type: 'subscribe', topics: [HEALTH] });
  });

  test('what is left of an ended subscription is not taken for the answer to a new one', () => {
    shareHealth(members);
    ask(members, 'a', { type: 'unsubscribe', topics: [HEALTH], request_id: '2' });
    ask(members, 'a', { type: 'subscribe', topics: [HEALTH], request_id: '3' });
    hears(members, 'a');
    say(members, { type: 'error', code: 'not_found', message: 'no', topic: HEALTH });
    say(members, { type: 'unsubscribed', topics: [HEALTH], request_id: '2' });
    say(members, { type: 'subscribed', topics: [HEALTH], request_id: '3' });
    say(members, healthSnapshot('v1', health('ok')));
    expect(hears(members, 'a')).toEqual([
      { type: 'subscribed', topics: [HEALTH], request_id: '3' },
      healthSnapshot('v1', health('ok')),
    ]);
  });

  test('a patch that does not fit is passed on, and who comes later is given a state of the server', () => {
    shareHealth(members);
    const bad = {
      ...update('v1', 'v2'),
      patch: [{ op: 'remove', path: '/none' }],
    } as BatchedMessage;
    say(members, bad);
    expect(hears(members, 'a')).toEqual([bad]);
    ask(members, 'a', { type: 'subscribe', topics: [HEALTH], request_id: '2' });
    expect(members.sent.at(-1)).toEqual({ type: 'subscribe', topics: [HEALTH], request_id: '2' });
    say(members, healthSnapshot('v2', health('degraded')));
    expect(hears(members, 'a').at(-1)).toEqual(healthSnapshot('v2', health('degraded')));
  });
});
