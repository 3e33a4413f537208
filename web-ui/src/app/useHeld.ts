import { useState } from 'react';
import type { TopicState } from '../hooks/index.ts';

/**
 * A topic's state, or, while another topic is on its way (other filters, another period), the last state
 * that had data, as not confirmed: a list that is replaced at once does not flicker, and keeps its height.
 */
export function useHeld<D>(state: TopicState<D>): TopicState<D> {
  const [held, setHeld] = useState(state);
  const isWaiting = state.status === 'pending' || state.status === 'idle';
  if (!isWaiting && held !== state) setHeld(state);
  return isWaiting && held.data !== undefined ? { ...held, isStale: true } : state;
}
