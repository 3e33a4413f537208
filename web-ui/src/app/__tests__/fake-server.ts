import { asked, said } from '../../../tools/wire.ts';
import type { SocketConstructor, SocketLike } from '../../hooks/index.ts';
import {
  SCHEMA_HASH,
  type DashboardMessage,
  type DashboardRequest,
  type DashboardTopic,
  type ErrorMessage,
  type LearningAction,
  type TopicData,
  type TopicName,
} from '../../messages/types.ts';

type Answer = TopicData | Pick<ErrorMessage, 'code' | 'message'> | undefined;

interface ActionRequest {
  readonly type: LearningAction;
  readonly id: string;
  readonly request_id?: string | undefined;
}

/** A server that answers at once, from a table of topics. Every frame is held against the schema. */
export class FakeServer {
  readonly actions: ActionRequest[] = [];
  /** Every topic ever subscribed to, as it was asked for. */
  readonly asked: DashboardTopic[] = [];
  readonly #answers = new Map<TopicName, Answer>();
  #socket: FakeSocket | undefined;
  #versions = 0;

  /** What a topic is answered with from now on: data, an error, or nothing at all. */
  answer(name: TopicName, answer: Answer): this {
    this.#answers.set(name, answer);
    return this;
  }

  /** The same, told to the subscribers too. */
  publish(name: TopicName, answer: Answer): void {
    this.answer(name, answer);
    for (const topic of this.asked.filter((asked) => asked.topic === name)) this.#answer(topic);
  }

  /** Answers the oldest action. */
  finish(): void {
    const { type, id, request_id } = this.#next();
    this.#send({ type: 'action_result', action: type, id, ...this.#mark(request_id) });
  }

  /** Refuses the oldest action. */
  refuse(code: ErrorMessage['code'], message: string): void {
    this.#send({ type: 'error', code, message, ...this.#mark(this.#next().request_id) });
  }

  /** Says nothing but that the connection lives. */
  beat(): void {
    this.#send({ type: 'heartbeat', server_time: '2026-11-22T22:00:00Z' });
  }

  /** Breaks the connection, or closes it with a code of the protocol. */
  drop(code = 1006, reason = ''): void {
    this.#socket?.onclose?.({ code, reason });
  }

  get Socket(): SocketConstructor {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const server = this;
    return class extends FakeSocket {
      constructor() {
        super((request) => {
          server.#receive(request);
        });
        server.#socket = this;
        queueMicrotask(() => {
          this.onopen?.({});
          server.#send(WELCOME);
        });
      }
    };
  }

  #receive(request: DashboardRequest): void {
    switch (request.type) {
      case 'subscribe':
      case 'resume': {
        const topics =
          request.type === 'subscribe'
            ? request.topics
            : request.subscriptions.map(({ topic }) => topic);
        this.asked.push(...topics);
        this.#send({ type: 'subscribed', topics, ...this.#mark(request.request_id) });
        for (const topic of topics) this.#answer(topic);
        return;
      }
      case 'enable_learning':
      case 'disable_learning':
      case 'delete_learning':
        this.actions.push(request);
        return;
      case 'unsubscribe':
      case 'ping':
      case 'authenticate':
        return;
    }
  }

  #answer(topic: DashboardTopic): void {
    const answer = this.#answers.get(topic.topic);
    if (answer === undefined) return;
    if ('code' in answer) {
      this.#send({ type: 'error', topic, ...answer });
      return;
    }
    this.#versions += 1;
    const version = String(this.#versions);
    this.#send({ type: 'snapshot', topic, version, data: answer });
  }

  #next(): ActionRequest {
    const action = this.actions.shift();
    if (action === undefined) throw new Error('No action has been asked for.');
    return action;
  }

  #mark(request_id: string | undefined): { request_id?: string } {
    return request_id === undefined ? {} : { request_id };
  }

  #send(message: DashboardMessage): void {
    const data = JSON.stringify(message);
    said(data);
    this.#socket?.onmessage?.({ data });
  }
}

class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly #received: (request: DashboardRequest) => void;

  constructor(received: (request: DashboardRequest) => void) {
    this.#received = received;
  }

  send(data: string): void {
    const request = asked(data);
    // A real server answers later, never within `send`.
    queueMicrotask(() => {
      this.#received(request);
    });
  }

  close(): void {
    this.onclose = null;
  }
}

const WELCOME: DashboardMessage = {
  type: 'welcome',
  protocol_version: 1,
  schema_hash: SCHEMA_HASH,
  server_version: '0.1.0',
  server_time: '2026-11-22T22:00:00Z',
  heartbeat_seconds: 25,
  roles: ['viewer', 'operator'],
  limits: { max_message_bytes: 65536, max_topics: 64, messages_per_second: 20, message_burst: 60 },
  retry: { min_ms: 500, max_ms: 20000 },
};
