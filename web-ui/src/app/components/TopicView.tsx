import type { ReactNode } from 'react';
import type { TopicState } from '../../hooks/index.ts';
import { formatClock } from '../format.ts';

interface TopicViewProps<D> {
  readonly state: TopicState<D>;
  /** What is shown, as it stands in a sentence: "the overview". */
  readonly name: string;
  /** The data shown are those of the topic asked for before; see `useHeld`. */
  readonly isWaiting?: boolean;
  readonly children: (data: D) => ReactNode;
}

/** A topic's data, with what must be said about them: on their way, failed, or not confirmed. */
export function TopicView<D>(props: TopicViewProps<D>): ReactNode {
  const { state, name, isWaiting = false, children } = props;
  return (
    <div className="topic" aria-busy={isWaiting || undefined}>
      {isWaiting && <p className="note quiet late">Loading {name}…</p>}
      <TopicNotes state={state} name={name} />
      {state.data !== undefined && children(state.data)}
    </div>
  );
}

function TopicNotes<D>({ state, name }: Pick<TopicViewProps<D>, 'state' | 'name'>): ReactNode {
  if (state.status === 'error') {
    return (
      <div className="note bad" role="alert">
        <p>
          Cannot show {state.data === undefined ? name : `what is new in ${name}`}:{' '}
          {state.error.message}
        </p>
        {state.error.code === 'unavailable' && (
          <p>It will be shown as soon as the server can read it again; nothing needs to be done.</p>
        )}
        {state.data !== undefined && <p>{asOf(state.updatedAt)}</p>}
      </div>
    );
  }
  if (state.data === undefined) {
    return (
      <p className="note quiet" aria-busy="true">
        Loading {name}…
      </p>
    );
  }
  return state.isStale ? <p className="note fair">{asOf(state.updatedAt)}</p> : null;
}

function asOf(updatedAt: number | undefined): string {
  const when = updatedAt === undefined ? 'earlier' : `at ${formatClock(updatedAt)}`;
  return `Below is what was known ${when}; newer facts may be missing.`;
}
