import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pass } from 'node:timers/promises';

const PIECE_BYTES = 1_024;

export interface Slowness {
  /** How long whatever comes is on its way, one way. */
  readonly latencyMs: number;
  /** Of each connection, in each direction. */
  readonly bytesPerSecond: number;
}

/**
 * A way to a server of this machine that is as slow as a bad mobile network.
 *
 * Browsers can slow down their own requests, but not all of them their WebSockets. What the reader does not take stays
 * with the sender, as on a real network.
 */
export class SlowNetwork {
  readonly #slowness: Slowness;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(port: number, slowness: Slowness) {
    this.#slowness = slowness;
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      void this.#carry(near, far);
      void this.#carry(far, near);
    });
  }

  /** Resolves with the address of the slow way. */
  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #carry(from: Socket, to: Socket): Promise<void> {
    this.#sockets.add(from);
    try {
      await pipeline(from, (source) => this.#slowly(source as AsyncIterable<Buffer>), to);
    } catch {
      // One end has gone without a word, as browsers do: so does the other.
      from.destroy();
      to.destroy();
    } finally {
      this.#sockets.delete(from);
    }
  }

  async *#slowly(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const { latencyMs, bytesPerSecond } = this.#slowness;
    for await (const chunk of source) {
      await pass(latencyMs);
      for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
        const piece = chunk.subarray(start, start + PIECE_BYTES);
        await pass((piece.length / bytesPerSecond) * 1000);
        yield piece;
      }
    }
  }
}
