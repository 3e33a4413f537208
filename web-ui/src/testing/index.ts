export { FakeServer, type FakeServerOptions, type PendingAction } from './fake-server.ts';
export { fixtures } from './fixtures.ts';
export type { TopicFailure } from './topic-states.ts';
