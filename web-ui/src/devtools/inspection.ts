import { topicKey, type DashboardClient, type TopicKey } from '../client/index.ts';
import type {
  DashboardMessage,
  DashboardRequest,
  DashboardTopic,
  Version,
} from '../messages/types.ts';

/** Bounds of what is kept. */
const MOST_FRAMES = 200;
const MOST_BYTES = 4 * 1024 * 1024;

interface FrameFacts {
  readonly number: number;
  /** In ms since the epoch. */
  readonly at: number;
  readonly bytes: number;
}

/** A frame, with what is in it, without tokens; undefined where that is no message. */
export type Frame = FrameFacts &
  (
    | { readonly direction: 'sent'; readonly message: DashboardRequest | undefined }
    | { readonly direction: 'received'; readonly message: DashboardMessage | undefined }
  );

export interface SeenTopic {
  readonly key: TopicKey;
  readonly subscribers: number;
  /** The last that came. */
  readonly version: Version | undefined;
}

export interface Seen {
  /** When it was looked at, in ms since the epoch. */
  readonly at: number;
  /** The newest last. */
  readonly frames: readonly Frame[];
  readonly topics: readonly SeenTopic[];
  readonly isOpen: boolean;
}

/** A connection that the devtools can act on. */
export interface InspectedSocket {
  /** Has the client believe that `data` has come. */
  deliver(data: string): void;
  /** Breaks it as a network does: the client hears of it at once. */
  drop(): void;
}

const inspections = new WeakMap<DashboardClient, Inspection>();

/** Lets `inspectionOf` find what is seen of `client`. */
export function register(client: DashboardClient, inspection: Inspection): void {
  inspections.set(client, inspection);
}

export function inspectionOf(client: DashboardClient): Inspection | undefined {
  return inspections.get(client);
}

/** What is seen of one client: its last frames, who subscribes to what, and the versions that came. */
export class Inspection {
  #frames: Frame[] = [];
  #bytes = 0;
  #number = 0;
  readonly #subscribers = new Map<TopicKey, number>();
  readonly #versions = new Map<TopicKey, Version>();
  #socket: InspectedSocket | undefined;

  read(): Seen {
    const topics = [...this.#subscribers].map(([key, subscribers]) => ({
      key,
      subscribers,
      version: this.#versions.get(key),
    }));
    return {
      at: Date.now(),
      frames: [...this.#frames],
      topics,
      isOpen: this.#socket !== undefined,
    };
  }

  /** Breaks the connection. */
  drop(): void {
    this.#socket?.drop();
  }

  /** Gives the client a message that has come before. */
  deliver(message: DashboardMessage): void {
    this.#note(message);
    this.#socket?.deliver(JSON.stringify(message));
  }

  /** Somebody wants `topic`, until the returned function is called. */
  subscribed(topic: DashboardTopic): () => void {
    const key = topicKey(topic);
    this.#count(key, 1);
    let isOver = false;
    return () => {
      if (!isOver) this.#count(key, -1);
      isOver = true;
    };
  }

  opened(socket: InspectedSocket): void {
    this.#socket = socket;
  }

  closed(socket: InspectedSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  sent(data: string): void {
    const request = parse(data) as DashboardRequest | undefined;
    const message = request?.type === 'authenticate' ? { ...request, token: '…' } : request;
    this.#keep({ ...this.#facts(data), direction: 'sent', message });
  }

  received(data: unknown): void {
    const text = typeof data === 'string' ? data : '';
    const message = parse(text) as DashboardMessage | undefined;
    this.#keep({ ...this.#facts(text), direction: 'received', message });
    for (const part of parts(message)) this.#note(part);
  }

  #facts(text: string): FrameFacts {
    this.#number += 1;
    return { number: this.#number, at: Date.now(), bytes: bytesOf(text) };
  }

  #keep(frame: Frame): void {
    this.#frames.push(frame);
    this.#bytes += frame.bytes;
    while (this.#frames.length > MOST_FRAMES || this.#bytes > MOST_BYTES) {
      this.#bytes -= this.#frames.shift()?.bytes ?? 0;
    }
  }

  #note(message: DashboardMessage): void {
    if (message.type !== 'snapshot' && message.type !== 'update') return;
    this.#versions.set(topicKey(message.topic), message.version);
  }

  #count(key: TopicKey, more: number): void {
    const count = (this.#subscribers.get(key) ?? 0) + more;
    if (count > 0) this.#subscribers.set(key, count);
    else {
      this.#subscribers.delete(key);
      this.#versions.delete(key);
    }
  }
}

/** The messages of a frame: those of a batch, or the one that it is. */
export function parts(message: DashboardMessage | undefined): readonly DashboardMessage[] {
  if (message === undefined) return [];
  return message.type === 'batch' ? message.messages : [message];
}

/** Length of `text` on the wire. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The message in `text`; undefined where there is none, of which the client says what it thinks. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? value : undefined;
  } catch {
    return undefined;
  }
}
