import type { Letter } from './letter.ts';

/** The part of a BroadcastChannel that is used here. */
export interface Channel {
  onmessage: { handle(event: { readonly data: unknown }): void }['handle'] | null;
  postMessage(letter: Letter): void;
  close(): void;
}

/** The part of the browser's lock manager that is used here. */
export interface Locks {
  request(
    name: string,
    options: { readonly signal?: AbortSignal; readonly steal?: boolean },
    granted: () => Promise<void> | undefined,
  ): Promise<unknown>;
}

/** The means by which the tabs of a browser find each other. */
export interface Surroundings {
  readonly locks: Locks;
  readonly BroadcastChannel: new (name: string) => Channel;
}

/** Those of the browser that this runs in; undefined where there are none, as on a page without TLS. */
export function thisBrowser(): Surroundings | undefined {
  const hasLocks = typeof navigator !== 'undefined' && 'locks' in navigator;
  if (!hasLocks || !('BroadcastChannel' in globalThis)) return undefined;
  return { locks: navigator.locks, BroadcastChannel: globalThis.BroadcastChannel };
}
