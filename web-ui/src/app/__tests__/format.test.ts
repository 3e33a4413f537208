// @vitest-environment node
import { describe, expect, test } from 'vitest';
import {
  excerpt,
  formatChange,
  formatMoment,
  formatCount,
  formatCounted,
  formatDay,
  formatPercent,
  formatQuantity,
  formatTime,
  formatUtc,
  formatValue,
} from '../format.ts';

describe('counts', () => {
  test('thousands are grouped', () => {
    expect(formatCount(1055)).toBe('1,055');
  });

  test.each([
    [0, '0 sessions'],
    [1, '1 session'],
    [2, '2 sessions'],
  ])('%i takes the right noun', (value, text) => {
    expect(formatCounted(value, 'session')).toBe(text);
  });

  test('an irregular plural is said', () => {
    expect(formatCounted(2, 'category', 'categories')).toBe('2 categories');
  });
});

describe('percentages', () => {
  test.each([
    [0, '0%'],
    [1, '100%'],
    [0.4237, '42.4%'],
    [0.5, '50.0%'],
    [0.792308, '79.2%'],
    [0.0004, '<0.1%'],
    [0.0005, '0.1%'],
    [0.9996, '>99.9%'],
    [0.9995, '>99.9%'],
    [0.9994, '99.9%'],
  ])('%d reads %s', (fraction, text) => {
    expect(formatPercent(fraction)).toBe(text);
  });

  test.each([
    [0.034, '+3.4%'],
    [-0.12, '−12.0%'],
    [0, '0%'],
    [2.5, '+250.0%'],
    [-1, '−100%'],
    [-0.0001, '−<0.1%'],
  ])('a change of %d reads %s', (ratio, text) => {
    expect(formatChange(ratio)).toBe(text);
  });
});

describe('values', () => {
  test.each([
    [0.307692, '+0.308'],
    [-0.12, '−0.120'],
    [0, '0'],
    [-0, '0'],
    [1, '+1.000'],
    [0.0004, '+<0.001'],
    [-0.0001, '−<0.001'],
  ])('%d reads %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test.each([
    [0.35, '0.35'],
    [1200, '1,200'],
    [-2.5, '−2.5'],
    [0.123456789, '0.123457'],
    [1_000_000_000, '1,000,000,000'],
  ])('the quantity %d reads %s', (value, text) => {
    expect(formatQuantity(value)).toBe(text);
  });
});

describe('times', () => {
  test('a moment is shown in the zone of the reader', () => {
    expect(formatTime('2026-11-22T22:34:29Z', 'Asia/Tokyo')).toBe('23 Nov 2026, 07:34');
  });

  test('the same moment in UTC keeps its seconds', () => {
    expect(formatUtc('2026-11-22T22:34:29.123456Z')).toBe('2026-11-22 22:34:29 UTC');
  });

  test.each([
    ['of today has seconds', Date.UTC(2026, 10, 22, 23, 59), 'UTC', 'at 22:34:29'],
    ['of yesterday has its day', Date.UTC(2026, 10, 23), 'UTC', 'on 22 Nov 2026, 22:34:29'],
    ['is of the day that the reader has', Date.UTC(2026, 10, 23), 'Asia/Tokyo', 'at 07:34:29'],
    ['a year ago is not one of today', Date.UTC(2027, 10, 22), 'UTC', 'on 22 Nov 2026, 22:34:29'],
  ])('a moment %s', (_, now, timeZone, text) => {
    expect(formatMoment(Date.UTC(2026, 10, 22, 22, 34, 29), now, timeZone)).toBe(text);
  });

  test('a UTC day stays that day', () => {
    expect(formatDay('2026-11-01')).toBe('1 Nov 2026');
  });
});

describe('excerpts', () => {
  test('a short text stays whole', () => {
    expect(excerpt('use snake_case here', 40)).toBe('use snake_case here');
  });

  test('a long text ends at a word, with an ellipsis', () => {
    expect(excerpt('run the tests before committing anything', 30)).toBe('run the tests before…');
  });

  test('a text without spaces is cut at the limit', () => {
    expect(excerpt('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  test('a character outside the basic plane is never cut in half', () => {
    expect(excerpt('🙂'.repeat(50), 4)).toBe('🙂🙂🙂…');
  });

  test('line breaks become spaces', () => {
    expect(excerpt('one\n  two', 40)).toBe('one two');
  });
});
