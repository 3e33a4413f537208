// The tests of an app: no server, no page, no test runner.
import { FakeServer, fixtures } from '@groove/dashboard/testing';

const LEARNINGS = { topic: 'learnings' } as const;

export async function staysTrueWithoutItsServer(): Promise<boolean> {
  const server = new FakeServer({ topics: fixtures });
  const client = server.client();
  client.subscribe(LEARNINGS);
  await server.settled();
  server.set('learnings', { ...fixtures.learnings, total: 7 });
  server.drop();
  const { data, isStale } = client.getTopic(LEARNINGS);
  // @ts-expect-error -- data of another topic
  server.set('learnings', fixtures.health);
  server.close();
  return isStale && data?.total === 7;
}
