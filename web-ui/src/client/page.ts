type Listenable = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** The part of a browser page that the connection listens to. */
export interface Page {
  readonly window: Listenable;
  readonly document: Listenable & { readonly visibilityState: 'visible' | 'hidden' };
}

export interface PageListener {
  /** The network came back. */
  readonly online: () => void;
  /** Somebody looks at the page again. */
  readonly visible: () => void;
  /** Nobody has looked at the page for the whole of `hiddenMs`. */
  readonly asleep: () => void;
}

/** The page this code runs in; undefined outside a browser. */
export function thisPage(): Page | undefined {
  return typeof window === 'undefined' || typeof document === 'undefined'
    ? undefined
    : { window, document };
}

/** Tells `listener` what becomes of the page, until the returned function is called. */
export function watchPage(page: Page, hiddenMs: number, listener: PageListener): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isHidden = (): boolean => page.document.visibilityState === 'hidden';
  const doze = (): void => {
    clearTimeout(timer);
    if (isHidden()) timer = setTimeout(listener.asleep, hiddenMs);
  };
  // pageshow, too: a page that comes back from the back/forward cache may have changed nothing else.
  const look = (): void => {
    doze();
    if (!isHidden()) listener.visible();
  };
  page.document.addEventListener('visibilitychange', look);
  page.window.addEventListener('pageshow', look);
  page.window.addEventListener('online', listener.online);
  doze();
  return () => {
    clearTimeout(timer);
    page.document.removeEventListener('visibilitychange', look);
    page.window.removeEventListener('pageshow', look);
    page.window.removeEventListener('online', listener.online);
  };
}
