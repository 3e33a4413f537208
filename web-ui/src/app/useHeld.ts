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
  const { status } = useConnection();
  const isAnswered = state.status !== 'pending' && state.status !== 'idle';
  if (isAnswered && held.state !== state) setHeld({ state, asked });
  return isAnswered || held.state.data === undefined
    ? { state, asked, isWaiting: false }
    : { state: unwatched(held.state, status === 'open'), asked: held.asked, isWaiting: true };
}

/** The state of a topic that is not subscribed to any more: only the connection tells that it may be old. */
function unwatched<D>(state: TopicState<D>, isOpen: boolean): TopicState<D> {
  if (isOpen || state.isStale) return { ...state, isStale: !isOpen };
  // It was live when it was left; nobody has kept when that was.
  return { ...state, isStale: true, confirmedAt: undefined };
}
