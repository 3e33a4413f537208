export {
  DashboardProvider,
  useDashboardClient,
  type DashboardProviderProps,
} from './DashboardProvider.ts';
export { useConnection } from './useConnection.ts';
export { useDashboard } from './useDashboard.ts';
export { useLearningActions } from './useLearningActions.ts';
export { useTopic, type SelectOptions, type UseTopicOptions } from './useTopic.ts';
export * from './topics.ts';
export type { IsEqual, Select } from './selection.ts';
export {
  DashboardError,
  type CloseInfo,
  type ConnectionState,
  type ConnectionStatus,
  type Dashboard,
  type DashboardClient,
  type DashboardClientOptions,
  type DashboardErrorCode,
  type DataOf,
  type LearningActions,
  type Page,
  type Schedule,
  type SocketConstructor,
  type SocketLike,
  type TopicState,
} from '../client/index.ts';
export type * from '../messages/types.ts';
export { useSuspenseTopic } from './useSuspenseTopic.ts';
