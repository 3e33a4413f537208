/** An object, or a list by its indices. */
export type Container = Record<string, unknown>;

/** Fields by which a row of a list is known again after the list has moved. */
const IDENTITY = ['id', 'learning_id', 'session_id'] as const;

/**
 * A value equal to `next` that reuses every part of `previous` that did not change.
 *
 * Whole equal branches keep their identity, rows of a list by their id, so that a component which
 * compares by identity renders only what changed. JSON values only; neither argument is modified.
 */
export function share<T>(previous: unknown, next: T): T {
  if (!isContainer(previous) || !isContainer(next)) return next;
  const isList = Array.isArray(next);
  if (Array.isArray(previous) !== isList) return next;
  const rows = new Map(isList ? Object.values(previous).map((row) => [identity(row), row]) : []);
  const keys = Object.keys(next);
  const copy = (isList ? [] : {}) as Container;
  let isSame = keys.length === Object.keys(previous).length;
  for (const key of keys) {
    const id = isList ? identity(next[key]) : undefined;
    copy[key] = share(id === undefined ? previous[key] : rows.get(id), next[key]);
    // What is inherited is equal to no JSON value.
    isSame &&= copy[key] === previous[key];
  }
  return (isSame ? previous : copy) as T;
}

export function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function identity(row: unknown): unknown {
  const field = isContainer(row) && IDENTITY.find((name) => name in row);
  return field ? row[field] : undefined;
}
