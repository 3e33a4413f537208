import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { DashboardClient } from '../client.ts';
import type { DashboardClientOptions } from '../options.ts';
import { FakeSocket } from './fake-socket.ts';
import { advance, fakeTime } from './harness.ts';

fakeTime();

const NAMES = [
  'url',
  'WebSocket',
  'retry',
  'connectTimeoutMs',
  'silenceGraceMs',
  'steadyMs',
  'tooSlowDelayMs',
  'lingerMs',
  'random',
  'schedule',
  'getToken',
  'fallback',
  'wakeWithinMs',
  'hiddenMs',
  'actionTimeoutMs',
  'onFault',
  'page',
] as const satisfies readonly (keyof DashboardClientOptions)[];

const ROOMS = ['../../mirror/', '../'].map((room) => new URL(room, import.meta.url));

/** The text of each module, without its comments, of the mirror and the client. */
const CODE = ROOMS.flatMap((room) =>
  readdirSync(room)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, room), 'utf8').replace(/\/\*.*?\*\//gs, '')),
).join('\n');

test('an option that is undefined has its default', () => {
  vi.stubGlobal('location', { origin: 'https://groove.invalid' });
  vi.stubGlobal('WebSocket', FakeSocket);
  const nothing = Object.fromEntries(NAMES.map((name) => [name, undefined]));
  const client = new DashboardClient(nothing);
  const leave = client.subscribe({ topic: 'health' });
  expect(FakeSocket.last.url).toBe('wss://groove.invalid/ws/groove/dashboard');
  advance(10_000);
  expect(client.getConnection()).toMatchObject({
    status: 'reconnecting',
    lastClose: { reason: 'nothing was heard for 10 s' },
  });
  leave();
  advance(5_000);
  expect(client.getConnection().status).toBe('idle');
});

test('each option’s comment names its default, and each number is the one that holds', () => {
  const sources = ROOMS.map((room) => readFileSync(new URL('options.ts', room), 'utf8'));
  const comments = sources.flatMap((source) => [
    ...source.matchAll(/\/\*\*([^]*?)\*\/\s*readonly (\w+)(\??):/g),
  ]);
  const stated = new Map(
    comments.map(([, comment, name, isOptional]) => [
      name,
      isOptional === '?' ? /Default: (.+)/s.exec(comment ?? '')?.[1] : 'a url has to be given',
    ]),
  );
  expect(new Set(stated.keys())).toEqual(new Set(NAMES));
  for (const name of NAMES) {
    expect(stated.get(name), name).toBeDefined();
    const number = Number.parseInt(stated.get(name) ?? '', 10);
    const taken = [...CODE.matchAll(new RegExp(`\\b${name} = ([\\w *]+?)(?:,| \\})`, 'g'))];
    if (Number.isNaN(number)) continue;
    expect(taken.length, name).toBeGreaterThan(0);
    for (const [, value] of taken) expect(valueOf(value), name).toBe(number);
  }
});

/** The number that a default is written as: in digits, as a product, or by the name of a constant. */
function valueOf(written: string | undefined): number {
  const [, constant] = new RegExp(`const ${String(written)} = (.+);`).exec(CODE) ?? [];
  const factors = (constant ?? written ?? '').split('*');
  return factors.reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1);
}
