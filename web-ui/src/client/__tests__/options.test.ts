import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DashboardClientOptions } from '../options.ts';
import { withDefaults } from '../options.ts';

const NAMES = [
  'url',
  'getToken',
  'WebSocket',
  'fallback',
  'retry',
  'connectTimeoutMs',
  'silenceGraceMs',
  'steadyMs',
  'tooSlowDelayMs',
  'wakeWithinMs',
  'hiddenMs',
  'lingerMs',
  'actionTimeoutMs',
  'random',
  'schedule',
  'page',
  'onFault',
] as const satisfies readonly (keyof DashboardClientOptions)[];

/** What is equal of two settings; functions made anew each time are compared by their text. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'function' ? member.toString() : member,
    ),
  );

test('an option that is undefined has its default', () => {
  const nothing = Object.fromEntries(NAMES.map((name) => [name, undefined]));
  expect(comparable(withDefaults(nothing))).toEqual(comparable(withDefaults({})));
  expect(withDefaults({ lingerMs: undefined, hiddenMs: 7 })).toMatchObject({
    lingerMs: 5_000,
    hiddenMs: 7,
  });
});

test('each option’s comment names its default, and each number is the one that holds', () => {
  const source = readFileSync(new URL('../options.ts', import.meta.url), 'utf8');
  const body = /interface DashboardClientOptions \{(.*?)\n\}/s.exec(source)?.[1] ?? '';
  const comments = [...body.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)\?:/gs)];
  expect(comments.map(([, , name]) => name)).toEqual(NAMES);
  const settings = new Map<string, unknown>(Object.entries(withDefaults({})));
  for (const [, comment, name] of comments) {
    const stated = /Default: (.+)/s.exec(comment ?? '')?.[1];
    expect(stated, name).toBeDefined();
    const value = settings.get(name ?? '');
    if (typeof value === 'number') expect(Number.parseInt(stated ?? '', 10), name).toBe(value);
  }
});
