import type { ExtensibleMirror } from '../mirror/mirror.ts';

/** Gives up the connection and the next attempt, until another is begun. */
export function leave(mirror: ExtensibleMirror, reason: string): void {
  mirror.lose(reason, { status: 'reconnecting', lastClose: { code: 1000, reason } });
}
