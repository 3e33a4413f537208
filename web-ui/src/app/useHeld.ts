import { useState } from 'react';
import { type TopicState, useConnection } from '../hooks/index.ts';

export interface Held<D, Q> {
  /** What to show: the topic's state or, while that is on its way, the one shown before. */
  readonly state: TopicState<D>;
  /** What was asked for to get that state. */
  readonly asked: Q;
  /** Whether what is shown belongs to the topic asked for before. */
  readonly isWaiting: boolean;
}

/**
 * Holds what is shown, and what was asked for to get it, while another topic is on its way (other filters,
 * another period): a list that is replaced at once neither flickers nor moves the page.
 */
export function useHeld<D, Q>(state: TopicState<D>, asked: Q): Held<D, Q> {
  const [held, setHeld] = useState({ state, asked });
  // What is held is subscribed to no more, so nobody but the connection tells that it may be old.
  const isLive = useConnection().status === 'open';
  const isAnswered = state.status !== 'pending' && state.status !== 'idle';
  if (isAnswered && held.state !== state) setHeld({ state, asked });
  return isAnswered || held.state.data === undefined
    ? { state, asked, isWaiting: false }
    : { state: { ...held.state, isStale: !isLive }, asked: held.asked, isWaiting: true };
}
