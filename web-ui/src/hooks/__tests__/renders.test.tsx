import { render } from '@testing-library/react';
import { memo, Profiler, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { LEARNINGS } from '../../client/__tests__/harness.ts';
import type { LearningBrief, LearningsData } from '../../messages/types.ts';
import { useLearnings } from '../topics.ts';
import { useTopic } from '../useTopic.ts';
import { fakeTimeForHooks, say, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

const idOf = (n: number): string => `01936f2b-0000-7000-8000-${String(n).padStart(12, '0')}`;

const LIST: LearningsData = {
  data_type: 'learnings',
  learnings: Array.from({ length: 100 }, (_, n) => ({
    id: idOf(n),
    content: `learning ${String(n)}`,
    category: 'preference',
    scope: { level: 'global' },
    status: 'active',
    estimated_value: 0.5,
    confidence: 0.5,
    session_count: n,
    created_at: '2026-03-01T08:30:00Z',
  })),
  total: 100,
};

const sameIds = (before: readonly string[], after: readonly string[]): boolean =>
  before.join() === after.join();

/** Which rows, and whether the list, were committed since it was last asked. */
function commits() {
  const committed: string[] = [];
  return {
    onRender: (id: string): void => {
      committed.push(id);
    },
    take: (): string[] => committed.splice(0),
  };
}

/** Each row selects its learning. */
function selectingList(onRender: (id: string) => void): () => ReactNode {
  function Row({ id }: { readonly id: string }): ReactNode {
    const { data } = useTopic(LEARNINGS, {
      select: ({ learnings }) => learnings.find((one) => one.id === id),
    });
    return <li>{data?.status}</li>;
  }
  const StableRow = memo(Row);
  return function List() {
    const { data = [] } = useLearnings(undefined, {
      select: ({ learnings }) => learnings.map(({ id }) => id),
      isEqual: sameIds,
    });
    return data.map((id) => (
      <Profiler key={id} id={id} onRender={onRender}>
        <StableRow id={id} />
      </Profiler>
    ));
  };
}

/** Each row is given its learning. */
function memoList(onRender: (id: string) => void): () => ReactNode {
  const Row = memo(function Row({ learning }: { readonly learning: LearningBrief }): ReactNode {
    onRender(learning.id);
    return <li>{learning.status}</li>;
  });
  return function List() {
    const { data } = useLearnings();
    return data?.learnings.map((learning) => <Row key={learning.id} learning={learning} />);
  };
}

test.each([
  ['rows that select their learning', selectingList],
  ['rows that are given their learning', memoList],
])('of 100 %s, a change in one renders that one and no other', (_, list) => {
  const { wrapper } = setting();
  const { onRender, take } = commits();
  const List = list(onRender);
  const { container } = render(<List />, { wrapper });
  welcome();
  say({ type: 'snapshot', topic: LEARNINGS, version: 'v0', data: LIST });
  expect(container.querySelectorAll('li')).toHaveLength(100);
  expect(new Set(take()).size).toBe(100);

  const change = (base: string, version: string, n: number): void => {
    say({
      type: 'update',
      topic: LEARNINGS,
      base,
      version,
      patch: [{ op: 'replace', path: `/learnings/${String(n)}/status`, value: 'disabled' }],
    });
  };
  change('v0', 'v1', 7);
  expect(new Set(take())).toEqual(new Set([idOf(7)]));
  change('v1', 'v2', 99);
  expect(new Set(take())).toEqual(new Set([idOf(99)]));

  // A whole new state, too: what is the same in it stays the same object.
  const learnings = LIST.learnings.map((one, n) => ({
    ...one,
    status: [7, 42, 99].includes(n) ? ('disabled' as const) : one.status,
  }));
  say({ type: 'snapshot', topic: LEARNINGS, version: 'v3', data: { ...LIST, learnings } });
  expect(new Set(take())).toEqual(new Set([idOf(42)]));
});
