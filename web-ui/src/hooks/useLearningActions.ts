import type { LearningActions } from '../client/index.ts';
import type { Uuid } from '../messages/types.ts';
import { useDashboardClient } from './DashboardProvider.ts';
import { perClient } from './per-client.ts';

/**
 * What a person can do to a learning; the functions stay the same from render to render.
 *
 * Each shows at once in every topic. It resolves once the server has committed it, and rejects with a
 * DashboardError, when what was shown is taken back.
 */
export function useLearningActions(): LearningActions {
  return actionsOf(useDashboardClient());
}

export const actionsOf = perClient((client): LearningActions => {
  // Loaded apart, since pages without actions need none of it; begun now, so that the first action has it.
  // Where it cannot be loaded, actions show when the server has done them.
  const optimism = import('./optimism.ts').then(
    (part) => part.showActions(client),
    () => undefined,
  );
  const act = (action: keyof LearningActions) => (id: Uuid) => {
    const done = client[action](id);
    void optimism.then((show) => show?.(action, id, done));
    return done;
  };
  return {
    enableLearning: act('enableLearning'),
    disableLearning: act('disableLearning'),
    deleteLearning: act('deleteLearning'),
  };
});
