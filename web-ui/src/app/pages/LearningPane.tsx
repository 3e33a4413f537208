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

/**
 * One learning with what can be done to it; stays, and says so, when the learning is deleted meanwhile.
 * Whatever becomes known of it, the heading stays the same element: a navigation has given it the focus.
 */
export function LearningPane({ id, query }: LearningPaneProps): ReactNode {
  const state = useLearningDetail(id);
  const isGone = state.error?.code === 'not_found';
  const content = state.data?.content;
  useLostFocus(isGone && content !== undefined);
  return (
    <article className="detail" aria-label="Learning">
      <BackToList query={query} />
      <PaneHeading isGone={isGone} content={content} />
      {isGone ? (
        <Gone content={content} />
      ) : (
        <TopicView state={state} name="the learning">
          {(data) => (
            <>
              <LearningActions id={data.id} content={data.content} status={data.status} />
              <LearningDetail data={data} />
            </>
          )}
        </TopicView>
      )}
    </article>
  );
}

/** What the address names cannot be a learning, so nobody needs to be asked. */
export function NoSuchLearning({ query }: Pick<LearningPaneProps, 'query'>): ReactNode {
  return (
    <article className="detail" aria-label="Learning">
      <BackToList query={query} />
      <PaneHeading isGone content={undefined} />
      <Gone content={undefined} />
    </article>
  );
}

interface GoneProps {
  /** What the learning says; of one that has vanished, what it said where it was shown before. */
  readonly content: string | undefined;
}

function PaneHeading({ isGone, content }: GoneProps & { readonly isGone: boolean }): ReactNode {
  if (isGone) {
    const title = content === undefined ? 'No such learning' : 'Learning deleted';
    return <PageHeading title={title} />;
  }
  const text = content ?? 'Learning';
  return <PageHeading title={excerpt(text, 60)}>{excerpt(text, HEADING_LENGTH)}</PageHeading>;
}

function Gone({ content }: GoneProps): ReactNode {
  if (content === undefined) {
    return (
      <p>There is no learning with this id. It may have been deleted, or the link may be wrong.</p>
    );
  }
  return (
    <>
      <p>This learning has been deleted. It is gone from every list and figure.</p>
      <blockquote>{content}</blockquote>
    </>
  );
}

function BackToList({ query }: { readonly query: LearningsQuery }): ReactNode {
  return (
    <p className="back">
      <Link href={learningsPath(query)}>Back to the list</Link>
    </p>
  );
}
