// @vitest-environment node
import { expect, test } from 'vitest';
import { domainOf, dotsPath, linePath, marksOf } from '../geometry.ts';

const BOX = { width: 100, height: 50 };
const FRACTION = { low: 0, high: 1 };

test('the highest value stands at the top, the first at the left', () => {
  expect(marksOf([0, 0.5, 1], FRACTION, BOX)).toEqual([
    { x: 0, y: 50 },
    { x: 50, y: 25 },
    { x: 100, y: 0 },
  ]);
});

test('a single value stands in the middle', () => {
  expect(marksOf([1], FRACTION, BOX)).toEqual([{ x: 50, y: 0 }]);
});

test('no values, no marks', () => {
  expect(marksOf([], domainOf([]), BOX)).toEqual([]);
  expect(linePath([])).toBe('');
});

test('the line is broken at a gap and never joins over it', () => {
  const marks = marksOf([0, null, 1, 1], FRACTION, BOX);
  expect(linePath(marks)).toBe('M0 50M66.67 0L100 0');
});

test('a value between two gaps is still a dot', () => {
  const marks = marksOf([null, 1, null], FRACTION, BOX);
  expect(dotsPath(marks)).toBe('M50 0h0');
});

test('the scale takes in what must be seen', () => {
  expect(domainOf([0.5, null, 0.7], [0, 1])).toEqual({ low: 0, high: 1 });
  expect(domainOf([-0.2, 0.4], [0])).toEqual({ low: -0.2, high: 0.4 });
});

test.each([0, 5, -5])('a flat line at %d lies in the middle', (value) => {
  const mark = marksOf([value, value], domainOf([value, value]), BOX)[0];
  expect(mark?.y).toBeCloseTo(25);
});

test('a scale without values is that of a fraction', () => {
  expect(domainOf([null, null])).toEqual(FRACTION);
});
