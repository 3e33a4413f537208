import { describe, expect, test, vi } from 'vitest';
import { FakeSocket, WELCOME } from '../../client/__tests__/fake-socket.ts';
import { immediate } from '../../client/__tests__/harness.ts';
import { Random } from '../../mirror/__tests__/random.ts';
import { DashboardClient } from '../../client/index.ts';
import { sharedWebSocket } from '../index.ts';
import { fakeTime, makeWorld, URL, type Tab, type World } from './harness.ts';
import { keyNo, stateOf, topicNo } from './model-server.ts';

fakeTime();

/** Tabs that all want topic 1, and each one of its own: 2, 3 ... */
async function openTabs(world: World, count = 3): Promise<readonly Tab[]> {
  const tabs: Tab[] = [];
  for (let n = 0; n < count; n += 1) {
    const tab = world.open();
    tab.client.subscribe(topicNo(1));
    tab.client.subscribe(topicNo(n + 2));
    tabs.push(tab);
    await world.pass(100);
  }
  return tabs;
}

function expectLive(world: World, tabs: readonly Tab[]): void {
  for (const { client } of tabs) {
    expect(client.getConnection().status).toBe('open');
    expect(client.getTopic(topicNo(1))).toMatchObject({
      data: stateOf(world.server.numberOf(keyNo(1))),
      isStale: false,
    });
  }
}

const opened = (world: World): number => world.server.connections.length;

describe('tabs of one browser', () => {
  test('share one connection, on which each topic is asked for once', async () => {
    const world = makeWorld();
    const tabs = await openTabs(world);
    expectLive(world, tabs);
    expect(opened(world)).toBe(1);
    expect(world.connection.snapshots).toEqual([1, 2, 3, 4].map(keyNo));
    world.server.commit(keyNo(1));
    await world.pass(100);
    expectLive(world, tabs);
  });

  test.each([1, 2, 3, 4, 5])('that open at the same moment do, too (%i)', async (seed) => {
    const world = makeWorld();
    world.browser.traffic.random = new Random(seed);
    for (let n = 0; n < 5; n += 1) world.open().client.subscribe(topicNo(1));
    await world.pass(200);
    expectLive(world, world.tabs);
    expect(opened(world)).toBe(1);
    expect(world.connection.snapshots).toEqual([keyNo(1)]);
  });

  test('are each sent what they want; what all want travels once', async () => {
    const world = makeWorld();
    await openTabs(world);
    const { letters } = world.browser;
    letters.length = 0;
    world.server.commit(keyNo(1));
    world.server.commit(keyNo(3));
    await world.pass(100);
    const frames = letters.flatMap((letter) => (letter.type === 'frame' ? [letter.to.length] : []));
    expect(frames).toEqual([2, 1]);
  });

  test('act for themselves', async () => {
    const world = makeWorld();
    const [, second, third] = await openTabs(world);
    const id = '0190a7c4-0000-7000-8000-000000000001';
    const done = Promise.all([
      second!.client.disableLearning(id),
      third!.client.enableLearning(id),
    ]);
    await world.pass(100);
    await expect(done).resolves.toBeDefined();
    expect(
      world.connection.requests.filter(({ type }) => type === 'disable_learning'),
    ).toHaveLength(1);
  });

  test('of different urls and names share nothing', async () => {
    const world = makeWorld();
    const tab = world.browser.open();
    const names = ['ann', 'bob'].map((name) =>
      sharedWebSocket({ name, WebSocket: tab.Socket }, tab.surroundings),
    );
    const tabs = [
      world.open(),
      world.open({ url: `${URL}/other` }),
      ...names.map((WebSocket) => world.open({ WebSocket })),
    ];
    for (const { client } of tabs) client.subscribe(topicNo(1));
    await world.pass(100);
    expectLive(world, tabs);
    expect(opened(world)).toBe(4);
  });

  test('together may have no more topics than one connection, and who asks for more hears it', async () => {
    const world = makeWorld();
    world.server.maxTopics = 2;
    const [first, second] = await openTabs(world, 2);
    expect(first!.client.getTopic(topicNo(2)).status).toBe('success');
    // Both of its topics were asked for in one request, of which nothing is done.
    expect(second!.client.getTopic(topicNo(3)).error).toMatchObject({
      code: 'too_many_topics',
      message: 'All tabs together may have 2 topics; nothing was subscribed.',
    });
    expect([...world.connection.told.keys()]).toEqual([keyNo(1), keyNo(2)]);
  });
});

