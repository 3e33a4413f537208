import fastJsonPatch from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import { Random } from '../../mirror/__tests__/random.ts';
import { patchOf } from '../patch-of.ts';

const NAMES = ['a', 'b', 'a/b', 'a~b', ''];

/** Any JSON, of which much is alike. */
function anyJson(random: Random, depth: number): unknown {
  const size = random.below(4);
  switch (random.below(depth > 0 ? 5 : 3)) {
    case 0:
      return random.below(3);
    case 1:
      return random.pick(['x', 'y', '']);
    case 2:
      return random.pick([null, true, false]);
    case 3:
      return Array.from({ length: size }, () => anyJson(random, depth - 1));
    default:
      return Object.fromEntries(
        NAMES.slice(0, size).map((name) => [name, anyJson(random, depth - 1)]),
      );
  }
}

test('a patch makes one of any two the other, as another implementation applies it', () => {
  const random = new Random(7);
  for (let round = 0; round < 3_000; round += 1) {
    const [before, after] = [anyJson(random, 3), anyJson(random, 3)];
    const patched = fastJsonPatch.applyPatch(before, patchOf(before, after), true, false);
    expect(patched.newDocument, JSON.stringify([before, after])).toEqual(after);
  }
});

describe('a patch is small', () => {
  const rows = Array.from({ length: 50 }, (_, n) => ({ id: n, status: 'active' }));

  test('equal data need none', () => {
    expect(patchOf(rows, structuredClone(rows))).toEqual([]);
  });

  test('a changed member is replaced in its place', () => {
    const after = rows.with(7, { id: 7, status: 'disabled' });
    expect(patchOf({ rows }, { rows: after })).toEqual([
      { op: 'replace', path: '/rows/7/status', value: 'disabled' },
    ]);
  });

  test('a new first row is added, and the last one removed', () => {
    const first = { id: 99, status: 'active' };
    expect(patchOf(rows, [first, ...rows])).toEqual([{ op: 'add', path: '/0', value: first }]);
    expect(patchOf(rows, rows.slice(0, -1))).toEqual([{ op: 'remove', path: '/49' }]);
  });
});
