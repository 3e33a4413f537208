import type { SocketConstructor, SocketLike } from '../client/index.ts';
import type { Inspection, InspectedSocket } from './inspection.ts';

/** A WebSocket like `Inner`, by default the global one, of which `inspection` hears each frame. */
export function inspectedSocket(
  inspection: Inspection,
  Inner: SocketConstructor | undefined,
): SocketConstructor {
  return class implements SocketLike, InspectedSocket {
    onopen: SocketLike['onopen'] = null;
    onmessage: SocketLike['onmessage'] = null;
    onclose: SocketLike['onclose'] = null;
    onerror: SocketLike['onerror'] = null;
    readonly #inner: SocketLike;

    constructor(url: string, protocol: string) {
      // Looked up as late as the client does.
      const inner: SocketLike = new (Inner ?? globalThis.WebSocket)(url, protocol);
      inner.onopen = (event) => {
        inspection.opened(this);
        this.onopen?.(event);
      };
      inner.onmessage = (event) => {
        inspection.received(event.data);
        this.onmessage?.(event);
      };
      inner.onclose = (event) => {
        inspection.closed(this);
        this.onclose?.(event);
      };
      inner.onerror = (event) => this.onerror?.(event);
      this.#inner = inner;
    }

    send(data: string): void {
      inspection.sent(data);
      this.#inner.send(data);
    }

    close(): void {
      inspection.closed(this);
      this.#inner.close();
    }

    deliver(data: string): void {
      this.onmessage?.({ data });
    }

    drop(): void {
      const { onclose } = this;
      this.onmessage = null;
      this.close();
      onclose?.({ code: 1006, reason: 'dropped by the devtools' });
    }
  };
}
