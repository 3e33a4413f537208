import type { DataChange, LearningActions } from '../client/index.ts';
import type { LearningStatus, TopicData, Uuid } from '../messages/types.ts';

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
  const change = (data: TopicData): TopicData => {
    switch (data.data_type) {
      case 'overview':
        return put(data, {
          learnings: put(data.learnings, { recent: rows(data.learnings.recent) }),
          attribution: put(data.attribution, {
            top_contributors: rows(data.attribution.top_contributors),
          }),
        });
      case 'learnings': {
        const learnings = rows(data.learnings);
        const total = data.total - (data.learnings.length - learnings.length);
        return put(data, { learnings, total });
      }
      case 'learning_detail':
        // What a person decides has no reason.
        return isIt(data) && status !== undefined
          ? put(data, { status, status_reason: null })
          : data;
      case 'attribution':
        return put(data, {
          top_contributors: rows(data.top_contributors),
          negative_impact: rows(data.negative_impact),
        });
      case 'strategy_overrides':
        return put(data, { overrides: rows(data.overrides) });
      case 'session_timeline': // keeps what deleted learnings did
      case 'strategy_distributions':
      case 'health':
        return data;
      default:
        data satisfies never;
        return data; // of a later version of the protocol: nothing that is known here
    }
  };
  return change as DataChange;
}

/** `whole` with `members`: the same object where it has them already. */
function put<T extends object>(whole: T, members: Partial<T> | object): T {
  const isNew = Object.entries(members).some(
    ([key, member]) => (whole as Record<string, unknown>)[key] !== member,
  );
  return isNew ? { ...whole, ...members } : whole;
}
