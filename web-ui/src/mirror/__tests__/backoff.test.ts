import { describe, expect, test } from 'vitest';
import { backoff, DEFAULT_RETRY, spread } from '../backoff.ts';

const least = (): number => 0;
const most = (): number => 1 - Number.EPSILON;

describe('backoff', () => {
  test('the first retry is jittered over min to twice min', () => {
    expect(backoff(0, DEFAULT_RETRY, least)).toBe(500);
    expect(backoff(0, DEFAULT_RETRY, most)).toBe(1000);
  });

  test.each([
    [1, 1500],
    [2, 2500],
    [5, 16_500],
    [6, 20_500],
    [40, 20_500],
    [5000, 20_500],
  ])('retry %i waits at most %i ms, and possibly only min', (attempt, longest) => {
    expect(backoff(attempt, DEFAULT_RETRY, most)).toBe(longest);
    expect(backoff(attempt, DEFAULT_RETRY, least)).toBe(500);
  });

  test('a server that asks for no delay still gets one', () => {
    expect(backoff(0, { min_ms: 0, max_ms: 0 }, most)).toBe(100);
    expect(backoff(3, { min_ms: 0, max_ms: 5000 }, most)).toBe(900);
  });
});

describe('spread', () => {
  test('reaches from one end of the window to the other', () => {
    const window = { min_ms: 1000, max_ms: 9000 };
    expect([least, () => 0.5, most].map((random) => spread(window, random))).toEqual([
      1000, 5000, 9000,
    ]);
  });

  test('a window upside down is its least delay', () => {
    expect(spread({ min_ms: 3000, max_ms: 1000 }, most)).toBe(3000);
  });
});
