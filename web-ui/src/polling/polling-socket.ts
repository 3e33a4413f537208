import { topicKey, type SocketLike, type TopicKey } from '../client/index.ts';
import { PROTOCOL_VERSION } from '../messages/protocol.ts';
import type {
  DashboardMessage,
  DashboardRequest,
  DashboardTopic,
  ErrorCode,
  ErrorMessage,
  LearningAction,
  Problem,
  RequestId,
  TopicData,
  Uuid,
  Version,
} from '../messages/types.ts';
import { actionAddress, topicPath } from './address.ts';

export interface PollingSettings {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly random: () => number;
}

/** One topic that is wanted. */
interface Polled {
  readonly topic: DashboardTopic;
  /** What the client holds; undefined where it holds nothing, or wants a snapshot. */
  version: Version | undefined;
  /** Whether the client awaits a word about it even if nothing has changed. */
  isAwaited: boolean;
  /** Whether a request for it is on its way. */
  isAsked: boolean;
}

/** An answer that is there as a whole. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Requests that are on their way at once; a browser has six connections to a server. */
const AT_ONCE = 4;
/** What browsers say of a connection that ended without a close frame. */
const BROKEN = 1006;
/** What the protocol says of one whose token is not taken. */
const NOT_AUTHENTICATED = 4401;
/** What a problem without a code means, by the status of its answer. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  403: 'forbidden',
  404: 'not_found',
  422: 'invalid_message',
  503: 'unavailable',
};
/** Errors that end a topic; after the others it is asked for again. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['not_found', 'forbidden', 'invalid_message']);

/**
 * Speaks the protocol of the WebSocket with the client, and HTTP with the server.
 *
 * Every topic that is wanted is asked for in each round, and the next round begins `intervalMs` after the last answer
 * of one. A server that cannot be reached, or does not answer in time, is a broken connection.
 */
