import { expect, test, vi } from 'vitest';
import { createDashboard } from '../dashboard.ts';
import { FakeSocket } from './fake-socket.ts';
import { fakeTime, HEALTH, health, healthSnapshot, makeClient, settle } from './harness.ts';

fakeTime();

const ID = '01936f2b-0000-7000-8000-000000000001';

test('a store for any framework: what is read changes before each call of the listener', async () => {
  const client = makeClient();
  const store = createDashboard(client);
  const seen: (string | undefined)[] = [];
  const leave = store.subscribe(() => {
    seen.push(store.read().getData(HEALTH)?.overall_status);
  });
  FakeSocket.last.welcome();
  store.read().subscribe(HEALTH);
  await settle();
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  expect(seen.at(-1)).toBe('ok');
  expect(store.read().getTopic(HEALTH).status).toBe('success');
  leave();
  const calls = seen.length;
  FakeSocket.last.say(healthSnapshot('v2', health('error')));
  expect(seen).toHaveLength(calls);
});

test('what is asked for while nobody listens waits for the listener', async () => {
  const client = makeClient();
  const store = createDashboard(client);
  store.read().subscribe(HEALTH);
  store.read().subscribe({ topic: 'overview' });
  store.read().unsubscribe({ topic: 'overview' });
  expect(FakeSocket.all).toHaveLength(0);
  const leave = store.subscribe(() => undefined);
  FakeSocket.last.welcome();
  await settle();
  expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
  leave();
});

test('its actions are the client’s, unless others are given', () => {
  const client = makeClient();
  const enable = vi.spyOn(client, 'enableLearning').mockResolvedValue();
  const disable = vi.spyOn(client, 'disableLearning').mockResolvedValue();
  const remove = vi.spyOn(client, 'deleteLearning').mockResolvedValue();
  const { enableLearning, disableLearning, deleteLearning } = createDashboard(client).read();
  void enableLearning(ID);
  void disableLearning(ID);
  void deleteLearning(ID);
  for (const action of [enable, disable, remove]) expect(action).toHaveBeenCalledWith(ID);

  const others = { enableLearning: vi.fn(), disableLearning: vi.fn(), deleteLearning: vi.fn() };
  void createDashboard(client, others).read().deleteLearning(ID);
  expect(others.deleteLearning).toHaveBeenCalledWith(ID);
  expect(remove).toHaveBeenCalledOnce();
});

test('what was left is shown until it is forgotten, and may be wanted again', async () => {
  const client = makeClient();
  const store = createDashboard(client);
  const leave = store.subscribe(() => undefined);
  FakeSocket.last.welcome();
  const before = store.read();
  before.unsubscribe(HEALTH); // nobody had wanted it
  before.subscribe(HEALTH);
  before.subscribe(HEALTH);
  await settle();
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  before.unsubscribe(HEALTH);
  expect(store.read().getData(HEALTH)).toEqual(health('ok'));
  vi.advanceTimersByTime(5_000);
  expect(store.read().getTopic(HEALTH).status).toBe('idle');
  leave();
});

test('what happened to the connection while nobody listened is known to who listens', () => {
  const client = makeClient();
  const store = createDashboard(client);
  client.connect();
  FakeSocket.last.fail(4503, 'forbidden');
  const leave = store.subscribe(() => undefined);
  expect(store.read().connection.status).toBe('closed');
  store.read().retry();
  expect(store.read().connection.status).toBe('connecting');
  leave();
});

test('the failure of a topic that nobody wants any more concerns nobody', () => {
  const client = makeClient();
  client.connect();
  FakeSocket.last.welcome();
  FakeSocket.last.say({ type: 'error', code: 'internal', message: 'late', topic: HEALTH });
  expect(client.getTopic(HEALTH).status).toBe('idle');
});

test('of a topic that is not known nothing is heard', async () => {
  const client = makeClient();
  const heard = vi.fn();
  client.watch(HEALTH, heard)();
  const off = client.watch(HEALTH, heard);
  client.subscribe(HEALTH);
  FakeSocket.last.welcome();
  await settle();
  FakeSocket.last.say(healthSnapshot('v1', health('ok')));
  expect(heard).not.toHaveBeenCalled();
  off();
});
