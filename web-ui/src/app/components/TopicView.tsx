import type { ReactNode } from 'react';
import type { TopicState } from '../../hooks/index.ts';
import { formatMoment } from '../format.ts';
import { useNow } from '../useNow.ts';

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
        {state.data !== undefined && (
          <p>
            <AsOf moment={state.confirmedAt} />
          </p>
        )}
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
  if (!state.isStale) return null;
  return (
    <p className="note fair">
      <AsOf moment={state.confirmedAt} />
    </p>
  );
}

const MINUTE_MS = 60_000;

/** How old the data may be, given the last moment at which they are known to have been the newest. */
function AsOf({ moment }: { readonly moment: number | undefined }): ReactNode {
  const now = useNow(MINUTE_MS); // a page that is left open overnight tells of yesterday in the morning
  const when = moment === undefined ? 'earlier' : formatMoment(moment, now);
  return `Below is what was known ${when}; newer facts may be missing.`;
}
