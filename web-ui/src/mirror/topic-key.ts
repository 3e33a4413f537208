import {
  TOPIC_DEFAULTS,
  type DashboardTopic,
  type TopicByName,
  type TopicDataByName,
  type TopicName,
} from '../messages/types.ts';
import { isContainer } from './share.ts';

/** The topic that an object of type `T` names; `T` may leave out what has a default. */
export type DataOf<T extends DashboardTopic> = TopicDataByName[T['topic']];

/** Canonical JSON of a topic: two spellings of one topic have one key. */
export type TopicKey = string & { readonly __brand: 'TopicKey' };

/**
 * The one spelling of `topic` that the server uses: defaults filled in, keys sorted, nothing undefined,
 * every string well-formed.
 */
export function canonicalise<T extends DashboardTopic>(topic: T): T {
  const defaults: Partial<Record<TopicName, object>> = TOPIC_DEFAULTS;
  return sorted({ ...defaults[topic.topic], ...(sorted(topic) as T) }) as T;
}

/** Key of `topic` in every table of the client; equal to the Python server's, byte for byte. */
export function topicKey(topic: DashboardTopic): TopicKey {
  return JSON.stringify(canonicalise(topic)) as TopicKey;
}

/** The topic that `key` was made of. */
export function topicOf(key: TopicKey): TopicByName[keyof TopicByName] {
  return JSON.parse(key) as DashboardTopic;
}

/**
 * `text` with U+FFFD for each half of a surrogate pair that lacks the other, as a search field may hold.
 *
 * JSON would carry them, but no UTF-8 does, and a server closes the connection on such a message.
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function sorted(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (!isContainer(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) copy[wellFormed(key)] = sorted(value[key]);
  }
  return copy;
}
