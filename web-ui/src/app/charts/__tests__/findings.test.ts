// @vitest-environment node
import { expect, test } from 'vitest';
import { describeDays, describeValues } from '../findings.ts';

const format = (value: number) => value.toFixed(1);

test('a series over days is told by its latest value, its range and its gaps', () => {
  const points = [
    { label: 'Monday', value: 0.2 },
    { label: 'Tuesday', value: 0.9 },
    { label: 'Wednesday', value: 0.4 },
    { label: 'Thursday', value: null },
  ];
  expect(describeDays('Mean score', points, format)).toBe(
    'Mean score over 4 days: latest 0.4 on Wednesday, lowest 0.2, highest 0.9; 1 day without data.',
  );
});

test('one value has no range', () => {
  expect(describeDays('Mean score', [{ label: 'Monday', value: 0.2 }], format)).toBe(
    'Mean score over 1 day: latest 0.2 on Monday.',
  );
});

test('no value at all is said', () => {
  const points = [
    { label: 'Monday', value: null },
    { label: 'Tuesday', value: null },
  ];
  expect(describeDays('Mean score', points, format)).toBe('Mean score over 2 days: no data.');
});

test.each([
  [[], 'Rate: no values.'],
  [[0.5], 'Rate, 1 value: latest 0.5.'],
  [[0.1, 0.9, 0.5], 'Rate, last 3 values: latest 0.5, lowest 0.1, highest 0.9.'],
])('the values %j', (values, text) => {
  expect(describeValues('Rate', values, format)).toBe(text);
});
