import type { ReactNode } from 'react';
import { Choice } from '../components/Choice.tsx';
import { TextFilter } from '../components/TextFilter.tsx';
import { type LearningsQuery, PAGE_SIZES, changeLearningsQuery } from '../links.ts';
import { CATEGORY, LEARNING_STATUS, SCOPE_LEVEL, SORT } from '../words.ts';

interface LearningFiltersProps {
  readonly query: LearningsQuery;
  /** `replace`: the change is one of many, not one to go back over. */
  readonly onChange: (query: LearningsQuery, replace: boolean) => void;
}

/** What of the learnings is listed, and how. */
export function LearningFilters({ query, onChange }: LearningFiltersProps): ReactNode {
  type Change = Parameters<typeof changeLearningsQuery>[1];
  const choose = (change: Change): void => {
    onChange(changeLearningsQuery(query, change), false);
  };
  const type = (change: Change): void => {
    onChange(changeLearningsQuery(query, change), true);
  };
  const { scope_level } = query;
  return (
    <div className="filters" role="search">
      <TextFilter
        label="Search"
        value={query.search ?? ''}
        onChange={(text) => {
          type({ search: text === '' ? undefined : text });
        }}
      />
      <Choice
        label="Category"
        words={CATEGORY}
        value={query.category}
        any="All categories"
        onChange={(category) => {
          choose({ category });
        }}
      />
      <Choice
        label="Status"
        words={LEARNING_STATUS}
        value={query.status}
        any="All statuses"
        onChange={(status) => {
          choose({ status });
        }}
      />
      <Choice
        label="Scope"
        words={SCOPE_LEVEL}
        value={scope_level}
        any="All scopes"
        onChange={(level) => {
          choose({ scope_level: level, scope_name: undefined });
        }}
      />
      {scope_level !== undefined && scope_level !== 'global' && (
        <TextFilter
          label={`${SCOPE_LEVEL[scope_level]} name`}
          value={query.scope_name ?? ''}
          onChange={(text) => {
            type({ scope_name: text === '' ? undefined : text });
          }}
        />
      )}
      <Choice
        label="Order"
        words={SORT}
        value={query.sort}
        onChange={(sort) => {
          choose({ sort });
        }}
      />
      <Choice
        label="Per page"
        words={pageSizes(query.limit)}
        value={String(query.limit)}
        onChange={(limit) => {
          choose({ limit: Number(limit) });
        }}
      />
    </div>
  );
}

/** The usual sizes, and the one in the address. */
function pageSizes(limit: number): Record<string, string> {
  const sizes = new Set<number>([...PAGE_SIZES, limit]);
  return Object.fromEntries([...sizes].map((size) => [String(size), String(size)]));
}
