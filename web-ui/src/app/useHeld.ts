import { useState } from 'react';
import type { TopicState } from '../hooks/index.ts';

export interface Held<D> {
  /** What to show: the topic's state or, while that is on its way, the one shown before. */
  readonly state: TopicState<D>;
  /** Whether what is shown belongs to the topic asked for before. */
  readonly isWaiting: boolean;
}

/**
 * Holds what is shown while another topic is on its way (other filters, another period): a list that is
 * replaced at once neither flickers nor moves the page.
 */
export function useHeld<D>(state: TopicState<D>): Held<D> {
  const [held, setHeld] = useState(state);
  const isAnswered = state.status !== 'pending' && state.status !== 'idle';
  if (isAnswered && held !== state) setHeld(state);
  return isAnswered || held.data === undefined
    ? { state, isWaiting: false }
    : { state: held, isWaiting: true };
}
