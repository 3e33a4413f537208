// @vitest-environment node
import { describe, expect, test } from 'vitest';
import {
  attributionPath,
  changeLearningsQuery,
  isFiltered,
  learningPath,
  learningsPath,
  readDays,
  readLearningId,
  readLearningsQuery,
  readLimit,
  strategyPath,
} from '../links.ts';

const read = (query: string) => readLearningsQuery(new URLSearchParams(query));
const ID = '0190a7c4-0000-7000-8000-000000000001';

describe('the address of a list', () => {
  test('nothing said is everything, newest first', () => {
    expect(read('')).toEqual({ sort: 'recency', limit: 50, offset: 0 });
    expect(learningsPath()).toBe('/learnings');
  });

  test('every parameter is read and written the same', () => {
    const query =
      'category=tool_usage&status=under_review&scope_level=project&scope_name=vibes&search=snake+case&sort=value&limit=25&offset=75';
    expect(read(query)).toEqual({
      category: 'tool_usage',
      status: 'under_review',
      scope_level: 'project',
      scope_name: 'vibes',
      search: 'snake case',
      sort: 'value',
      limit: 25,
      offset: 75,
    });
    expect(read(learningsPath(read(query)).split('?')[1]!)).toEqual(read(query));
  });

  test.each([
    'category=nonsense',
    'status=constructor',
    'sort=toString',
    'limit=0',
    'limit=501',
    'limit=1e2',
    'offset=-1',
    'offset=1.5',
    'search=',
    'search=%20%20',
    'scope_name=vibes',
  ])('%s is read as absent', (query) => {
    expect(read(query)).toEqual({ sort: 'recency', limit: 50, offset: 0 });
  });

  test('the global scope has no name', () => {
    expect(read('scope_level=global&scope_name=x')).not.toHaveProperty('scope_name');
  });

  test('a search is cut where the server would refuse it', () => {
    expect(read(`search=${'x'.repeat(300)}`).search).toHaveLength(200);
  });

  test('a change of a filter goes back to the first page, and undefined lifts it', () => {
    const query = read('category=solution&offset=100');
    expect(changeLearningsQuery(query, { status: 'active' })).toMatchObject({
      category: 'solution',
      status: 'active',
      offset: 0,
    });
    expect(changeLearningsQuery(query, { category: undefined })).not.toHaveProperty('category');
  });

  test('a change of page stays on its filters', () => {
    const query = changeLearningsQuery(read('category=solution'), { offset: 50 });
    expect(learningsPath(query)).toBe('/learnings?category=solution&offset=50');
  });

  test('sorting is no filter', () => {
    expect(isFiltered(read('sort=value&limit=25'))).toBe(false);
    expect(isFiltered(read('search=x'))).toBe(true);
  });

  test('a learning keeps the list it was opened from', () => {
    expect(learningPath(ID, read('sort=usage'))).toBe(`/learnings/${ID}?sort=usage`);
  });
});

describe('the id in an address', () => {
  test('is read in lower case', () => {
    expect(readLearningId(ID.toUpperCase())).toBe(ID);
  });

  test.each(['', 'x', `${ID}0`, ID.replace('-', '')])('%j means no learning', (text) => {
    expect(readLearningId(text)).toBeUndefined();
  });
});

describe('the address of a period', () => {
  test.each([
    ['', 7],
    ['days=30', 30],
    ['days=365', 365],
    ['days=366', 7],
    ['days=0', 7],
    ['days=seven', 7],
  ])('%j is %i days', (query, days) => {
    expect(readDays(new URLSearchParams(query))).toBe(days);
  });

  test('the number of rows is read from it', () => {
    expect(readLimit(new URLSearchParams('limit=500'))).toBe(500);
    expect(readLimit(new URLSearchParams('limit=501'))).toBe(100);
  });

  test.each([
    [undefined, '/strategy'],
    [500, '/strategy?limit=500'],
  ])('%s learnings with weights of their own', (limit, path) => {
    expect(strategyPath(limit)).toBe(path);
  });

  test.each([
    [7, undefined, '/attribution'],
    [30, undefined, '/attribution?days=30'],
    [30, 500, '/attribution?days=30&limit=500'],
  ])('%i days with %s sessions', (days, limit, path) => {
    expect(attributionPath(days, limit)).toBe(path);
  });
});
