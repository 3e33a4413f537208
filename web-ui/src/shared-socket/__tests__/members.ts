import { afterEach, beforeEach, expect, vi, type Mock } from 'vitest';
import { asked, said } from '../../../tools/wire.ts';
import { WELCOME } from '../../client/__tests__/fake-socket.ts';
import { HEALTH, health, healthSnapshot } from '../../client/__tests__/harness.ts';
import type {
  BatchedMessage,
  DashboardMessage,
  DashboardRequest,
  RequestId,
} from '../../client/index.ts';
import { Hub } from '../hub.ts';

/** A hub with the members `a`, which leads, `b` and `c`, anew for each test, and what became of all they said. */
export interface Members {
  readonly hub: Hub;
  /** What the server was asked. */
  readonly sent: DashboardRequest[];
  /** What each member heard. */
  readonly heard: Record<string, DashboardMessage[]>;
  readonly fail: Mock<(reason: string) => void>;
}

export function threeMembers(): Members {
  const fail = vi.fn<(reason: string) => void>();
  const members = { sent: [], heard: {}, fail } as unknown as {
    -readonly [K in keyof Members]: Members[K];
  };

  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-03-01T08:30:00Z') });
    fail.mockReset();
    members.sent = [];
    members.heard = { a: [], b: [], c: [] };
    members.hub = new Hub({
      leader: 'a',
      send: (text) => members.sent.push(asked(text)),
      deliver: (to, text) => {
        for (const id of to) members.heard[id]!.push(said(text));
      },
      fail,
    });
    for (const id of ['a', 'b', 'c']) members.hub.join(id);
  });

  afterEach(() => {
    members.hub.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
  return members;
}

/** The server says something. */
export function say({ hub }: Members, message: DashboardMessage): void {
  said(JSON.stringify(message));
  hub.receive(JSON.stringify(message));
}

export function ask({ hub }: Members, id: string, request: DashboardRequest): void {
  hub.ask(id, JSON.stringify(request));
}

/** What a member has heard since this was asked last. */
export function hears({ heard }: Members, id: string): DashboardMessage[] {
  return heard[id]!.splice(0);
}

export function lastId({ sent }: Members): RequestId {
  return sent.at(-1)?.request_id ?? 'none';
}

export function welcome(members: Members, limits: Partial<typeof WELCOME.limits> = {}): void {
  say(members, { ...WELCOME, limits: { ...WELCOME.limits, ...limits } });
  for (const id of ['a', 'b', 'c']) hears(members, id);
}

/** `a` has `health` in version v1. */
export function shareHealth(members: Members): void {
  welcome(members);
  ask(members, 'a', { type: 'subscribe', topics: [HEALTH], request_id: '1' });
  say(members, { type: 'subscribed', topics: [HEALTH], request_id: lastId(members) });
  say(members, healthSnapshot('v1', health('ok')));
  hears(members, 'a');
}

export const update = (base: string, version: string): BatchedMessage => ({
  type: 'update',
  topic: HEALTH,
  base,
  version,
  patch: [{ op: 'replace', path: '/overall_status', value: 'degraded' }],
});
