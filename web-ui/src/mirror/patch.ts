import type { PatchOperation } from '../messages/types.ts';
import { isContainer, type Container } from './share.ts';

/**
 * `document` after RFC 6902 operations (add, remove, replace, move), in order.
 *
 * Never modifies `document`: what lies on the way to a change is copied, once, and every other branch
 * keeps its identity. Throws an Error where an operation does not fit, since the state it was made
 * for is another one; nothing is applied then.
 */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T {
  // What the empty pointer names is in here the first value of a list.
  const root = [document] as unknown as Container;
  /** The containers that may be written to. */
  const copies = new Set<unknown>([root]);
  let operation: PatchOperation;

  function require(fits: boolean): void {
    if (fits) return;
    throw new Error(`cannot ${operation.op} at "${operation.path}"`);
  }

  /** What is at `key` of `holder`, fit for writing. */
  function open(holder: Container, key: string): Container {
    let inner = holder[key];
    require(has(holder, key) && isContainer(inner));
    if (!copies.has(inner)) {
      inner = Array.isArray(inner) ? [...(inner as unknown[])] : { ...(inner as object) };
      copies.add(inner);
      holder[key] = inner;
    }
    return inner as Container;
  }

  /** Puts `added` in place of what `pointer` leads to, or before it where nothing is `removed`; returns that. */
  function splice(pointer: string, removed: 0 | 1, ...added: readonly unknown[]): unknown {
    const tokens = `0${pointer}`.split('/');
    const names = tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    const name = names.pop() as string;
    const holder = names.reduce(open, root);
    const isList = Array.isArray(holder);
    const end = isList ? String(holder.length) : '-';
    const key = name === '-' ? end : name;
    // Plain assignment would replace the prototype instead of adding a member.
    const isNew = isList ? key === end : key !== '__proto__';
    require(has(holder, key) || (removed === 0 && isNew));
    const before = holder[key];
    if (isList) holder.splice(Number(key), removed, ...added);
    else if (added.length > 0) holder[key] = added[0];
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- of a copy that is ours
    else delete holder[key];
    return before;
  }

  for (operation of operations) {
    const { op, path } = operation;
    if (op === 'add') splice(path, 0, operation.value);
    else if (op === 'replace') splice(path, 1, operation.value);
    else if (op === 'remove') {
      require(path !== '');
      splice(path, 1);
    } else {
      // A value cannot move into itself; other operations there are none.
      require((op as string) === 'move' && !path.startsWith(`${operation.from}/`));
      splice(path, 0, splice(operation.from, 1));
    }
  }
  return root[0] as T;
}

/** Whether `holder` has a value there; a list has one at each index, written without leading zeros. */
function has(holder: Container, key: string): boolean {
  return {}.propertyIsEnumerable.call(holder, key);
}
