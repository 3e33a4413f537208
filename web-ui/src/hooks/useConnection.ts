import { useCallback, useSyncExternalStore } from 'react';
import type { ConnectionState } from '../client/index.ts';
import { useDashboardClient } from './DashboardProvider.ts';

/** Where the connection stands; renders again whenever that changes. */
export function useConnection(): ConnectionState {
  const client = useDashboardClient();
  const subscribe = useCallback((listener: () => void) => client.onConnection(listener), [client]);
  const read = (): ConnectionState => client.getConnection();
  return useSyncExternalStore(subscribe, read, read);
}
