import {
  canonicalise,
  topicKey,
  type BatchedMessage,
  type DashboardMessage,
  type DashboardRequest,
  type DashboardTopic,
  type ErrorMessage,
  type RequestId,
  type TopicKey,
  type WelcomeMessage,
} from '../client/index.ts';
import { pack } from '../mirror/pack.ts';
import { parseFrame } from '../mirror/socket.ts';
import { Allowance } from './allowance.ts';
import { questionOf, refusalOf, wishesOf, type Ask, type Subscribing } from './ask.ts';
import { Greeting } from './greeting.ts';
import { Outgoing } from './outgoing.ts';
import type { MemberId } from './letter.ts';
import { SharedTopic } from './shared-topic.ts';

export interface HubContext {
  /** The member whose requests may open the connection: its token is the one that the server is shown. */
  readonly leader: MemberId;
  /** Sends a message to the server. */
  readonly send: (text: string) => void;
  /** Hands a message to members. */
  readonly deliver: (to: readonly MemberId[], text: string) => void;
  /** The connection is of no use: it has to be ended, for all members. */
  readonly fail: (reason: string) => void;
}

interface Member {
  readonly id: MemberId;
  /** Requests that wait for the one before them, oldest first. */
  readonly inbox: DashboardRequest[];
  /** Whether the server has not answered what was asked last of topics. */
  isBlocked: boolean;
  hasAuthenticated: boolean;
}

/** A request that the server has not answered. */
type Unanswered =
  | { readonly by: 'hub' }
  | { readonly by: Member; readonly id: RequestId | undefined; readonly topics?: Ask };

/** What the server answers a request with. */
type Answer = Extract<DashboardMessage, { request_id?: RequestId }>;

/** Requests of one member that may wait, and requests that the server may leave unanswered. */
const MAX_WAITING = 64;
const MAX_UNANSWERED = 256;
/** In how many ms a member that meets one of these bounds may try again. */
const CROWDED_MS = 1_000;

/**
 * Lets many members use one connection, and speaks the protocol with either side.
 *
 * The server sees one client with the union of all topics, each member a server that knows it alone. The
 * requests of a member are dealt with in order. A request for topics that another member is just asking
 * the server for waits for that answer, so a refusal reaches who asked for what is refused, and no one else.
 */
export class Hub {
  readonly #context: HubContext;
  readonly #members = new Map<MemberId, Member>();
  /** What the server was told, and has not been told to forget. */
  readonly #topics = new Map<TopicKey, SharedTopic>();
  readonly #unanswered = new Map<RequestId, Unanswered>();
  readonly #outgoing: Outgoing;
  #greeting: Greeting | undefined;
  #allowance: Allowance | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #made = 0;

  constructor(context: HubContext) {
    this.#context = context;
    this.#outgoing = new Outgoing(context.deliver);
  }

