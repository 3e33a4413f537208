import { cleanup } from '@testing-library/react';
import { afterEach, expect } from 'vitest';

// React warns about every update outside act() where this is not set.
Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true);

// What React or the page complains of fails the test; one that provokes a complaint spies on the console.
const complaints: unknown[][] = [];
for (const level of ['error', 'warn'] as const) {
  console[level] = (...words: unknown[]): void => {
    complaints.push(words);
  };
}

afterEach(() => {
  cleanup();
  expect(complaints.splice(0)).toEqual([]);
});
