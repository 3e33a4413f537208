import { JSDOM } from 'jsdom';

/** Gives Node a page to draw on; to be called before React is imported, which looks for one when it is. */
export function openPage(): void {
  const { window } = new JSDOM('<!doctype html><title>Benchmark</title>', {
    url: 'http://127.0.0.1/',
    pretendToBeVisual: true,
  });
  const globals = { window, document: window.document, location: window.location };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}