  get members(): readonly MemberId[] {
    return [...this.#members.keys()];
  }

  /** Whether the server has been heard. */
  get isWelcome(): boolean {
    return this.#greeting !== undefined;
  }

  join(id: MemberId): void {
    this.#members.set(id, { id, inbox: [], isBlocked: false, hasAuthenticated: false });
    if (this.#greeting !== undefined) this.#say([id], this.#greeting.message);
  }

  leave(id: MemberId): void {
    this.#members.delete(id);
    this.#outgoing.forget(id);
    for (const topic of this.#topics.values()) topic.leave(id);
    this.#settle();
  }

  /** Nothing is sent any more, and no timer is left. */
  close(): void {
    clearTimeout(this.#pause);
    this.#allowance = undefined;
  }

  /** Takes in a message of a member. */
  ask(id: MemberId, text: string): void {
    const member = this.#members.get(id);
    if (member === undefined) return;
    const request = JSON.parse(text) as DashboardRequest;
    if (request.type === 'authenticate' && !member.hasAuthenticated) {
      member.hasAuthenticated = true;
      // Whoever comes later is welcomed all the same: the connection is authenticated already.
      if (id === this.#context.leader) this.#context.send(text);
      return;
    }
    if (member.inbox.length >= MAX_WAITING) this.#refuseFor(member, request, CROWDED_MS);
    else member.inbox.push(request);
    this.#pump(member);
    this.#settle();
  }

  /** Takes in a frame of the server. */
  receive(data: unknown): void {
    const message = parseFrame(data);
    if (message === undefined) {
      this.#context.fail('the server sent what is no message');
      return;
    }
    this.#take(message);
    this.#settle();
    if (this.#greeting !== undefined) {
      this.#outgoing.keepAlive(this.members, this.#greeting.serverTime);
    }
  }

  #take(message: DashboardMessage): void {
    switch (message.type) {
      case 'batch':
        for (const one of message.messages) this.#take(one);
        return;
      case 'snapshot':
      case 'update':
      case 'current':
        this.#route(message, message.topic);
        return;
      case 'heartbeat':
      case 'goodbye':
        this.#say(this.members, message);
        return;
      case 'welcome':
        this.#welcomed(message);
        return;
      case 'error':
        this.#failed(message);
        return;
      case 'subscribed':
      case 'unsubscribed':
      case 'action_result':
      case 'pong':
        this.#answered(message.request_id, message);
        return;
      default:
        message satisfies never; // of a later version of the protocol: nothing that anybody has asked for
    }
  }

  #route(message: BatchedMessage, topic: DashboardTopic): void {
    const key = topicKey(topic);
    const shared = this.#topics.get(key);
    // What comes before the answer to a subscription is the rest of one that the last member has left.
    if (shared?.isKnown !== true) return;
    this.#outgoing.add(shared.receive(message), message);
    const isFinal =
      message.type === 'error' && (message.code === 'not_found' || message.code === 'forbidden');
    if (isFinal) this.#topics.delete(key);
  }

  #welcomed(welcome: WelcomeMessage): void {
    const isFirst = this.#greeting === undefined;
    const { request_id, ...rest } = welcome;
    this.#greeting = new Greeting(rest);
    if (!isFirst) {
      this.#answered(request_id, welcome);
      return;
    }
    this.#allowance = new Allowance(welcome.limits);
    this.#say(this.members, rest);
    this.#pumpAll();
  }

  #failed(error: ErrorMessage): void {
    const { topic, request_id } = error;
    if (topic !== undefined) this.#route(error, topic);
    else if (request_id === undefined) this.#say(this.members, error);
    else this.#answered(request_id, error);
  }

  /** The server has answered a request. */
  #answered(id: RequestId | undefined, answer: Answer): void {
    const request = this.#unanswered.get(id ?? '');
    if (request === undefined) return;
    this.#unanswered.delete(id ?? '');
    if (request.by === 'hub') {
      // Nothing that a member has asked for: hub and server differ about what is subscribed to.
      if (answer.type === 'error') this.#context.fail(`the server refused: ${answer.message}`);
    } else if (request.topics === undefined) this.#reply(request.by, request.id, answer);
    else this.#settleAsk(request.by, request.id, request.topics, answer);
  }

