import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { formatCounted } from '../format.ts';
import { MOST_ROWS } from '../links.ts';

interface MoreLinkProps {
  readonly listed: number;
  /** How many there are, listed or not. */
  readonly total: number;
  /** What one of them is called: "session". */
  readonly noun: string;
  /** Where so many of them are listed. */
  readonly hrefOf: (limit: number) => string;
}

/** The way from the first rows of a list to as many as can be listed; nothing where those are listed already. */
export function MoreLink({ listed, total, noun, hrefOf }: MoreLinkProps): ReactNode {
  if (listed >= total || listed >= MOST_ROWS) return null;
  return (
    <p>
      <Link href={hrefOf(MOST_ROWS)}>Show {formatCounted(Math.min(total, MOST_ROWS), noun)}</Link>
    </p>
  );
}
