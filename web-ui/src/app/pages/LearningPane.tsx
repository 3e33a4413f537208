import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLearningDetail } from '../../hooks/index.ts';
import { LearningActions } from '../components/LearningActions.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import { excerpt, HEADING_LENGTH } from '../format.ts';
import { type LearningsQuery, learningsPath } from '../links.ts';
import { useLostFocus } from '../useLostFocus.ts';
import { LearningDetail } from './LearningDetail.tsx';

interface LearningPaneProps {
  readonly id: string;
  /** The list beside it. */
  readonly query: LearningsQuery;
}

/** One learning with what can be done to it; stays, and says so, when the learning is deleted meanwhile. */
export function LearningPane({ id, query }: LearningPaneProps): ReactNode {
  const state = useLearningDetail(id);
  if (state.error?.code === 'not_found') {
    return <NoSuchLearning query={query} content={state.data?.content} />;
  }
  const content = state.data?.content ?? 'Learning';
  return (
    <article className="detail" aria-label="Learning">
      <BackToList query={query} />
      <PageHeading title={excerpt(content, 60)}>{excerpt(content, HEADING_LENGTH)}</PageHeading>
      <TopicView state={state} name="the learning">
        {(data) => (
          <>
            <LearningActions id={data.id} content={data.content} status={data.status} />
            <LearningDetail data={data} />
          </>
        )}
      </TopicView>
    </article>
  );
}

interface NoSuchLearningProps {
  readonly query: LearningsQuery;
  /** What it said, where it was shown before it vanished. */
  readonly content?: string | undefined;
}

export function NoSuchLearning({ query, content }: NoSuchLearningProps): ReactNode {
  const wasShown = content !== undefined;
  useLostFocus(wasShown);
  return (
    <article className="detail" aria-label="Learning">
      <BackToList query={query} />
      <PageHeading title={wasShown ? 'Learning deleted' : 'No such learning'} />
      {wasShown ? (
        <>
          <p>This learning has been deleted. It is gone from every list and figure.</p>
          <blockquote>{content}</blockquote>
        </>
      ) : (
        <p>
          There is no learning with this id. It may have been deleted, or the link may be wrong.
        </p>
      )}
    </article>
  );
}

function BackToList({ query }: { readonly query: LearningsQuery }): ReactNode {
  return (
    <p className="back">
      <Link href={learningsPath(query)}>Back to the list</Link>
    </p>
  );
}
