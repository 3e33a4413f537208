import { describe, expect, test } from 'vitest';
import { share } from '../share.ts';

describe('share', () => {
  test('an equal value is the previous one', () => {
    const previous = { a: [1, { b: null }], c: 'x' };
    expect(share(previous, structuredClone(previous))).toBe(previous);
  });

  test('only the way to a change is new', () => {
    const previous = { trends: { points: [1, 2] }, health: { status: 'ok' } };
    const next = share(previous, { trends: { points: [1, 2] }, health: { status: 'error' } });
    expect(next).toEqual({ trends: { points: [1, 2] }, health: { status: 'error' } });
    expect(next.trends).toBe(previous.trends);
    expect(next.health).not.toBe(previous.health);
  });

  test.each(['id', 'learning_id', 'session_id'])('rows keep their identity by %s', (field) => {
    const rows = ['a', 'b', 'c'].map((id) => ({ [field]: id, value: { n: 1 } }));
    const [a, b, c] = rows;
    const next = share(rows, [
      { [field]: 'new', value: { n: 0 } },
      structuredClone(c!),
      { ...structuredClone(a!), value: { n: 2 } },
      structuredClone(b!),
    ]);
    expect(next[1]).toBe(c);
    expect(next[3]).toBe(b);
    expect(next[2]).toEqual({ [field]: 'a', value: { n: 2 } });
    expect(next[0]).toEqual({ [field]: 'new', value: { n: 0 } });
  });

  test('a list that only moved is another list of the same rows', () => {
    const rows = [{ id: 'a' }, { id: 'b' }];
    const next = share(rows, [{ id: 'b' }, { id: 'a' }]);
    expect(next).not.toBe(rows);
    expect(next).toEqual([{ id: 'b' }, { id: 'a' }]);
    expect(next[0]).toBe(rows[1]);
  });

  test.each([
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [[1, 2], [1]],
    [[], {}],
    [{}, []],
    [null, {}],
    [{ a: 1 }, null],
    [{ b: 1 }, { a: 1 }],
    [1, '1'],
  ])('%j is not taken for %j', (previous, next) => {
    expect(share<unknown>(previous, next)).toStrictEqual(next);
  });

  test('neither argument is modified', () => {
    const previous = Object.freeze({ list: Object.freeze([Object.freeze({ id: 1, n: 1 })]) });
    const next = Object.freeze({ list: Object.freeze([Object.freeze({ id: 1, n: 2 })]) });
    expect(share(previous, next)).toEqual({ list: [{ id: 1, n: 2 }] });
  });
});
