import type { SocketLike } from '../client/index.ts';
import type { Inspection, InspectedSocket } from './inspection.ts';

/** `inner`, and `inspection` hears each of its frames. */
export class Inspected implements SocketLike, InspectedSocket {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly #inspection: Inspection;
  readonly #inner: SocketLike;

  constructor(inspection: Inspection, inner: SocketLike) {
    this.#inspection = inspection;
    this.#inner = inner;
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
  }

  send(data: string): void {
    this.#inspection.sent(data);
    this.#inner.send(data);
  }

  close(): void {
    this.#inspection.closed(this);
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
}