  /** Gives who asked the topics or the refusal, and lets those go on who have waited for that. */
  #settleAsk(member: Member, id: RequestId | undefined, ask: Ask, answer: Answer): void {
    member.isBlocked = false;
    if (answer.type === 'error') {
      for (const { key } of ask.begun) this.#topics.delete(key);
      for (const { key } of ask.wishes) this.#topics.get(key)?.leave(member.id);
      this.#reply(member, id, refusalOf(ask, answer));
    } else {
      for (const { key } of ask.begun) {
        const shared = this.#topics.get(key);
        if (shared !== undefined) shared.isKnown = true;
      }
      this.#confirm(member, id, ask);
    }
    this.#pumpAll();
  }

  #pumpAll(): void {
    for (const member of this.#members.values()) this.#pump(member);
  }

  /** Deals with what a member has asked, as far as that does not depend on answers to come. */
  #pump(member: Member): void {
    for (;;) {
      const [request] = member.inbox;
      if (this.#allowance === undefined || member.isBlocked || request === undefined) return;
      if (!this.#handle(member, request)) return;
      member.inbox.shift();
    }
  }

  /** Whether the request is dealt with; false where it has to wait. */
  #handle(member: Member, request: DashboardRequest): boolean {
    switch (request.type) {
      case 'subscribe':
      case 'resume':
        return this.#subscribe(member, request);
      case 'unsubscribe':
        for (const topic of request.topics) this.#topics.get(topicKey(topic))?.leave(member.id);
        this.#reply(member, request.request_id, {
          type: 'unsubscribed',
          topics: request.topics.map(canonicalise),
        });
        return true;
      case 'authenticate':
      case 'enable_learning':
      case 'disable_learning':
      case 'delete_learning':
      case 'ping':
        if (this.#mayAsk(member, request)) {
          this.#ask(request, { by: member, id: request.request_id });
        }
        return true;
    }
  }

  #subscribe(member: Member, request: Subscribing): boolean {
    const wishes = wishesOf(request);
    const shared = wishes.map(({ key }) => this.#topics.get(key));
    if (shared.some((one) => one?.isKnown === false)) return false;
    const begun = wishes.filter((_, index) => shared[index] === undefined);
    const ask = { wishes, begun };
    if (begun.length === 0) {
      this.#confirm(member, request.request_id, ask);
      this.#serve(member, ask);
    } else if (this.#hasRoom(member, request, begun) && this.#mayAsk(member, request)) {
      this.#begin(member, request, ask);
    }
    return true;
  }

  /** Asks the server for the topics that no member has had. */
  #begin(member: Member, request: Subscribing, ask: Ask): void {
    member.isBlocked = true;
    for (const { key, topic, held } of ask.begun) {
      this.#topics.set(key, new SharedTopic(topic, held));
    }
    // Also of what is there already, so that it does not go meanwhile.
    this.#serve(member, ask);
    this.#ask(questionOf(request, ask), { by: member, id: request.request_id, topics: ask });
  }

  #confirm(member: Member, id: RequestId | undefined, { wishes }: Ask): void {
    this.#reply(member, id, { type: 'subscribed', topics: wishes.map(({ topic }) => topic) });
  }

  /** Gives `member` the topics, and what is known of them. */
  #serve(member: Member, { wishes }: Ask): void {
    for (const { key, held } of wishes) {
      const message = this.#topics.get(key)?.serve(member.id, held);
      if (message !== undefined) this.#outgoing.add([member.id], message);
    }
  }

  #hasRoom(member: Member, request: Subscribing, begun: Ask['begun']): boolean {
    const most = this.#greeting?.limits.max_topics ?? Infinity;
    if (this.#topics.size + new Set(begun.map(({ key }) => key)).size <= most) return true;
    const message = `All tabs together may have ${String(most)} topics; nothing was subscribed.`;
    this.#reply(member, request.request_id, { type: 'error', code: 'too_many_topics', message });
    return false;
  }

  /** Whether the server may be sent one more message for a member, which is told where not. */
  #mayAsk(member: Member, request: DashboardRequest): boolean {
    const wait =
      this.#unanswered.size >= MAX_UNANSWERED ? CROWDED_MS : (this.#allowance?.take() ?? 0);
    if (wait > 0) this.#refuseFor(member, request, wait);
    return wait === 0;
  }

  #refuseFor(member: Member, { request_id }: DashboardRequest, wait: number): void {
    const message = 'All tabs together send too many messages.';
    const error = { type: 'error', code: 'rate_limited', message } as const;
    this.#reply(member, request_id, { ...error, retry_after_ms: wait });
  }

  #ask(request: DashboardRequest, asked: Unanswered): void {
    this.#made += 1;
    const id = String(this.#made);
    this.#unanswered.set(id, asked);
    this.#context.send(JSON.stringify({ ...request, request_id: id }));
  }

  /** Sends what has gathered: to members, and to the server what follows from who wants what. */
  #settle(): void {
    this.#tellServer();
    this.#outgoing.flush();
  }

  #tellServer(): void {
    if (this.#pause !== undefined || this.#allowance === undefined) return;
    const known = [...this.#topics].filter(([, { isKnown }]) => isKnown);
    const unwanted = known.filter(([, { isWanted }]) => !isWanted);
    const owing = known.filter(([, { needsState }]) => needsState);
    for (const some of this.#inMessages(unwanted)) {
      if (!this.#askOwn('unsubscribe', some)) return;
      for (const [key] of some) this.#topics.delete(key);
    }
    for (const some of this.#inMessages(owing)) {
      if (!this.#askOwn('subscribe', some)) return;
      for (const [, shared] of some) shared.asked();
    }
  }

  #inMessages(topics: [TopicKey, SharedTopic][]): [TopicKey, SharedTopic][][] {
    const most = this.#greeting?.limits.max_message_bytes ?? Infinity;
    // None is too large: each has been told before.
    return pack(
      topics,
      ([, { topic }]) => topic,
      most,
      () => undefined,
    );
  }

  /** Whether the server may be asked now; where not, all is looked at again when it may. */
  #askOwn(type: 'subscribe' | 'unsubscribe', topics: [TopicKey, SharedTopic][]): boolean {
    const wait = this.#allowance?.takeOwn() ?? 0;
    if (wait > 0) {
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        this.#settle();
      }, wait);
      return false;
    }
    this.#ask({ type, topics: topics.map(([, { topic }]) => topic) }, { by: 'hub' });
    return true;
  }

  #reply(member: Member, id: RequestId | undefined, answer: Answer): void {
    if (!this.#members.has(member.id)) return;
    const own = { ...answer };
    delete own.request_id;
    if (id !== undefined) own.request_id = id;
    this.#say([member.id], own);
  }

  #say(to: readonly MemberId[], message: DashboardMessage): void {
    this.#outgoing.flush();
    this.#outgoing.say(to, message);
  }
}
