import {
  SCHEMA_HASH,
  type DashboardMessage,
  type DashboardRequest,
  type WelcomeMessage,
} from '../../messages/types.ts';
import { asked, mustBeRefused, said } from '../../../tools/wire.ts';
import type { SocketLike } from '../../mirror/socket.ts';

export const WELCOME: WelcomeMessage = {
  type: 'welcome',
  protocol_version: 1,
  schema_hash: SCHEMA_HASH,
  server_version: '0.1.0',
  server_time: '2026-03-01T08:30:00Z',
  heartbeat_seconds: 25,
  roles: ['viewer', 'operator'],
  limits: {
    max_message_bytes: 65_536,
    max_topics: 64,
    messages_per_second: 20,
    message_burst: 60,
  },
  retry: { min_ms: 500, max_ms: 20_000 },
};

/**
 * A WebSocket of which the test plays the network and the server. It has no timers of its own, and every frame that
 * passes through it is held against the schema.
 */
export class FakeSocket implements SocketLike {
  static all: FakeSocket[] = [];

  static get last(): FakeSocket {
    const last = FakeSocket.all.at(-1);
    if (last === undefined) throw new Error('no socket was opened');
    return last;
  }

  static get live(): FakeSocket[] {
    return FakeSocket.all.filter(({ phase }) => phase !== 'closed');
  }

  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly url: string;
  readonly protocol: string;
  readonly sent: DashboardRequest[] = [];
  phase: 'connecting' | 'open' | 'closed' = 'connecting';

  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    if (this.phase !== 'open') throw new Error(`sent while ${this.phase}`);
    this.sent.push(asked(data));
  }

  close(): void {
    this.phase = 'closed';
  }

  /** The handshake of the WebSocket succeeds. */
  accept(): void {
    this.phase = 'open';
    this.onopen?.({});
  }

  /** ... and the server's as well. */
  welcome(changes: Partial<WelcomeMessage> = {}): void {
    if (this.phase === 'connecting') this.accept();
    this.say({ ...WELCOME, ...changes });
  }

  say(message: DashboardMessage): void {
    const data = JSON.stringify(message);
    said(data);
    this.onmessage?.({ data });
  }

  /** The server sends what the schema refuses. */
  sayInvalid(data: unknown): void {
    mustBeRefused(data);
    this.onmessage?.({ data });
  }

  /** The connection ends, by the server or on the way. */
  fail(code = 1006, reason = ''): void {
    this.phase = 'closed';
    this.onerror?.({});
    this.onclose?.({ code, reason });
  }

  /** What was sent, without the ids; compare with `toEqual`. */
  get requests(): unknown[] {
    return this.sent.map((request) => ({ ...request, request_id: undefined }));
  }
}
