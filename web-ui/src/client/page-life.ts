import { CLOSE_TOO_SLOW } from '../messages/protocol.ts';
import type { RetryWindow } from '../messages/types.ts';
import { DEFAULT_RETRY } from '../mirror/backoff.ts';
import { TOO_SLOW_DELAY_MS } from '../mirror/connection.ts';
import type { ExtensibleMirror } from '../mirror/mirror.ts';
import { leave } from './leave.ts';
import type { DashboardClientOptions } from './options.ts';
import { thisPage, watchPage } from './page.ts';

/** What the page, and the computer it is on, do to the connection. */
export interface PageLife {
  /** A connection is wanted: the page is watched. */
  readonly begin: () => void;
  /** ... and no longer; no timer is left. */
  readonly end: () => void;
  /** An attempt has failed. Gives the time until the next, where the page changes it; see `Extension`. */
  readonly delay: (
    code: number,
    askedMs: number,
    window: RetryWindow | undefined,
  ) => number | undefined;
  /** The server has stated the bounds of the back-off. */
  readonly welcomed: (retry: RetryWindow) => void;
}

export function followPage(
  {
    page = thisPage() ?? null,
    hiddenMs = 5 * 60_000,
    wakeWithinMs = 1_000,
    random = Math.random,
    retry = DEFAULT_RETRY,
    tooSlowDelayMs = TOO_SLOW_DELAY_MS,
  }: DashboardClientOptions,
  mirror: ExtensibleMirror,
): PageLife {
  let unwatch: (() => void) | undefined;
  /** Bounds of the back-off. */
  let bounds = retry;
  let lostAt = 0;
  /** For how many ms after that no wake-up reconnects: the server asked for it. */
  let pause = 0;

  function sleep(): void {
    // In this order: one that has died unseen is waiting by then.
    if (mirror.isAlive() || mirror.getConnection().retryAt !== undefined) {
      leave(mirror, 'the page was put aside');
    }
  }

  /** Reconnects soon. A silence may have gone unseen while the computer slept. */
  function wake(): void {
    if (mirror.isAlive()) return;
    const { status, retryAt } = mirror.getConnection();
    // Who heard that it has died may have closed.
    if (status !== 'reconnecting') return;
    const delay = Math.max(random() * wakeWithinMs, left(pause, lostAt));
    const soon = Date.now() + delay;
    if (retryAt === undefined || retryAt > soon) mirror.set({ retryAt: soon });
  }

  return {
    begin: () => {
      if (page !== null) unwatch ??= watchPage(page, hiddenMs, sleep, wake);
    },
    end: () => {
      unwatch?.();
      unwatch = undefined;
    },
    delay: (code, askedMs, window) => {
      lostAt = Date.now();
      pause = Math.max(code === CLOSE_TOO_SLOW ? tooSlowDelayMs : 0, window?.min_ms ?? 0);
      // Without a network only a server on this computer answers, and a wake-up follows when it is back.
      return page?.window.navigator?.onLine === false
        ? Math.max(askedMs, bounds.max_ms)
        : undefined;
    },
    welcomed: (window) => {
      bounds = window;
    },
  };
}

/** How much is left of `ms` that began at `since`: never more than `ms`, also where the clock was set back. */
function left(ms: number, since: number): number {
  return Math.min(ms, Math.max(0, since + ms - Date.now()));
}
