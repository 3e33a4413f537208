import { useMemo, useSyncExternalStore } from 'react';
import { createDashboard, type Dashboard } from '../client/index.ts';
import { useDashboardClient } from './DashboardProvider.ts';
import { actionsOf } from './useLearningActions.ts';

/**
 * The whole dashboard in one hook, for a component that chooses its topics while it runs.
 *
 * Connects on mount and reconnects by itself; renders again when the connection or one of the topics it
 * subscribed to changes. A component that shows one known topic is better served by `useTopic` and the
 * hooks made of it.
 */
export function useDashboard(): Dashboard {
  const client = useDashboardClient();
  const store = useMemo(() => createDashboard(client, actionsOf(client)), [client]);
  return useSyncExternalStore(store.subscribe, store.read, store.read);
}
