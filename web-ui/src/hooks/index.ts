export {
  DashboardProvider,
  useDashboardClient,
  type DashboardProviderProps,
} from './DashboardProvider.tsx';
export { useConnection } from './useConnection.ts';
export type { Dashboard } from './dashboard.ts';
export { useDashboard } from './useDashboard.ts';
export { useLearningActions, type LearningActions } from './useLearningActions.ts';
export { useTopic, type UseTopicOptions } from './useTopic.ts';
export * from './topics.ts';
export type { IsEqual, Select } from './selection.ts';
export {
  DashboardError,
  type CloseInfo,
  type ConnectionState,
  type ConnectionStatus,
  type DashboardClient,
  type DashboardClientOptions,
  type DashboardErrorCode,
  type DataOf,
  type Page,
  type Schedule,
  type SocketConstructor,
  type SocketLike,
  type TopicState,
} from '../client/index.ts';
export type * from '../messages/types.ts';
