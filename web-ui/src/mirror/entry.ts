import type { DashboardTopic, TopicData, Version } from '../messages/types.ts';
import type { Listeners } from './notifier.ts';
import type { TopicState } from './topic-state.ts';

/** One topic that is known: who wants it, what the server knows of that wish, and what has been received. */
export interface Entry {
  readonly topic: DashboardTopic;
  readonly listeners: Listeners;
  state: TopicState<TopicData>;
  /** What a `resume` says of the data; undefined where there are none to go on from. */
  version?: Version | undefined;
  /** How many want it. */
  refs: number;
  /** Forgets it after the last of them has gone. */
  linger?: ReturnType<typeof setTimeout>;
  /** Whether the server knows, on this connection, that it is wanted. */
  isTold?: boolean;
  /** Whether to tell the server, for the first time or once more. Neither told nor due: it has been refused. */
  isDue: boolean;
  /** Whether the server has answered what it was told last. */
  isAnswered?: boolean;
}

export type RequestType = 'unsubscribe' | 'resume' | 'subscribe';

/** A request that the server has not answered, and what it was about. */
export type Ask = readonly [type: RequestType, about: readonly Entry[]];
