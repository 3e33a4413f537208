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
export {
  DashboardError,
  type CloseInfo,
  type ConnectionState,
  type ConnectionStatus,
  type DashboardClientOptions,
  type DashboardErrorCode,
  type SocketConstructor,
  type SocketLike,
  type TopicState,
} from '../client/index.ts';