export class PollingSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly #base: string;
  readonly #settings: PollingSettings;
  readonly #end = new AbortController();
  readonly #topics = new Map<TopicKey, Polled>();
  /** The topics of the round that have not been asked for. */
  readonly #due = new Set<Polled>();
  #asking = 0;
  #next: ReturnType<typeof setTimeout> | undefined;
  /** Whether the client has heard anything in this round. */
  #hasSpoken = false;
  #token: string | undefined;
  #schemaHash = '';

  constructor(base: string, settings: PollingSettings) {
    this.#base = base;
    this.#settings = settings;
    this.#guard(this.#begin());
  }

  send(data: string): void {
    const request = JSON.parse(data) as DashboardRequest;
    // Never an answer before `send` has returned, as from a real socket.
    queueMicrotask(() => {
      if (!this.#end.signal.aborted) this.#receive(request);
    });
  }

  close(): void {
    this.#close(1000, '');
  }

  async #begin(): Promise<void> {
    // The schema itself is large; its tag is its hash.
    const answer = await this.#ask('/api/groove/schema', { method: 'HEAD' });
    if (answer.status !== 200) throw new Error(`the server answers ${String(answer.status)}`);
    this.#schemaHash = tagOf(answer);
    this.onopen?.({});
    this.#welcome();
    this.#wait();
  }

  #receive(request: DashboardRequest): void {
    const { request_id } = request;
    switch (request.type) {
      case 'authenticate':
        this.#authenticate(request.token, request_id);
        return;
      case 'subscribe':
        this.#want(
          request.topics.map((topic) => ({ topic, version: undefined })),
          request_id,
        );
        return;
      case 'resume':
        this.#want(request.subscriptions, request_id);
        return;
      case 'unsubscribe':
        for (const topic of request.topics) this.#leave(topicKey(topic));
        this.#say({ type: 'unsubscribed', topics: request.topics, ...answering(request_id) });
        return;
      case 'ping':
        this.#say({ type: 'pong', ...answering(request_id) });
        return;
      case 'enable_learning':
      case 'disable_learning':
      case 'delete_learning':
        this.#guard(this.#act(request.type, request.id, request_id));
    }
  }

  /** The first one comes before the welcome, which follows by itself. */
  #authenticate(token: string, request_id: RequestId | undefined): void {
    const isRefresh = this.#token !== undefined;
    this.#token = token;
    if (isRefresh) this.#welcome(request_id);
  }

  #want(
    wanted: readonly { readonly topic: DashboardTopic; readonly version: Version | undefined }[],
    request_id: RequestId | undefined,
  ): void {
    const topics = wanted.map(({ topic }) => topic);
    this.#say({ type: 'subscribed', topics, ...answering(request_id) });
    for (const { topic, version } of wanted) {
      this.#leave(topicKey(topic));
      const polled = { topic, version, isAwaited: true, isAsked: false };
      this.#topics.set(topicKey(topic), polled);
      this.#due.add(polled);
    }
    this.#go();
  }

  #leave(key: TopicKey): void {
    const polled = this.#topics.get(key);
    if (polled === undefined) return;
    this.#topics.delete(key);
    this.#due.delete(polled);
  }

  async #act(action: LearningAction, id: Uuid, request_id: RequestId | undefined): Promise<void> {
    const { method, path } = actionAddress(action, id);
    const answer = await this.#ask(path, { method });
    if (answer.status === 200) {
      this.#say({ type: 'action_result', action, id, ...answering(request_id) });
      this.#beginRound();
    } else this.#say({ ...errorOf(answer), ...answering(request_id) });
  }

  /** Asks for all topics; for those that are on their way, once they are answered. */
  #beginRound(): void {
    for (const polled of this.#topics.values()) this.#due.add(polled);
    this.#go();
  }

  /** Sends as many requests as may be on their way; once all are answered, waits for the next round. */
  #go(): void {
    clearTimeout(this.#next);
    for (const polled of this.#due) {
      if (this.#asking === AT_ONCE) return;
      if (!polled.isAsked) this.#guard(this.#take(polled));
    }
    if (this.#asking === 0) this.#wait();
  }

  async #take(polled: Polled): Promise<void> {
    this.#due.delete(polled);
    this.#asking += 1;
    polled.isAsked = true;
    await this.#poll(polled);
    polled.isAsked = false;
    this.#asking -= 1;
    if (!this.#end.signal.aborted) this.#go();
  }

  #wait(): void {
    if (!this.#hasSpoken) this.#say({ type: 'heartbeat', server_time: new Date().toISOString() });
    this.#hasSpoken = false;
    const { intervalMs, random } = this.#settings;
    clearTimeout(this.#next);
    this.#next = setTimeout(
      () => {
        // Where nothing is wanted, too: the client listens for whether the server still answers.
        if (this.#topics.size === 0) this.#guard(this.#look());
        else this.#beginRound();
      },
      intervalMs * (0.9 + 0.2 * random()),
    );
  }

  async #look(): Promise<void> {
    await this.#ask('/healthz', { method: 'HEAD' });
    this.#go();
  }

  async #poll(polled: Polled): Promise<void> {
    const { topic, version } = polled;
    const headers = version === undefined ? {} : { 'if-none-match': `"${version}"` };
    const answer = await this.#ask(topicPath(topic), { headers });
    // It may have been left, or asked for anew, meanwhile.
    if (this.#topics.get(topicKey(topic)) !== polled) return;
    if (answer.status === 200) {
      const data = JSON.parse(answer.text) as TopicData;
      polled.version = tagOf(answer);
      polled.isAwaited = false;
      this.#say({ type: 'snapshot', topic, version: polled.version, data });
    } else if (answer.status === 304 && version !== undefined) {
      if (polled.isAwaited) this.#say({ type: 'current', topic, version });
      polled.isAwaited = false;
    } else this.#fail(polled, errorOf(answer));
  }

  #fail(polled: Polled, error: ErrorMessage): void {
    polled.isAwaited = true;
    this.#say({ ...error, topic: polled.topic });
    if (FINAL.has(error.code)) this.#leave(topicKey(polled.topic));
  }

  /** Rejects where there is no answer in time. One that the token is not taken ends the connection. */
  async #ask(path: string, request: RequestInit = {}): Promise<Answer> {
    const { fetch, timeoutMs } = this.#settings;
    const headers = new Headers(request.headers);
    if (this.#token !== undefined) headers.set('authorization', `Bearer ${this.#token}`);
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new Error(`no answer within ${String(timeoutMs / 1000)} s`));
    }, timeoutMs);
    try {
      const signal = AbortSignal.any([this.#end.signal, late.signal]);
      // No cache between: what the browser holds of an address is not what the client holds of the topic.
      const answer = await fetch(this.#base + path, {
        ...request,
        headers,
        signal,
        cache: 'no-store',
      });
      if (answer.status === 401) this.#close(NOT_AUTHENTICATED, 'the token is not taken');
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    } finally {
      clearTimeout(timer);
    }
  }

  #welcome(request_id?: RequestId): void {
    const { intervalMs } = this.#settings;
    this.#say({
      type: 'welcome',
      protocol_version: PROTOCOL_VERSION,
      schema_hash: this.#schemaHash,
      server_version: 'unknown',
      server_time: new Date().toISOString(),
      // A round may take as long as its interval before it counts as silence.
      heartbeat_seconds: Math.ceil((2 * intervalMs) / 1000),
      roles: ['viewer', 'operator'],
      limits: {
        max_message_bytes: 65_536,
        max_topics: 64,
        messages_per_second: 20,
        message_burst: 60,
      },
      retry: { min_ms: 500, max_ms: 20_000 },
      ...answering(request_id),
    });
  }

  #say(message: DashboardMessage): void {
    if (this.#end.signal.aborted) return;
    this.#hasSpoken = true;
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** Whatever rejects was a request that got no answer, or one that is none. */
  #guard(work: Promise<void>): void {
    work.catch((cause: unknown) => {
      this.#close(BROKEN, cause instanceof Error ? cause.message : String(cause));
    });
  }

  #close(code: number, reason: string): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    clearTimeout(this.#next);
    this.#topics.clear();
    this.#due.clear();
    this.onclose?.({ code, reason });
  }
}

function answering(request_id: RequestId | undefined): { request_id?: RequestId } {
  return request_id === undefined ? {} : { request_id };
}

/** The version that an answer is tagged with, without its quotation marks. */
function tagOf(answer: Answer): Version {
  return (answer.headers.get('etag') ?? '').replaceAll('"', '');
}

/** A refusal in the words of the protocol. */
function errorOf(answer: Answer): ErrorMessage {
  const problem = problemOf(answer);
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  return {
    type: 'error',
    code: problem.code ?? CODES[answer.status] ?? 'internal',
    message: problem.detail ?? `The server answers ${String(answer.status)}.`,
    ...(problem.details && { details: problem.details }),
    ...(seconds >= 0 && { retry_after_ms: Math.round(seconds * 1000) }),
  };
}

/** What the server says of it; a proxy may say it in words of its own. */
function problemOf({ headers, text }: Answer): Partial<Problem> {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return isProblem ? (JSON.parse(text) as Problem) : {};
}
