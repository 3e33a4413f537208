import { useSyncExternalStore } from 'react';
import type { DataOf } from '../client/index.ts';
import type { DashboardTopic } from '../messages/types.ts';
import { useDashboardClient } from './DashboardProvider.ts';
import { suspension } from './lease.ts';
import { useTopic, type SelectOptions } from './useTopic.ts';

/**
 * The data of a topic, or what `select` makes of them.
 *
 * Suspends until there are any. Where they cannot be had it throws the DashboardError, and asks anew when
 * the error boundary is reset. On a server it asks for nothing and throws, which leaves the fallback of
 * the nearest Suspense to the page.
 */
export function useSuspenseTopic<T extends DashboardTopic, R = DataOf<T>>(
  topic: T,
  options?: SelectOptions<DataOf<T>, R>,
): R {
  const client = useDashboardClient();
  const isServer = useSyncExternalStore(
    () => () => undefined,
    () => false,
    () => true,
  );
  const { data } = useTopic(topic, options);
  if (client.getTopic(topic).data !== undefined) return data as R;
  if (isServer) throw new Error('No data on a server.');
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- to throw a promise is how React is told to wait
  throw suspension(client, topic);
}