describe('a tab that goes', () => {
  test('leaves the connection to the others, and gives its topics back', async () => {
    const world = makeWorld();
    const [first, second, third] = await openTabs(world);
    second!.client.close();
    world.kill(third!);
    await world.pass(200);
    expectLive(world, [first!]);
    expect(opened(world)).toBe(1);
    expect([...world.connection.told.keys()]).toEqual([keyNo(1), keyNo(2)]);
  });

  test.each([
    [
      'dies',
      (world: World) => {
        world.kill(world.leader);
      },
    ],
    [
      'lets go',
      (world: World) => {
        world.leader.client.close();
      },
    ],
  ])('the others are live again within half a second when the leader %s', async (_, end) => {
    const world = makeWorld();
    const [, second, third] = await openTabs(world);
    end(world);
    world.server.commit(keyNo(3)); // nobody hears it
    await world.pass(500);
    expectLive(world, [second!, third!]);
    expect(second!.client.getTopic(topicNo(3)).data).toEqual(stateOf(1));
    expect(opened(world)).toBe(2);
    const { told, snapshots, requests } = world.connection;
    expect([...told.keys()].sort()).toEqual([keyNo(1), keyNo(3), keyNo(4)]);
    expect(snapshots).toEqual([]); // both have gone on from what they held
    expect(requests.map(({ type }) => type)).toEqual(['resume', 'resume']);
  });

  test('of a topic that has changed meanwhile, the server sends at most one whole state', async () => {
    const world = makeWorld();
    const [, ...others] = await openTabs(world, 5);
    world.kill(world.leader);
    world.server.commit(keyNo(1));
    await world.pass(500);
    expectLive(world, others);
    expect(world.connection.snapshots.length).toBeLessThanOrEqual(1);
  });

  test('even when one leader after the other dies', async () => {
    const world = makeWorld();
    const tabs = await openTabs(world, 5);
    for (let n = 0; n < 4; n += 1) {
      world.kill(world.leader);
      await world.pass(4_000);
    }
    expect(world.live).toHaveLength(1);
    expectLive(
      world,
      tabs.filter(({ tab }) => !tab.isDead),
    );
  });

  test('an action under way is reported as one of which nobody knows the end', async () => {
    const world = makeWorld();
    const [, second] = await openTabs(world, 2);
    const done = second!.client.disableLearning('0190a7c4-0000-7000-8000-000000000001');
    const rejected = expect(done).rejects.toMatchObject({ code: 'disconnected' });
    world.kill(world.leader);
    await world.pass(500);
    await rejected;
  });

  test('a leader that is hidden for long hands over, and follows when it is back', async () => {
    const world = makeWorld();
    const visible: { visibilityState: DocumentVisibilityState } = { visibilityState: 'visible' };
    const document = Object.assign(new EventTarget(), visible);
    const show = (state: DocumentVisibilityState): void => {
      document.visibilityState = state;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const hidden = world.open({ page: { window: new EventTarget(), document }, hiddenMs: 1_000 });
    hidden.client.subscribe(topicNo(1));
    await world.pass(100);
    const [other] = await openTabs(world, 1);
    show('hidden');
    await world.pass(1_600);
    expect(hidden.client.getTopic(topicNo(1)).isStale).toBe(true);
    expectLive(world, [other!]);
    expect(world.leader).toBe(other);
    show('visible');
    await world.pass(1_000);
    expectLive(world, [hidden, other!]);
    expect(opened(world)).toBe(2);
  });
});

describe('a connection that has never been', () => {
  test.each([
    [
      'lets go',
      ({ client }: Tab) => {
        client.close();
      },
    ],
    [
      'dies',
      (tab: Tab, world: World) => {
        world.kill(tab);
      },
    ],
  ])(
    'is a failed attempt for all when the leader %s, not a server that answers',
    async (_, end) => {
      const world = makeWorld();
      const [first, second] = [world.open(), world.open()];
      first.client.connect();
      await world.browser.traffic.drain();
      second.client.connect();
      await world.browser.traffic.drain();
      end(first, world);
      await world.browser.traffic.drain();
      await vi.advanceTimersByTimeAsync(200);
      await world.browser.traffic.drain();
      expect(second.client.getConnection()).toMatchObject({
        status: 'reconnecting',
        lastClose: { code: 1006, reason: 'the tab that tried to connect has let go' },
      });
    },
  );
});

describe('a leader that does not answer', () => {
  test('is deposed by who looks for one, and follows when it can hear again', async () => {
    const world = makeWorld();
    const [frozen, follower] = await openTabs(world, 2);
    world.browser.traffic.freeze(frozen!.tab.name);
    const late = world.open();
    late.client.subscribe(topicNo(1));
    await world.pass(2_900);
    expect(late.client.getConnection().status).toBe('connecting');
    await world.pass(3_600);
    expectLive(world, [follower!, late]);
    world.browser.traffic.thaw(frozen!.tab.name);
    world.server.commit(keyNo(1));
    await world.pass(500);
    expectLive(world, [frozen!, follower!, late]);
    expect(world.leader).toBe(late);
  });
});

describe('the server', () => {
  test('says goodbye: all tabs come back inside its window, one of them first', async () => {
    const world = makeWorld();
    const tabs = await openTabs(world);
    await world.pass(5_000);
    const retry = { min_ms: 2_000, max_ms: 4_000 };
    world.server.say({ type: 'goodbye', code: 1001, reason: 'restart', retry });
    await world.settle();
    for (const { client } of tabs) {
      expect(client.getConnection()).toMatchObject({
        status: 'reconnecting',
        retryAt: Date.now() + 3_000,
        lastClose: { code: 1001, reason: 'restart' },
      });
    }
    await world.pass(2_900);
    expect(opened(world)).toBe(1);
    await world.pass(500);
    expect(opened(world)).toBe(2);
    expectLive(world, tabs);
  });

  test('refuses: it refuses all', async () => {
    const world = makeWorld();
    const tabs = await openTabs(world);
    world.connection.socket.fail(4503, 'forbidden');
    await world.pass(500);
    for (const { client } of tabs) {
      expect(client.getConnection()).toMatchObject({
        status: 'closed',
        lastClose: { code: 4503, reason: 'forbidden' },
      });
    }
    await world.pass(30_000);
    expect(opened(world)).toBe(1);
  });

  test('says what is no message: the connection is made again', async () => {
    const world = makeWorld();
    const tabs = await openTabs(world);
    world.connection.socket.sayInvalid('nonsense');
    await world.pass(2_000);
    expectLive(world, tabs);
    expect(opened(world)).toBe(2);
  });

  test('cannot be reached: no tab takes another for gone, and each tries with its own back-off', async () => {
    const world = makeWorld();
    const tabs = await openTabs(world, 2);
    world.connection.socket.fail();
    await world.settle();
    for (const { client } of tabs) {
      expect(client.getConnection()).toMatchObject({ attempt: 1, lastClose: { code: 1006 } });
    }
    await world.pass(1_000);
    expectLive(world, tabs);
  });

  test('is shown the token of the tab that leads, and renewed ones of any', async () => {
    const world = makeWorld();
    const tokens = ['first', 'second', 'third'];
    const getToken = (): string => tokens.shift() ?? 'none';
    const leader = world.open({ getToken });
    leader.client.subscribe(topicNo(1));
    await world.pass(100);
    const follower = world.open({ getToken });
    follower.client.subscribe(topicNo(1));
    await world.pass(100);
    expectLive(world, [leader, follower]);
    const renewed = follower.client.refreshToken();
    await world.pass(100);
    await renewed;
    const shown = world.connection.requests.flatMap((one) =>
      one.type === 'authenticate' ? [one.token] : [],
    );
    expect(shown).toEqual(['first', 'third']);
  });
});

describe('without the means to share', () => {
  test('a client has a connection of its own', () => {
    vi.stubGlobal('navigator', {});
    expect(sharedWebSocket({ WebSocket: FakeSocket })).toBe(FakeSocket);
    expect(sharedWebSocket()).toBeUndefined();
  });

  test('so it has where the browser refuses locks to the page', async () => {
    const world = makeWorld();
    const tabs = [1, 2].map(() => {
      const tab = world.browser.open();
      const locks = { request: () => Promise.reject(new DOMException('no', 'SecurityError')) };
      const WebSocket = sharedWebSocket({ WebSocket: tab.Socket }, { ...tab.surroundings, locks });
      return world.open({ WebSocket });
    });
    for (const { client } of tabs) client.subscribe(topicNo(1));
    await world.pass(100);
    expectLive(world, tabs);
    expect(opened(world)).toBe(2);
  });

  test('a WebSocket that throws is an attempt that failed', async () => {
    const world = makeWorld();
    const tab = world.browser.open();
    const Broken = class extends FakeSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol);
        this.close();
        throw new Error('blocked');
      }
    };
    const { client } = world.open({
      WebSocket: sharedWebSocket({ WebSocket: Broken }, tab.surroundings),
    });
    client.connect();
    await world.settle();
    expect(client.getConnection()).toMatchObject({
      status: 'reconnecting',
      lastClose: { code: 1006, reason: 'no connection could be begun: blocked' },
    });
  });

  test("the browser's own are taken where there are any", async () => {
    vi.useRealTimers();
    const client = new DashboardClient({
      url: URL,
      WebSocket: sharedWebSocket({ WebSocket: FakeSocket }),
      schedule: immediate,
      page: null,
    });
    client.connect();
    await vi.waitFor(() => {
      expect(FakeSocket.all).toHaveLength(1);
    });
    FakeSocket.last.welcome(WELCOME);
    await vi.waitFor(() => {
      expect(client.getConnection().status).toBe('open');
    });
    client.close();
    expect(FakeSocket.live).toEqual([]);
    vi.useFakeTimers();
  });
});
