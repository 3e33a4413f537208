import type { PatchOperation } from '../messages/types.ts';

/** An operation that does not fit the document: the state it was made for is another one. */
export class PatchError extends Error {
  override readonly name: string = 'PatchError';
  readonly operation: PatchOperation;

  constructor(operation: PatchOperation, why: string) {
    super(`cannot ${operation.op} at "${operation.path}": ${why}`);
    this.operation = operation;
  }
}

/**
 * `document` after RFC 6902 operations (add, remove, replace, move), in order.
 *
 * Never modifies `document`: what lies on the way to a change is copied, once, and every other branch
 * keeps its identity. Throws PatchError where an operation does not fit; nothing is applied then.
 */
export function applyPatch<T>(document: T, operations: readonly PatchOperation[]): T {
  const draft = new Draft(document);
  for (const operation of operations) apply(draft, operation);
  return draft.root as T;
}

type Container = unknown[] | Record<string, unknown>;

/** A document under change, and which of its containers are copies that may be written to. */
class Draft {
  root: unknown;
  readonly #copies = new Set<Container>();

  constructor(root: unknown) {
    this.root = root;
  }

  /** The container named by all tokens but the last, fit for writing. */
  holder(tokens: readonly string[]): Container {
    let here = this.#writable(this.root);
    this.root = here;
    for (const token of tokens.slice(0, -1)) {
      const key = existing(here, token);
      const inner = this.#writable(read(here, key));
      write(here, key, inner);
      here = inner;
    }
    return here;
  }

  #writable(value: unknown): Container {
    if (typeof value !== 'object' || value === null)
      throw new Misfit('there is no object or array');
    if (this.#copies.has(value as Container)) return value as Container;
    const copy: Container = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    this.#copies.add(copy);
    return copy;
  }
}

/** Why an operation does not fit, before it is known which operation it was. */
class Misfit extends Error {}

function apply(draft: Draft, operation: PatchOperation): void {
  try {
    switch (operation.op) {
      case 'add':
        add(draft, operation.path, operation.value);
        return;
      case 'replace':
        replace(draft, operation.path, operation.value);
        return;
      case 'remove':
        remove(draft, operation.path);
        return;
      case 'move':
        move(draft, operation.from, operation.path);
        return;
      default:
        throw new Misfit('no such operation');
    }
  } catch (error) {
    if (error instanceof Misfit) throw new PatchError(operation, error.message);
    throw error;
  }
}

function add(draft: Draft, path: string, value: unknown): void {
  const tokens = parse(path);
  const last = tokens.at(-1);
  if (last === undefined) {
    draft.root = value;
    return;
  }
  const holder = draft.holder(tokens);
  if (Array.isArray(holder)) {
    const at = last === '-' ? holder.length : position(last, holder.length);
    holder.splice(at, 0, value);
  } else write(holder, last, value);
}

function replace(draft: Draft, path: string, value: unknown): void {
  const tokens = parse(path);
  const last = tokens.at(-1);
  if (last === undefined) {
    draft.root = value;
    return;
  }
  const holder = draft.holder(tokens);
  write(holder, existing(holder, last), value);
}

/** Takes a value out and returns it. */
function remove(draft: Draft, path: string): unknown {
  const tokens = parse(path);
  const last = tokens.at(-1);
  if (last === undefined) throw new Misfit('the whole document cannot be removed');
  const holder = draft.holder(tokens);
  const key = existing(holder, last);
  const value = read(holder, key);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
  return value;
}

function move(draft: Draft, from: string, path: string): void {
  if (path === from) {
    const tokens = parse(from);
    const last = tokens.at(-1);
    if (last !== undefined) existing(draft.holder(tokens), last);
    return;
  }
  if (path.startsWith(`${from}/`)) throw new Misfit('a value cannot move into itself');
  add(draft, path, remove(draft, from));
}

/** Tokens of a JSON pointer (RFC 6901). */
function parse(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw new Misfit('a path begins with "/"');
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `token` as the key of something that is there. */
function existing(holder: Container, token: string): string {
  if (Array.isArray(holder)) return String(position(token, holder.length - 1));
  if (!Object.hasOwn(holder, token)) throw new Misfit(`there is no "${token}"`);
  return token;
}

/** `token` as an index of at most `last`. */
function position(token: string, last: number): number {
  if (!/^(?:0|[1-9]\d*)$/.test(token)) throw new Misfit(`"${token}" is no index`);
  const index = Number(token);
  if (index > last) throw new Misfit(`index ${token} is past the end`);
  return index;
}

function read(holder: Container, key: string): unknown {
  return (holder as Record<string, unknown>)[key];
}

function write(holder: Container, key: string, value: unknown): void {
  // Plain assignment would replace the prototype instead of adding a member.
  if (key === '__proto__') throw new Misfit('"__proto__" is not a name of ours');
  (holder as Record<string, unknown>)[key] = value;
}
