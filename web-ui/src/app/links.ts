import type {
  LearningCategory,
  LearningStatus,
  LearningsSort,
  LearningsFilters,
  ScopeLevel,
} from '../messages/types.ts';
import { CATEGORY, LEARNING_STATUS, SCOPE_LEVEL, SORT } from './words.ts';

/**
 * What the address says and how it is written, so that every view can be linked to.
 *
 * The parameters bear the names that the HTTP API uses. What an address gets wrong is read as absent.
 */

export const PERIODS = [7, 30, 90, 365] as const;
export const PAGE_SIZES = [25, 50, 100, 500] as const;
export const DEFAULT_PERIOD = 7;
export const DEFAULT_PAGE_SIZE = 50;
/** Of the lists that show their first rows only: sessions, and learnings with weights of their own. */
export const DEFAULT_ROWS = 100;
export const MOST_ROWS = 500;
export const SEARCH_LENGTH = 200;

/** The list of learnings as the address asks for it. */
export interface LearningsQuery {
  readonly category?: LearningCategory;
  readonly status?: LearningStatus;
  readonly scope_level?: ScopeLevel;
  readonly scope_name?: string;
  readonly search?: string;
  readonly sort: LearningsSort;
  readonly limit: number;
  readonly offset: number;
}

const ALL_LEARNINGS: LearningsQuery = { sort: 'recency', limit: DEFAULT_PAGE_SIZE, offset: 0 };

/** A query before what is undefined is dropped from it. */
type Draft = { readonly [Name in keyof LearningsQuery]?: LearningsQuery[Name] | undefined };

export function readLearningsQuery(params: URLSearchParams): LearningsQuery {
  const level = oneOf(SCOPE_LEVEL, params.get('scope_level'));
  return complete({
    category: oneOf(CATEGORY, params.get('category')),
    status: oneOf(LEARNING_STATUS, params.get('status')),
    scope_level: level,
    scope_name: level === undefined || level === 'global' ? undefined : text(params, 'scope_name'),
    search: text(params, 'search'),
    sort: oneOf(SORT, params.get('sort')),
    limit: integer(params, 'limit', 1, 500),
    offset: integer(params, 'offset', 0, 1_000_000),
  });
}

/** The query string of a list, without what is the default and by name: one view, one address. */
export function writeLearningsQuery(query: LearningsQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== ALL_LEARNINGS[name as keyof LearningsQuery]) params.set(name, String(value));
  }
  params.sort();
  return params.size === 0 ? '' : `?${params.toString()}`;
}

/** A change of what is listed or how: the page starts again at the first learning. */
export function changeLearningsQuery(query: LearningsQuery, change: Draft): LearningsQuery {
  return complete({ ...query, offset: 0, ...change });
}

/** Whether the address leaves anything out of the list. */
export function isFiltered(query: LearningsQuery): boolean {
  return [query.category, query.status, query.scope_level, query.search].some(
    (filter) => filter !== undefined,
  );
}

/** What a learning must match to be listed. */
export function learningsFilters(query: LearningsQuery): LearningsFilters {
  const { scope_level: level, scope_name: name, category, status, search } = query;
  return {
    ...(level === undefined ? {} : { scope: name === undefined ? { level } : { level, name } }),
    ...(category === undefined ? {} : { category }),
    ...(status === undefined ? {} : { status }),
    ...(search === undefined ? {} : { search }),
  };
}

export function learningsPath(query: Draft = {}): string {
  return `/learnings${writeLearningsQuery(complete(query))}`;
}

/** A learning, with the list beside it as it was. */
export function learningPath(id: string, query: Draft = {}): string {
  return `/learnings/${id}${writeLearningsQuery(complete(query))}`;
}

/** Days of the period, 1 to 365. */
export function readDays(params: URLSearchParams): number {
  return integer(params, 'days', 1, 365) ?? DEFAULT_PERIOD;
}

/** Rows listed at the most, 1 to 500. */
export function readLimit(params: URLSearchParams): number {
  return integer(params, 'limit', 1, MOST_ROWS) ?? DEFAULT_ROWS;
}

export function attributionPath(days: number, limit = DEFAULT_ROWS): string {
  const params = new URLSearchParams();
  if (days !== DEFAULT_PERIOD) params.set('days', String(days));
  if (limit !== DEFAULT_ROWS) params.set('limit', String(limit));
  return `/attribution${params.size === 0 ? '' : `?${params.toString()}`}`;
}

export function strategyPath(limit = DEFAULT_ROWS): string {
  return `/strategy${limit === DEFAULT_ROWS ? '' : `?limit=${String(limit)}`}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id as the server names it (lower case), or nothing where the address cannot mean a learning. */
export function readLearningId(text: string): string | undefined {
  const id = text.toLowerCase();
  return UUID.test(id) ? id : undefined;
}

function oneOf<K extends string>(words: Record<K, string>, value: string | null): K | undefined {
  return value !== null && Object.hasOwn(words, value) ? (value as K) : undefined;
}

function text(params: URLSearchParams, name: string): string | undefined {
  const value = params.get(name)?.trim().replaceAll('\0', '') ?? '';
  return value === '' ? undefined : Array.from(value).slice(0, SEARCH_LENGTH).join('');
}

function integer(
  params: URLSearchParams,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const value = params.get(name) ?? '';
  if (!/^\d{1,7}$/.test(value)) return undefined;
  const number = Number(value);
  return number >= least && number <= most ? number : undefined;
}

function complete(draft: Draft): LearningsQuery {
  const given = Object.entries(draft).filter(([, value]) => value !== undefined);
  return { ...ALL_LEARNINGS, ...(Object.fromEntries(given) as Partial<LearningsQuery>) };
}
