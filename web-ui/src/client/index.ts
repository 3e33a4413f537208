export { DashboardClient } from './client.ts';
export {
  createDashboard,
  type Dashboard,
  type DashboardStore,
  type LearningActions,
} from './dashboard.ts';
export type { DataChange } from './overlays.ts';
export type { DashboardClientOptions } from './options.ts';
export type { Fallback } from './fallback.ts';
export type { Page } from './page.ts';
export type { GetToken } from './token.ts';
export {
  DashboardError,
  type DashboardErrorCode,
  type DashboardErrorDetails,
} from '../mirror/errors.ts';
export type { Listener } from '../mirror/notifier.ts';
export type { Schedule } from '../mirror/schedule.ts';
export type { OpenSocket, SocketConstructor, SocketLike } from '../mirror/socket.ts';
export type { ConnectionState } from './connection-state.ts';
export type { CloseInfo, ConnectionStatus } from '../mirror/connection-state.ts';
export { IDLE, PENDING, type TopicState } from '../mirror/topic-state.ts';
export {
  canonicalise,
  topicKey,
  topicOf,
  type DataOf,
  type TopicKey,
} from '../mirror/topic-key.ts';
export { PROTOCOL_VERSION, SUBPROTOCOL } from '../messages/protocol.ts';
export type * from '../messages/types.ts';
export { SCHEMA_HASH, TOPIC_DEFAULTS, TOPIC_NAMES, VALUES_OF } from '../messages/types.ts';
