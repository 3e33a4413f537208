import type { Page } from '../page.ts';

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
}

class FakeWindow extends EventTarget {
  readonly navigator = { onLine: true };
}

/** A tab whose visibility and network the test decides. */
export class FakePage implements Page {
  readonly window = new FakeWindow();
  readonly document = new FakeDocument();

  show(): void {
    this.document.visibilityState = 'visible';
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  hide(): void {
    this.document.visibilityState = 'hidden';
    this.document.dispatchEvent(new Event('visibilitychange'));
  }

  online(): void {
    this.window.navigator.onLine = true;
    this.window.dispatchEvent(new Event('online'));
  }

  offline(): void {
    this.window.navigator.onLine = false;
    this.window.dispatchEvent(new Event('offline'));
  }

  /** Goes into the back/forward cache. */
  pagehide(): void {
    this.window.dispatchEvent(new Event('pagehide'));
  }

  /** Comes back from it; where it was not hidden before, nothing else is heard. */
  pageshow(): void {
    this.window.dispatchEvent(new Event('pageshow'));
  }
}
