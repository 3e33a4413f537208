import type { DashboardClient } from '../client/index.ts';

/** What `make` makes of a client: once for each, however many components ask, for as long as it lives. */
export function perClient<T extends object>(
  make: (client: DashboardClient) => T,
): (client: DashboardClient) => T {
  const made = new WeakMap<DashboardClient, T>();
  return (client) => {
    const one = made.get(client) ?? make(client);
    made.set(client, one);
    return one;
  };
}
