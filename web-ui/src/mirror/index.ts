import { createMirror as createExtensibleMirror, type TopicMirror } from './mirror.ts';
import type { MirrorOptions } from './options.ts';

/** A mirror of the server at `url`, which connects once somebody wants something. */
export const createMirror: (options: MirrorOptions) => TopicMirror = createExtensibleMirror;

export type { TopicMirror } from './mirror.ts';
export type { MirrorOptions } from './options.ts';
export type { CloseInfo, ConnectionState, ConnectionStatus } from './connection-state.ts';
export { DashboardError, type DashboardErrorCode, type DashboardErrorDetails } from './errors.ts';
export type { Listener } from './notifier.ts';
export type { Schedule } from './schedule.ts';
export type { SocketConstructor, SocketLike } from './socket.ts';
export { topicKey, type DataOf, type TopicKey } from './topic-key.ts';
export type { TopicState } from './topic-state.ts';
export type * from '../messages/types.ts';
