import type { PatchOperation } from '../messages/types.ts';

/** An operation that does not fit the document: the state it was made for is another one. */
export class PatchError extends Error {
  override readonly name: string = 'PatchError';
}

/** An object, or a list by its indices. */
type Container = Record<string, unknown>;

/**
 * `document` after RFC 6902 operations (add, remove, replace, move), in order.
 *
 * Never modifies `document`: what lies on the way to a change is copied, once, and every other branch
 * keeps its identity. Throws PatchError where an operation does not fit; nothing is applied then.
 */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T {
  // A pointer begins with an empty token, which is the name of the document in here.
  const root: Container = { '': document };
  const copies = new Set<unknown>([root]);
  for (const operation of operations) apply(operation, root, copies);
  return root[''] as T;
}

/** Applies to what hangs in `root`; `copies` are the containers that may be written to. */
function apply(operation: PatchOperation, root: Container, copies: Set<unknown>): void {
  const { op, path } = operation;
  const require = (fits: boolean): void => {
    if (!fits) throw new PatchError(`cannot ${op} at "${path}"`);
  };

  /** What holds the value that `pointer` names, fit for writing, and the value's key in it. */
  const find = (pointer: string): [Container, string] => {
    let holder = root;
    let key = '';
    for (const [depth, token] of pointer.split('/').entries()) {
      if (depth > 0) holder = open(holder, key);
      key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      require(depth > 0 || key === '');
    }
    return [holder, key];
  };

  const open = (holder: Container, key: string): Container => {
    require(has(holder, key));
    const inner = holder[key];
    require(typeof inner === 'object' && inner !== null);
    if (copies.has(inner)) return inner as Container;
    const copy: unknown = Array.isArray(inner)
      ? [...(inner as unknown[])]
      : { ...(inner as object) };
    copies.add(copy);
    holder[key] = copy;
    return copy as Container;
  };

  const add = (value: unknown): void => {
    const [holder, key] = find(path);
    if (Array.isArray(holder)) {
      const end = String(holder.length);
      const index = key === '-' ? end : key;
      require(index === end || has(holder, index));
      holder.splice(Number(index), 0, value);
    } else {
      // Plain assignment would replace the prototype instead of adding a member.
      require(key !== '__proto__');
      holder[key] = value;
    }
  };

  /** Takes the value out and returns it. */
  const remove = (pointer: string): unknown => {
    const [holder, key] = find(pointer);
    require(holder !== root && has(holder, key));
    const value = holder[key];
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
    return value;
  };

  if (op === 'add') add(operation.value);
  else if (op === 'remove') remove(path);
  else if (op === 'replace') {
    const [holder, key] = find(path);
    require(has(holder, key));
    holder[key] = operation.value;
  } else {
    // A value cannot move into itself; other operations there are none.
    require((op as string) === 'move' && !path.startsWith(`${operation.from}/`));
    add(remove(operation.from));
  }
}

/** Whether `holder` has a value there; a list has one at each index, written without leading zeros. */
function has(holder: Container, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(holder, key);
}
