import { afterEach, beforeEach, expect, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { immediate } from '../../client/__tests__/harness.ts';
import { DashboardClient, type DashboardClientOptions } from '../../client/index.ts';
import { sharedWebSocket } from '../index.ts';
import { ModelServer } from './model-server.ts';
import { FakeBrowser, type FakeTab } from './tabs.ts';

/** In such steps the time passes; in between, everything that is under way arrives. */
const STEP_MS = 100;
const HEARTBEAT_MS = 20_000;

export const URL = 'ws://test.invalid/ws';

/** A tab of an application with a client of its own. */
export interface Tab {
  readonly tab: FakeTab;
  readonly client: DashboardClient;
  readonly faults: unknown[];
}

/** A browser with tabs, and a server. */
export class World {
  readonly browser = new FakeBrowser();
  readonly server = new ModelServer(this.browser.traffic);
  readonly tabs: Tab[] = [];
  #beatAt = 0;

  open(options: DashboardClientOptions = {}): Tab {
    const tab = this.browser.open();
    const faults: unknown[] = [];
    const client = new DashboardClient({
      url: URL,
      WebSocket: sharedWebSocket({ WebSocket: tab.Socket }, tab.surroundings),
      random: () => 0.5,
      schedule: immediate,
      page: null,
      onFault: (fault) => faults.push(fault),
      ...options,
    });
    const opened = { tab, client, faults };
    this.tabs.push(opened);
    return opened;
  }

  get live(): readonly Tab[] {
    return this.tabs.filter(({ tab }) => !tab.isDead);
  }

  /** The tab that holds the real socket. */
  get leader(): Tab {
    const leader = this.live.find(({ tab }) => tab.sockets.some(({ phase }) => phase !== 'closed'));
    if (leader === undefined) throw new Error('nobody leads');
    return leader;
  }

  /** The connection that the server has. */
  get connection() {
    const open = this.server.connections.filter(({ socket }) => socket.phase === 'open');
    expect(open).toHaveLength(1);
    return open[0]!;
  }

  /** A tab is gone without a word. What its client still does is none of the world's. */
  kill({ tab, client }: Tab): void {
    tab.kill();
    client.close();
  }

  /** Lets everything arrive that is under way, and what follows from it. */
  async settle(): Promise<void> {
    do this.server.serve(this.browser.sockets);
    while (await this.browser.traffic.step());
  }

  async pass(ms: number): Promise<void> {
    await this.settle();
    for (let left = ms; left > 0; left -= STEP_MS) {
      await vi.advanceTimersByTimeAsync(Math.min(left, STEP_MS));
      this.#beat();
      await this.settle();
    }
  }

  #beat(): void {
    const now = Date.now();
    if (now - this.#beatAt < HEARTBEAT_MS) return;
    this.#beatAt = now;
    this.server.say({ type: 'heartbeat', server_time: new Date(now).toISOString() });
  }
}

let worlds: World[] = [];

export function makeWorld(): World {
  const world = new World();
  worlds.push(world);
  return world;
}

/** Fake time for every test of a file, and the proof that nothing is left behind once all clients are closed. */
export function fakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-03-01T08:30:00Z') });
    FakeSocket.all = [];
    worlds = [];
  });
  afterEach(async () => {
    for (const { browser, live } of worlds) {
      for (const { client, faults } of live) {
        client.close();
        expect(faults).toEqual([]);
      }
      await browser.traffic.drain();
      expect(browser.locks.claims.size).toBe(0);
      expect(browser.channels.size).toBe(0);
    }
    expect(FakeSocket.live).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
}
