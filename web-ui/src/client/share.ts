type Members = Record<string, unknown>;

/** Fields by which a row of a list is known again after the list has moved. */
const IDENTITY = ['id', 'learning_id', 'session_id'] as const;

/**
 * A value equal to `next` that reuses every part of `previous` that did not change.
 *
 * Whole equal branches keep their identity, rows of a list by their id, so that a component which
 * compares by identity renders only what changed. JSON values only; neither argument is modified.
 */
export function share<T>(previous: unknown, next: T): T {
  if (previous === next || !isContainer(previous) || !isContainer(next)) return next;
  if (Array.isArray(previous) !== Array.isArray(next)) return next;
  return (
    Array.isArray(next)
      ? shareList(previous as unknown[], next)
      : shareMembers(previous as Members, next as Members)
  ) as T;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function shareMembers(previous: Members, next: Members): Members {
  const keys = Object.keys(next);
  const copy: Members = {};
  for (const key of keys) copy[key] = share(own(previous, key), next[key]);
  const same =
    keys.length === Object.keys(previous).length &&
    keys.every((key) => Object.hasOwn(previous, key) && previous[key] === copy[key]);
  return same ? previous : copy;
}

function own(members: Members, key: string): unknown {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

function shareList(previous: unknown[], next: unknown[]): unknown[] {
  const byId = new Map(previous.map((item) => [identity(item), item]));
  const copy = next.map((item, index) => {
    const id = identity(item);
    return share(id === undefined ? previous[index] : byId.get(id), item);
  });
  const same =
    copy.length === previous.length && copy.every((item, index) => item === previous[index]);
  return same ? previous : copy;
}

function identity(item: unknown): unknown {
  if (!isContainer(item)) return undefined;
  const field = IDENTITY.find((name) => name in item);
  return field === undefined ? undefined : (item as Members)[field];
}
