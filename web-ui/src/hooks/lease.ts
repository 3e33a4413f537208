import {
  topicKey,
  type DashboardClient,
  type DashboardError,
  type TopicKey,
} from '../client/index.ts';
import type { DashboardTopic } from '../messages/types.ts';
import { perClient } from './per-client.ts';

/** How long a topic is held for a tree that is suspended; each retry of the tree holds it anew. */
const LEASE_MS = 5_000;

/** Of each topic that is waited for, the promise of news. */
const waitsOf = perClient(() => new Map<TopicKey, Promise<void>>());

/** Failures that an error boundary shows: who meets one again has been reset. */
const shown = new WeakSet<DashboardError>();

/**
 * What to throw where nothing is known of `topic`: a promise of news, or the topic's error.
 *
 * A tree that is suspended runs no effects, so nothing tells when it has gone. The topic is held for a
 * while instead; at its end React renders once more what is still there, and that holds it on.
 */
export function suspension(
  client: DashboardClient,
  topic: DashboardTopic,
): Promise<void> | DashboardError {
  const { error } = client.getTopic(topic);
  if (error !== undefined && !shown.has(error)) {
    // Not at once: before it goes to the boundary, React renders again what has thrown.
    setTimeout(() => shown.add(error));
    return error;
  }
  const waits = waitsOf(client);
  const key = topicKey(topic);
  const news = waits.get(key) ?? lease(client, topic, error, () => waits.delete(key));
  waits.set(key, news);
  return news;
}

/** Holds a topic, of which `error` is known, for a while; settles when there is news, or with the end of that while. */
function lease(
  client: DashboardClient,
  topic: DashboardTopic,
  error: DashboardError | undefined,
  settled: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      settled();
      resolve();
    };
    const end = (): void => {
      leave();
      settle();
    };
    const look = (): void => {
      const now = client.getTopic(topic);
      // Left at once, so that a retry asks anew; what has come is held until the tree holds it.
      if (now.error !== error) end();
      else if (now.data !== undefined) settle();
    };
    // Later, since a refusal is told while one subscribes.
    const leave = client.subscribe(topic, () => {
      queueMicrotask(look);
    });
    setTimeout(end, LEASE_MS);
  });
}
