import fastJsonPatch from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import type { PatchOperation } from '../../messages/types.ts';
import { applyPatch } from '../patch.ts';
import { Random } from './random.ts';

describe('applyPatch', () => {
  const document = { a: { b: [1, 2, 3] }, c: { d: 'x' }, 'sl/ash': 1, 'til~de': 2, '': 3 };

  test.each<[string, PatchOperation[], unknown]>([
    ['add a member', [{ op: 'add', path: '/c/e', value: 1 }], { c: { d: 'x', e: 1 } }],
    ['add over a member', [{ op: 'add', path: '/c/d', value: 1 }], { c: { d: 1 } }],
    ['add into a list', [{ op: 'add', path: '/a/b/1', value: 9 }], { a: { b: [1, 9, 2, 3] } }],
    ['add at its end', [{ op: 'add', path: '/a/b/-', value: 9 }], { a: { b: [1, 2, 3, 9] } }],
    ['add after its last', [{ op: 'add', path: '/a/b/3', value: 9 }], { a: { b: [1, 2, 3, 9] } }],
    ['remove from a list', [{ op: 'remove', path: '/a/b/0' }], { a: { b: [2, 3] } }],
    ['replace', [{ op: 'replace', path: '/a/b', value: null }], { a: { b: null } }],
    ['escaped names', [{ op: 'replace', path: '/sl~1ash', value: 5 }], { 'sl/ash': 5 }],
    ['escaped names', [{ op: 'replace', path: '/til~0de', value: 5 }], { 'til~de': 5 }],
    ['an empty name', [{ op: 'replace', path: '/', value: 5 }], { '': 5 }],
    [
      'move within a list',
      [{ op: 'move', from: '/a/b/0', path: '/a/b/2' }],
      { a: { b: [2, 3, 1] } },
    ],
    [
      'move elsewhere',
      [{ op: 'move', from: '/c', path: '/a/c' }],
      { a: { b: [1, 2, 3], c: { d: 'x' } } },
    ],
    ['move to itself', [{ op: 'move', from: '/a/b', path: '/a/b' }], {}],
  ])('%s', (_, operations, changes) => {
    const { c, ...rest } = document;
    const moved = operations.some(({ op, path }) => op === 'move' && path === '/a/c');
    expect(applyPatch<unknown>(document, operations)).toEqual({
      ...rest,
      ...(moved ? {} : { c }),
      ...(changes as object),
    });
  });

  test('the whole document can be replaced', () => {
    expect(applyPatch<unknown>(document, [{ op: 'replace', path: '', value: 7 }])).toBe(7);
    expect(applyPatch<unknown>(document, [{ op: 'add', path: '', value: 8 }])).toBe(8);
    expect(applyPatch<unknown>(document, [{ op: 'move', from: '/c', path: '' }])).toEqual({
      d: 'x',
    });
  });

  test('untouched branches keep their identity, and the document is not modified', () => {
    const before = structuredClone(document);
    const after = applyPatch(document, [
      { op: 'replace', path: '/a/b/0', value: 100 },
      { op: 'replace', path: '/a/b/1', value: 200 },
    ]);
    expect(after.a.b).toEqual([100, 200, 3]);
    expect(after.c).toBe(document.c);
    expect(document).toEqual(before);
  });

  test('the values of a patch are not modified by its later operations', () => {
    const value = { list: [1] };
    const patch: PatchOperation[] = [
      { op: 'add', path: '/new', value },
      { op: 'add', path: '/new/list/-', value: 2 },
    ];
    expect(applyPatch<object>(document, patch)).toMatchObject({ new: { list: [1, 2] } });
    expect(value).toEqual({ list: [1] });
  });

  test.each<PatchOperation | { op: 'test'; path: string }>([
    { op: 'replace', path: '/nope', value: 1 },
    { op: 'remove', path: '/nope' },
    { op: 'remove', path: '' },
    { op: 'remove', path: '/a/b/3' },
    { op: 'remove', path: '/a/b/-' },
    { op: 'replace', path: '/a/b/-', value: 1 },
    { op: 'replace', path: '/a/b/01', value: 1 },
    { op: 'add', path: '/a/b/4', value: 1 },
    { op: 'add', path: '/a/b/-1', value: 1 },
    { op: 'add', path: '/a/b/1e0', value: 1 },
    { op: 'add', path: '/a/x/y', value: 1 },
    { op: 'add', path: '/c/d/e', value: 1 },
    { op: 'add', path: 'a', value: 1 },
    { op: 'add', path: '/__proto__/polluted', value: 1 },
    { op: 'add', path: '/__proto__', value: {} },
    { op: 'replace', path: '/constructor', value: 1 },
    { op: 'move', from: '/nope', path: '/a' },
    { op: 'move', from: '/nope', path: '/nope' },
    { op: 'move', from: '/a', path: '/a/b/c' },
    { op: 'move', from: '', path: '/a' },
    { op: 'test', path: '/a' },
  ])('refuses %j', (operation) => {
    const patch = [{ op: 'replace', path: '/c/d', value: 'y' }, operation] as PatchOperation[];
    expect(() => applyPatch(document, patch)).toThrow(/^cannot /);
    expect(document.c.d).toBe('x');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('against fast-json-patch', () => {
  const NAMES = ['a', 'b', 'c/d', 'e~f', '0'];

  function anyValue(random: Random, depth: number): unknown {
    const kind = depth === 0 ? random.below(4) : random.below(8);
    if (kind === 0) return null;
    if (kind === 1) return random.below(5);
    if (kind === 2) return random.pick(NAMES);
    if (kind === 3) return random.chance(0.5);
    if (kind < 6) return Array.from({ length: random.below(5) }, () => anyValue(random, depth - 1));
    const members = Array.from({ length: random.below(5) }, () => [
      random.pick(NAMES),
      anyValue(random, depth - 1),
    ]);
    return Object.fromEntries(members) as unknown;
  }

  /** Pointers to everything in the value, the value itself included. */
  function places(value: unknown, path = ''): string[] {
    if (typeof value !== 'object' || value === null) return [path];
    const inner = Object.entries(value).flatMap(([key, member]) =>
      places(member, `${path}/${fastJsonPatch.escapePathComponent(key)}`),
    );
    return [path, ...inner];
  }

  function anyOperation(random: Random, document: unknown): PatchOperation {
    const all = places(document);
    const inner = all.filter((path) => path !== '');
    const path = random.pick(all);
    const value = anyValue(random, 2);
    const target = random.chance(0.5) ? path : `${path}/${random.pick([...NAMES, '-', '1'])}`;
    const kind = random.below(4);
    if (kind === 0 || inner.length === 0) return { op: 'add', path: target, value };
    if (kind === 1) return { op: 'replace', path, value };
    if (kind === 2) return { op: 'remove', path: random.pick(inner) };
    return { op: 'move', from: random.pick(inner), path: target };
  }

  /** Its own move looks up where the value goes before it takes it out; RFC 6902 does it afterwards. */
  function byFastJsonPatch(document: unknown, operation: PatchOperation): unknown {
    const [copy, own] = structuredClone([document, operation] as const);
    if (own.op !== 'move') return fastJsonPatch.applyPatch(copy, [own]).newDocument;
    const value: unknown = fastJsonPatch.getValueByPointer(copy, own.from);
    return fastJsonPatch.applyPatch(copy, [
      { op: 'remove', path: own.from },
      { op: 'add', path: own.path, value },
    ]).newDocument;
  }

  /** Whether everything that the operation names is there; fast-json-patch does not look. */
  function fits(operation: PatchOperation, document: unknown): boolean {
    if (operation.op === 'move' && operation.path.startsWith(`${operation.from}/`)) return false;
    const settled =
      operation.op === 'move'
        ? fastJsonPatch.applyPatch(structuredClone(document), [
            { op: 'remove', path: operation.from },
          ]).newDocument
        : document;
    const parent = operation.path.slice(0, Math.max(0, operation.path.lastIndexOf('/')));
    const last = operation.path.slice(operation.path.lastIndexOf('/') + 1);
    if (operation.path === '') return true;
    if (!places(settled).includes(parent)) return false;
    const holder: unknown = fastJsonPatch.getValueByPointer(settled, parent);
    if (typeof holder !== 'object' || holder === null) return false;
    if (!Array.isArray(holder) || last === '-') return true;
    return /^(0|[1-9]\d*)$/.test(last) && Number(last) <= holder.length;
  }

  test('20,000 random operations give what it gives, and what does not fit is refused', () => {
    const random = new Random(20_260_301);
    let applied = 0;
    let refused = 0;
    while (applied < 20_000) {
      let document = anyValue(random, 3);
      for (let step = 0; step < 20; step += 1) {
        const operation = anyOperation(random, document);
        const before = structuredClone(document);
        if (fits(operation, document)) {
          const expected = byFastJsonPatch(document, operation);
          const result = applyPatch(document, [operation]);
          expect(result).toStrictEqual(expected);
          expect(document).toStrictEqual(before);
          document = result;
          applied += 1;
        } else {
          expect(() => applyPatch(document, [operation])).toThrow(/^cannot /);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});
