import { expect, test } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { Random } from '../../mirror/__tests__/random.ts';
import type { TopicKey } from '../../client/index.ts';
import type { LearningsData } from '../../messages/types.ts';
import { fakeTime, makeWorld, type Tab, type World } from './harness.ts';
import { keyNo, stateOf, topicNo } from './model-server.ts';

fakeTime();

const TOPICS = [1, 2, 3, 4, 5];
const MAX_TABS = 4;

/** People who open, use, close and lose tabs of one browser. */
class Walk {
  readonly random: Random;
  readonly world: World;
  /** What each tab holds: the topic's number, and how to let go of it. */
  readonly held = new Map<Tab, [number, () => void][]>();

  constructor(seed: number) {
    this.random = new Random(seed);
    this.world = makeWorld();
    this.world.browser.traffic.random = this.random;
    if (this.random.chance(0.3)) this.world.server.maxTopics = 3;
    this.open();
  }

  async step(): Promise<void> {
    const { random, world } = this;
    const { server } = world;
    const chance = random.next();
    if (chance < 0.06) this.open();
    else if (chance < 0.1) this.kill();
    else if (chance < 0.3) this.subscribe();
    else if (chance < 0.42) this.unsubscribe();
    else if (chance < 0.55) server.commit(keyNo(random.pick(TOPICS)));
    else if (chance < 0.6) server.commitTogether([keyNo(1), keyNo(2), keyNo(3)]);
    else if (chance < 0.63) this.loseConnection();
    else if (chance < 0.65) this.closeClient();
    else if (chance < 0.72) await world.pass(random.pick([50, 150, 1_000, 6_000]));
    else {
      for (let n = random.below(8); n > 0; n -= 1) await world.browser.traffic.step();
      server.serve(world.browser.sockets);
    }
  }

  /** Ends the disturbances and gives everything time to become right. */
  async calm(): Promise<void> {
    for (const { client } of this.world.live) client.connect();
    await this.world.pass(30_000);
  }

  wantedBy(tab: Tab): TopicKey[] {
    return [...new Set((this.held.get(tab) ?? []).map(([n]) => keyNo(n)))].sort();
  }

  open(): void {
    if (this.world.live.length < MAX_TABS) this.held.set(this.world.open(), []);
  }

  kill(): void {
    const { live } = this.world;
    if (live.length < 2) return;
    const tab = this.random.pick(live);
    this.held.delete(tab);
    this.world.kill(tab);
  }

  subscribe(): void {
    const tab = this.random.pick(this.world.live);
    const n = this.random.pick(TOPICS);
    this.held.get(tab)?.push([n, tab.client.subscribe(topicNo(n))]);
  }

  unsubscribe(): void {
    const [, leave] = this.held.get(this.random.pick(this.world.live))?.pop() ?? [];
    leave?.();
  }

  loseConnection(): void {
    const { connections } = this.world.server;
    const open = connections.filter(({ socket }) => socket.phase === 'open');
    if (open.length > 0) this.random.pick(open).socket.fail(this.random.pick([1006, 1001, 4029]));
  }

  /** The application of one tab lets go, and comes back with its next subscription. */
  closeClient(): void {
    const tab = this.random.pick(this.world.live);
    for (const [, leave] of this.held.get(tab) ?? []) leave();
    this.held.set(tab, []);
    tab.client.close();
  }
}

function checkAlways({ world }: Walk): void {
  expect(world.browser.sockets.length).toBeLessThanOrEqual(1);
  for (const { client } of world.live) {
    for (const n of TOPICS) {
      const data = client.getTopic(topicNo(n)).data as LearningsData | undefined;
      // Only states that the topic has had.
      if (data !== undefined) expect(data).toEqual(stateOf(data.total));
      expect(data?.total ?? 0).toBeLessThanOrEqual(world.server.numberOf(keyNo(n)));
    }
  }
}

function checkCalm(walk: Walk): void {
  const { world } = walk;
  const { server, connection } = world;
  for (const tab of world.live) {
    expect(tab.client.getConnection().status).toBe('open');
    expect(tab.faults).toEqual([]);
  }
  const had = new Set(
    world.live.flatMap((tab) =>
      walk.wantedBy(tab).filter((key) => {
        const state = tab.client.getTopic(JSON.parse(key) as { topic: 'learnings' });
        if (state.status === 'error') {
          expect(state.error.code).toBe('too_many_topics');
          return false;
        }
        expect(state).toMatchObject({
          status: 'success',
          isStale: false,
          data: stateOf(server.numberOf(key)),
        });
        return true;
      }),
    ),
  );
  if (server.maxTopics > TOPICS.length) {
    expect([...had].sort()).toEqual(
      [...new Set(world.live.flatMap((tab) => walk.wantedBy(tab)))].sort(),
    );
  }
  expect([...connection.told.keys()].sort()).toEqual([...had].sort());
}

test.each(Array.from({ length: 20 }, (_, n) => n + 1))(
  'random walk %i: one real socket, told the union of what tabs want, and every tab sees what the server has',
  async (seed) => {
    const walk = new Walk(seed);
    for (let n = 0; n < 200; n += 1) {
      await walk.step();
      checkAlways(walk);
      if (n % 50 === 49) {
        await walk.calm();
        checkCalm(walk);
      }
    }
    expect(FakeSocket.all.length).toBeGreaterThan(1);
  },
);
