import { createContext, useContext, useState, type ReactNode } from 'react';
import { DashboardClient, type DashboardClientOptions } from '../client/index.ts';

const ClientContext = createContext<DashboardClient | undefined>(undefined);

export interface DashboardProviderProps {
  /** A client made elsewhere. By default the provider makes its own, once. */
  readonly client?: DashboardClient | undefined;
  /** For the client of its own; later changes of it have no effect. */
  readonly options?: DashboardClientOptions | undefined;
  readonly children?: ReactNode;
}

/**
 * Hands one client to every hook below it.
 *
 * It opens no connection by itself, so it may be rendered on a server. A few seconds after the last
 * hook below it has gone, the client disconnects.
 */
export function DashboardProvider({
  client,
  options,
  children,
}: DashboardProviderProps): ReactNode {
  const [own] = useState(() => client ?? new DashboardClient(options));
  // React 18 takes a context for its own consumer.
  return <ClientContext.Provider value={client ?? own}>{children}</ClientContext.Provider>;
}

/** The client of the nearest DashboardProvider. */
export function useDashboardClient(): DashboardClient {
  const client = useContext(ClientContext);
  if (client === undefined)
    throw new Error('There is no <DashboardProvider> above this component.');
  return client;
}
