import { DashboardClient } from '../src/client/index.ts';
import { sharedWebSocket } from '../src/shared-socket/index.ts';

/** What a page of the test has: a client that shares its connection, and what it sees. */
const client = new DashboardClient({
  url: `${location.origin.replace('http', 'ws')}/ws/groove/dashboard`,
  WebSocket: sharedWebSocket(),
});
client.subscribe({ topic: 'learnings' });

/** How many learnings are shown; undefined while they may not be the newest. */
export function total(): number | undefined {
  const { data, isStale } = client.getTopic({ topic: 'learnings' });
  return isStale ? undefined : data?.total;
}

/** Disables the newest learning. */
export async function disableNewest(): Promise<void> {
  await client.disableLearning(
    client.getTopic({ topic: 'learnings' }).data?.learnings[0]?.id ?? '',
  );
}

export function statusOfNewest(): string | undefined {
  return client.getTopic({ topic: 'learnings' }).data?.learnings[0]?.status;
}
