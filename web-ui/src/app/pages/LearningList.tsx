import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LearningsData } from '../../messages/types.ts';
import { Empty, HowToIngest } from '../components/Empty.tsx';
import { LearningTable } from '../components/LearningTable.tsx';
import { formatCount, formatCounted } from '../format.ts';
import { type LearningsQuery, changeLearningsQuery, isFiltered, learningsPath } from '../links.ts';

interface LearningListProps {
  readonly data: LearningsData;
  /** What was asked for to get the data. */
  readonly query: LearningsQuery;
  readonly currentId: string | undefined;
  /** The address of the same page with another query. */
  readonly pathOf: (query: LearningsQuery) => string;
}

export function LearningList({ data, query, currentId, pathOf }: LearningListProps): ReactNode {
  if (data.total === 0) return <NothingListed query={query} />;
  return (
    <>
      <Pages data={data} query={query} pathOf={pathOf} />
      {data.learnings.length > 0 && (
        <LearningTable
          label="Learnings"
          learnings={data.learnings}
          query={query}
          currentId={currentId}
        />
      )}
    </>
  );
}

function NothingListed({ query }: { readonly query: LearningsQuery }): ReactNode {
  if (!isFiltered(query)) {
    return (
      <Empty>
        <p>Nothing has been learned yet.</p>
        <HowToIngest />
      </Empty>
    );
  }
  return (
    <Empty>
      <p>No learning matches these filters.</p>
      <p>
        <Link href={learningsPath()}>Show all learnings</Link>
      </p>
    </Empty>
  );
}

function Pages({ data, query, pathOf }: Omit<LearningListProps, 'currentId'>): ReactNode {
  const { learnings, total } = data;
  const { offset, limit } = query;
  const at = (start: number): string => pathOf(changeLearningsQuery(query, { offset: start }));
  return (
    <nav className="pages" aria-label="Pages of the list">
      <span>{extent(learnings.length, offset, total)}</span>
      {offset > 0 && learnings.length === 0 && <Link href={at(0)}>First page</Link>}
      {offset > 0 && learnings.length > 0 && (
        <Link href={at(Math.max(0, offset - limit))}>Previous</Link>
      )}
      {offset + learnings.length < total && learnings.length > 0 && (
        <Link href={at(offset + limit)}>Next</Link>
      )}
    </nav>
  );
}

function extent(listed: number, offset: number, total: number): string {
  const all = formatCounted(total, 'learning');
  if (listed === 0) return `${all}, none on this page.`;
  if (listed === total) return all;
  return `${formatCount(offset + 1)} to ${formatCount(offset + listed)} of ${all}`;
}
