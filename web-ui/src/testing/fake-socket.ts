import type { SocketLike } from '../client/index.ts';

/** A WebSocket without a network: whoever fills in `received` and `left` is its server. */
export class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  /** Takes a frame from the client. */
  received: (text: string) => void = ignore;
  /** Hears that the client has closed the socket. */
  left: () => void = ignore;

  send(data: string): void {
    // A real server answers later, never within `send`.
    queueMicrotask(() => {
      this.received(data);
    });
  }

  close(): void {
    this.left();
  }

  /** The connection ends, by the server or on the way. */
  end(code: number, reason: string): void {
    if (code === 1006) this.onerror?.({});
    this.onclose?.({ code, reason });
  }
}

function ignore(): void {
  // Nobody is at the other end yet.
}
