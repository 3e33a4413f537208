export { DashboardClient } from './client.ts';
export {
  createDashboard,
  type Dashboard,
  type DashboardStore,
  type LearningActions,
} from './dashboard.ts';
export { DashboardError, type DashboardErrorCode, type DashboardErrorDetails } from './errors.ts';
export type { DataChange } from './overlays.ts';
export type { DashboardClientOptions } from './options.ts';
export type { Listener } from './notifier.ts';
export type { Page } from './page.ts';
export type { Schedule } from './schedule.ts';
export type { Fallback, GetToken, OpenSocket, SocketConstructor, SocketLike } from './socket.ts';
export { IDLE, PENDING } from './state.ts';
export type { CloseInfo, ConnectionState, ConnectionStatus, TopicState } from './state.ts';
export { canonicalise, topicKey, topicOf, type DataOf, type TopicKey } from './topic-key.ts';
export { PROTOCOL_VERSION, SUBPROTOCOL } from '../messages/protocol.ts';
export type * from '../messages/types.ts';
export { SCHEMA_HASH, TOPIC_DEFAULTS, TOPIC_NAMES, VALUES_OF } from '../messages/types.ts';
