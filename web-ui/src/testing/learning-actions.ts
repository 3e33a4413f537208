import type { LearningAction, LearningStatus, TopicData, Uuid } from '../messages/types.ts';

const STATUS_AFTER = {
  enable_learning: 'active',
  disable_learning: 'disabled',
  delete_learning: undefined,
} as const satisfies Record<LearningAction, LearningStatus | undefined>;

/**
 * The data after an action on a learning: wherever it is shown, its status is the new one, or its row is gone.
 *
 * Figures that count learnings stay as they are; a test that is about them sets them.
 */
export function afterAction(data: TopicData, action: LearningAction, id: Uuid): TopicData {
  return changed(data, id, STATUS_AFTER[action]) as TopicData;
}

function changed(value: unknown, id: Uuid, status: LearningStatus | undefined): unknown {
  if (Array.isArray(value)) {
    const kept = status === undefined ? value.filter((item) => !isLearning(item, id)) : value;
    return kept.map((item) => changed(item, id, status));
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    changed(member, id, status),
  ]);
  const copy = Object.fromEntries(members) as object;
  const isConcerned = status !== undefined && isLearning(value, id) && 'status' in value;
  return isConcerned ? { ...copy, status } : copy;
}

function isLearning(value: unknown, id: Uuid): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ('id' in value && value.id === id) || ('learning_id' in value && value.learning_id === id);
}
