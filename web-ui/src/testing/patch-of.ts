import type { PatchOperation } from '../messages/types.ts';

/** Operations that turn `before` into `after`; both are JSON. None where they are equal. */
export function patchOf(before: unknown, after: unknown, path = ''): PatchOperation[] {
  if (isEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return patchOfLists(before, after, path);
  if (isObject(before) && isObject(after)) return patchOfObjects(before, after, path);
  return [{ op: 'replace', path, value: after }];
}

function patchOfObjects(before: JsonObject, after: JsonObject, path: string): PatchOperation[] {
  const at = (name: string): string =>
    `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return [
    ...gone.map((name): PatchOperation => ({ op: 'remove', path: at(name) })),
    ...Object.entries(after).flatMap(([name, value]): PatchOperation[] =>
      Object.hasOwn(before, name)
        ? patchOf(before[name], value, at(name))
        : [{ op: 'add', path: at(name), value }],
    ),
  ];
}

/** What both lists begin and end with stays; in between, items change in place, and the rest comes or goes. */
function patchOfLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): PatchOperation[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isEqual(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isEqual(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const at = (index: number): string => `${path}/${String(index)}`;
  const both = shorter - end;
  const changed = before
    .slice(start, both)
    .flatMap((item, n) => patchOf(item, after[start + n], at(start + n)));
  const gone = before
    .slice(both, before.length - end)
    .map((): PatchOperation => ({ op: 'remove', path: at(both) }));
  const come = after
    .slice(both, after.length - end)
    .map((value, n): PatchOperation => ({ op: 'add', path: at(both + n), value }));
  return [...changed, ...gone, ...come];
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
