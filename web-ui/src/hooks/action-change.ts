import type { DataChange, LearningActions } from '../client/index.ts';
import type {
  LearningStatus,
  TopicData,
  TopicDataByName,
  TopicName,
  Uuid,
} from '../messages/types.ts';

type Changes = {
  readonly [N in TopicName]?: (data: TopicDataByName[N]) => TopicDataByName[N];
};

type Row = { readonly id: Uuid } | { readonly learning_id: Uuid };

const STATUS: { readonly [Action in keyof LearningActions]?: LearningStatus } = {
  enableLearning: 'active',
  disableLearning: 'disabled',
};

/**
 * How `action` on the learning `id` shows before the server has done it: the learning's new status wherever one
 * stands, and without the rows that a deletion takes away.
 *
 * Figures stay as they are, since a page does not hold what they are made of; only the length of a list that
 * loses a row is known. A row that no longer fits its list's filters stays until the server takes it out, and a
 * deleted learning's own page until the server ends it.
 *
 * Done twice it does no more than once, and what it does not concern stays the same object.
 */
export function changeOf(action: keyof LearningActions, id: Uuid): DataChange {
  const status = STATUS[action];
  const isIt = (row: Row): boolean => ('id' in row ? row.id : row.learning_id) === id;
  const rows = <R extends Row>(list: R[]): R[] => {
    if (status === undefined) {
      return list.some(isIt) ? list.filter((row) => !isIt(row)) : list;
    }
    const next = list.map((row) => (isIt(row) && 'status' in row ? put(row, { status }) : row));
    return next.every((row, index) => row === list[index]) ? list : next;
  };
  // Other topics show no learning that could change; sessions keep what deleted ones did.
  const byTopic: Changes = {
    overview: (data) =>
      put(data, {
        learnings: put(data.learnings, { recent: rows(data.learnings.recent) }),
        attribution: put(data.attribution, {
          top_contributors: rows(data.attribution.top_contributors),
        }),
      }),
    learnings: (data) => {
      const learnings = rows(data.learnings);
      const total = data.total - (data.learnings.length - learnings.length);
      return put(data, { learnings, total });
    },
    learning_detail: (data) =>
      // What a person decides has no reason.
      isIt(data) && status !== undefined ? put(data, { status, status_reason: null }) : data,
    attribution: (data) =>
      put(data, {
        top_contributors: rows(data.top_contributors),
        negative_impact: rows(data.negative_impact),
      }),
    strategy_overrides: (data) => {
      const overrides = rows(data.overrides);
      const total = data.total - (data.overrides.length - overrides.length);
      return put(data, { overrides, total });
    },
  };
  return <D extends TopicData>(data: D): D => {
    const change = byTopic[data.data_type] as ((data: D) => D) | undefined;
    return change?.(data) ?? data;
  };
}

/** `whole` with `members`: the same object where it has them already. */
function put<T extends object>(whole: T, members: object): T {
  const isNew = Object.entries(members).some(
    ([key, member]) => (whole as Record<string, unknown>)[key] !== member,
  );
  return isNew ? { ...whole, ...members } : whole;
}
