import {
  canonicalise,
  topicKey,
  type DashboardRequest,
  type DashboardTopic,
  type ErrorMessage,
  type Fault,
  type TopicKey,
  type Version,
} from '../client/index.ts';

export type Subscribing = Extract<DashboardRequest, { type: 'subscribe' | 'resume' }>;

/** A topic that a member asks for, and the version of it that the member holds. */
export interface Wish {
  readonly key: TopicKey;
  readonly topic: DashboardTopic;
  readonly held: Version | undefined;
}

/** What one request of a member is about. */
export interface Ask {
  readonly wishes: readonly Wish[];
  /** Those that no member has: the server has to be asked for them. */
  readonly begun: readonly Wish[];
}

/** What `request` asks for, in its order. */
export function wishesOf(request: Subscribing): Wish[] {
  return request.type === 'subscribe'
    ? request.topics.map((topic) => wishFor(topic, undefined))
    : request.subscriptions.map(({ topic, version }) => wishFor(topic, version));
}

function wishFor(topic: DashboardTopic, held: Version | undefined): Wish {
  return { key: topicKey(topic), topic: canonicalise(topic), held };
}

/** The part of `request` that the server has to be asked. */
export function questionOf(request: Subscribing, { wishes, begun }: Ask): Subscribing {
  const isBegun = (_: unknown, index: number): boolean =>
    begun.some((wish) => wish === wishes[index]);
  return request.type === 'subscribe'
    ? { type: 'subscribe', topics: request.topics.filter(isBegun) }
    : { type: 'resume', subscriptions: request.subscriptions.filter(isBegun) };
}

/** The refusal of a question in words of the request that it is a part of: its faults point into that. */
export function refusalOf({ wishes, begun }: Ask, error: ErrorMessage): ErrorMessage {
  if (error.details === undefined) return error;
  const point = ({ path, message }: Fault): Fault => ({
    path: path.replace(/(?<=^\/(?:topics|subscriptions)\/)\d+/, (index) => {
      const wish = begun[Number(index)];
      return wish === undefined ? index : String(wishes.indexOf(wish));
    }),
    message,
  });
  return { ...error, details: error.details.map(point) };
}
