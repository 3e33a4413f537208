import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { excerpt, LINE_LENGTH } from '../format.ts';
import { type LearningsQuery, learningPath } from '../links.ts';

interface LearningLinkProps {
  readonly id: string;
  readonly content: string;
  /** The list to keep beside the learning. */
  readonly query?: LearningsQuery;
  /** Whether this is the learning on the page. */
  readonly isCurrent?: boolean;
}

/** A learning in one line, leading to all that is known of it. */
export function LearningLink({ id, content, query, isCurrent }: LearningLinkProps): ReactNode {
  return (
    <Link
      className="learning-link"
      href={learningPath(id, query)}
      title={content}
      aria-current={isCurrent === true ? 'page' : undefined}
    >
      {excerpt(content, LINE_LENGTH)}
    </Link>
  );
}
