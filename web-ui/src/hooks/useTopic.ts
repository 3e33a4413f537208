import { useCallback, useState, useSyncExternalStore } from 'react';
import { IDLE, PENDING, topicKey, topicOf, type DataOf, type TopicState } from '../client/index.ts';
import type { DashboardTopic } from '../messages/types.ts';
import { useDashboardClient } from './DashboardProvider.ts';
import { createSelection, type IsEqual, type Select } from './selection.ts';

export interface SelectOptions<D, R = D> {
  /** The part of the data that matters here: only its changes render. */
  readonly select?: Select<D, R> | undefined;
  /** When two selected values are the same; by default Object.is. */
  readonly isEqual?: IsEqual<R> | undefined;
}

export interface UseTopicOptions<D, R = D> extends SelectOptions<D, R> {
  /**
   * false: does not ask for the topic, and the state is `idle` without data, whatever others know of it:
   * nobody would keep what is shown up to date. Default: true.
   */
  readonly enabled?: boolean | undefined;
}

/**
 * The live state of a topic, wanted for as long as the component is mounted.
 *
 * `topic` may be written inline: what counts is its canonical form. Until the first data `status` is
 * `pending`; after that data stay, marked `isStale` while the connection is down.
 */
export function useTopic<T extends DashboardTopic, R = DataOf<T>>(
  topic: T,
  {
    enabled = true,
    select = identity as Select<DataOf<T>, R>,
    isEqual = Object.is,
  }: UseTopicOptions<DataOf<T>, R> = {},
): TopicState<R> {
  const client = useDashboardClient();
  const key = topicKey(topic);
  const subscribe = useCallback(
    (listener: () => void) => (enabled ? client.subscribe(topicOf(key), listener) : noop),
    [client, key, enabled],
  );
  const [selection] = useState(createSelection<DataOf<T>, R>);
  const read = (): TopicState<R> => {
    const known = client.getTopic(topic);
    const state = !enabled ? IDLE : known.status === 'idle' ? PENDING : known;
    return selection(state, select, isEqual);
  };
  return useSyncExternalStore(subscribe, read, read);
}

function identity<D>(data: D): D {
  return data;
}

function noop(): void {
  // Nothing was asked for, so nothing is to be ended.
}
