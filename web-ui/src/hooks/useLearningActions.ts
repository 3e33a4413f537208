import { useMemo } from 'react';
import type { DashboardClient } from '../client/index.ts';
import type { Uuid } from '../messages/types.ts';
import { useDashboardClient } from './DashboardProvider.tsx';

/** Each resolves once the server has committed it, and rejects with a DashboardError. */
export interface LearningActions {
  readonly enableLearning: (id: Uuid) => Promise<void>;
  readonly disableLearning: (id: Uuid) => Promise<void>;
  readonly deleteLearning: (id: Uuid) => Promise<void>;
}

/** What a person can do to a learning. The functions stay the same from render to render. */
export function useLearningActions(): LearningActions {
  const client = useDashboardClient();
  return useMemo(() => actionsOf(client), [client]);
}

export function actionsOf(client: DashboardClient): LearningActions {
  return {
    enableLearning: (id) => client.enableLearning(id),
    disableLearning: (id) => client.disableLearning(id),
    deleteLearning: (id) => client.deleteLearning(id),
  };
}
