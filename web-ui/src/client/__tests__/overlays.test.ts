import { describe, expect, test, vi } from 'vitest';
import type { TopicData } from '../../messages/types.ts';
import type { DataChange } from '../overlays.ts';
import { FakeSocket } from './fake-socket.ts';
import {
  fakeTime,
  HEALTH,
  health,
  healthSnapshot,
  learnings,
  LEARNINGS,
  makeClient,
  settle,
} from './harness.ts';

fakeTime();

/** Shows every list of learnings with this total. */
const totalOf =
  (total: number) =>
  (data: TopicData): TopicData =>
    data.data_type === 'learnings' && data.total !== total ? { ...data, total } : data;
const change = (total: number): DataChange => totalOf(total) as DataChange;

async function connected() {
  const client = makeClient();
  const heard = vi.fn();
  client.subscribe(LEARNINGS, heard);
  client.subscribe(HEALTH);
  FakeSocket.last.welcome();
  await settle();
  FakeSocket.last.say({ type: 'snapshot', topic: LEARNINGS, version: 'v1', data: learnings(1) });
  FakeSocket.last.say(healthSnapshot('h1', health('ok')));
  heard.mockReset();
  return { client, heard, total: () => client.getTopic(LEARNINGS).data?.total };
}

describe('an overlay', () => {
  test('is seen through until it ends, and listeners hear of both', async () => {
    const { client, heard, total } = await connected();
    const before = client.getTopic(LEARNINGS);
    const end = client.overlay(change(2));
    expect(total()).toBe(2);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(client.getTopic(LEARNINGS)).toBe(client.getTopic(LEARNINGS));
    end();
    expect(client.getTopic(LEARNINGS)).toBe(before);
    expect(heard).toHaveBeenCalledTimes(2);
    end();
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('leaves what it does not concern the same object', async () => {
    const { client } = await connected();
    const before = client.getTopic(HEALTH);
    client.overlay(change(2));
    expect(client.getTopic(HEALTH)).toBe(before);
    expect(client.getTopic({ topic: 'overview' }).status).toBe('idle');
  });

  test('lies over whatever the server sends, and what is held stays what it sent', async () => {
    const { client, total } = await connected();
    const end = client.overlay(change(2));
    FakeSocket.last.say({
      type: 'update',
      topic: LEARNINGS,
      base: 'v1',
      version: 'v2',
      patch: [{ op: 'replace', path: '/total', value: 3 }],
    });
    expect(total()).toBe(2);
    end();
    expect(total()).toBe(3);
  });

  test('lies over those before it, and one function may be shown twice', async () => {
    const { client, total } = await connected();
    const endFirst = client.overlay(change(2));
    const three = change(3);
    const endSecond = client.overlay(three);
    const endThird = client.overlay(three);
    expect(total()).toBe(3);
    endSecond();
    expect(total()).toBe(3);
    endThird();
    expect(total()).toBe(2);
    endFirst();
    expect(total()).toBe(1);
  });
});

test('whether a change makes a difference is told of what the server has sent', async () => {
  const { client } = await connected();
  expect(client.isChangedBy(change(2))).toBe(true);
  client.overlay(change(2));
  expect(client.isChangedBy(change(2))).toBe(true);
  FakeSocket.last.say({ type: 'snapshot', topic: LEARNINGS, version: 'v2', data: learnings(2) });
  expect(client.isChangedBy(change(2))).toBe(false);
});
