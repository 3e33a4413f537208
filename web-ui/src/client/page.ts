import { SOCKET_PATH } from '../messages/protocol.ts';

type Listenable = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** The part of a browser page that the connection listens to. */
export interface Page {
  readonly window: Listenable & { readonly navigator?: { readonly onLine: boolean } };
  readonly document: Listenable & { readonly visibilityState: 'visible' | 'hidden' };
}

/** The page this code runs in; undefined outside a browser. */
export function thisPage(): Page | undefined {
  return typeof window === 'undefined' || typeof document === 'undefined'
    ? undefined
    : { window, document };
}

/** Where the server that this page came from has its socket. */
export function sameOrigin(): string {
  return `${location.origin.replace(/^http/, 'ws')}${SOCKET_PATH}`;
}

/**
 * Watches `page` until the returned function is called.
 *
 * `sleep` is called after each `hiddenMs` in which nobody has looked at the page, and when the browser puts
 * it aside: one with an open connection would not be kept for the way back. `wake` is called when somebody looks at
 * it again, or the network has come back while it was not asleep.
 */
export function watchPage(
  { window, document }: Page,
  hiddenMs: number,
  sleep: () => void,
  wake: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsleep = false;
  const doze = (): void => {
    clearTimeout(timer);
    isAsleep = true;
    // Once more later: the application may connect meanwhile though nobody looks.
    timer = setTimeout(doze, hiddenMs);
    sleep();
  };
  const look = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') timer = setTimeout(doze, hiddenMs);
    else {
      isAsleep = false;
      wake();
    }
  };
  const online = (): void => {
    if (!isAsleep) wake();
  };
  const events = [
    [document, 'visibilitychange', look],
    // A page that comes back from the back/forward cache may have changed nothing else.
    [window, 'pageshow', look],
    [window, 'pagehide', doze],
    [window, 'online', online],
  ] as const;
  for (const [target, type, listener] of events) target.addEventListener(type, listener);
  look();
  return () => {
    clearTimeout(timer);
    for (const [target, type, listener] of events) target.removeEventListener(type, listener);
  };
}
