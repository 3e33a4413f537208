export { DashboardClient } from './client.ts';
export { DashboardError, type DashboardErrorCode } from './errors.ts';
export type { DashboardClientOptions } from './options.ts';
export type { Page } from './page.ts';
export type { Schedule } from './schedule.ts';
export {
  PROTOCOL_VERSION,
  SUBPROTOCOL,
  type SocketConstructor,
  type SocketLike,
} from './socket.ts';
export { IDLE, PENDING } from './state.ts';
export type { CloseInfo, ConnectionState, ConnectionStatus, TopicState } from './state.ts';
export { canonicalise, topicKey, topicOf, type DataOf, type TopicKey } from './topic-key.ts';
