import { type ReactNode, useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useLearnings } from '../../hooks/index.ts';
import { PageHeading } from '../components/PageHeading.tsx';
import { TopicView } from '../components/TopicView.tsx';
import {
  type LearningsQuery,
  learningPath,
  learningsFilters,
  learningsPath,
  readLearningId,
  readLearningsQuery,
} from '../links.ts';
import { useHeld } from '../useHeld.ts';
import { LearningFilters } from './LearningFilters.tsx';
import { LearningList } from './LearningList.tsx';
import { LearningPane, NoSuchLearning } from './LearningPane.tsx';

interface LearningsPageProps {
  /** What the address says after `/learnings/`. */
  readonly id: string | undefined;
}

/** The list, and beside it the learning that was chosen. */
export function LearningsPage({ id }: LearningsPageProps): ReactNode {
  const [params] = useSearchParams();
  const query = useMemo(() => readLearningsQuery(params), [params]);
  const learningId = id === undefined ? undefined : readLearningId(id);
  return (
    <div className={id === undefined ? undefined : 'split'}>
      <div className="split-list">
        {id === undefined ? <PageHeading title="Learnings" /> : <h2>Learnings</h2>}
        <List query={query} currentId={learningId} />
      </div>
      {learningId !== undefined && <LearningPane key={learningId} id={learningId} query={query} />}
      {id !== undefined && learningId === undefined && <NoSuchLearning query={query} />}
    </div>
  );
}

interface ListProps {
  readonly query: LearningsQuery;
  readonly currentId: string | undefined;
}

function List({ query, currentId }: ListProps): ReactNode {
  const [, navigate] = useLocation();
  const { sort, limit, offset } = query;
  const { asked, ...list } = useHeld(
    useLearnings(learningsFilters(query), { sort, limit, offset }),
    query,
  );
  const pathOf = (next: LearningsQuery): string =>
    currentId === undefined ? learningsPath(next) : learningPath(currentId, next);
  return (
    <>
      <LearningFilters
        query={query}
        onChange={(next, replace) => {
          navigate(pathOf(next), { replace });
        }}
      />
      <TopicView {...list} name="the list">
        {(data) => <LearningList data={data} query={asked} currentId={currentId} pathOf={pathOf} />}
      </TopicView>
    </>
  );
}
