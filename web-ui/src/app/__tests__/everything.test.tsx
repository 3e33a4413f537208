import { screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Router } from 'wouter';
import type { LearningDetailData, TopicData } from '../../messages/types.ts';
import { Health } from '../pages/HealthPage.tsx';
import { Leaderboards } from '../pages/Leaderboards.tsx';
import { LearningDetail } from '../pages/LearningDetail.tsx';
import { LearningList } from '../pages/LearningList.tsx';
import { Overview } from '../pages/OverviewPage.tsx';
import { SessionTimeline } from '../pages/SessionTimeline.tsx';
import { StrategyDistributions } from '../pages/StrategyDistributions.tsx';
import { StrategyOverrides } from '../pages/StrategyOverrides.tsx';
import { formatTime } from '../format.ts';
import { MOST_ROWS, readLearningsQuery } from '../links.ts';
import * as words from '../words.ts';
import {
  ATTRIBUTION,
  DETAIL,
  DISTRIBUTIONS,
  HEALTH,
  idOf,
  LEARNINGS,
  OVERRIDES,
  OVERVIEW,
  TIMELINE,
} from './fixtures.ts';
import { renderPart } from './render.tsx';

/** The page of each topic. */
function pageOf(data: TopicData): ReactNode {
  switch (data.data_type) {
    case 'overview':
      return <Overview data={data} />;
    case 'learnings': {
      const query = readLearningsQuery(new URLSearchParams());
      return <LearningList data={data} query={query} currentId={undefined} pathOf={() => '/'} />;
    }
    case 'learning_detail':
      return <Detail data={data} />;
    case 'attribution':
      return <Leaderboards data={data} />;
    case 'session_timeline':
      return <SessionTimeline data={data} moreHref={() => '/'} />;
    case 'strategy_distributions':
      return <StrategyDistributions data={data} />;
    case 'strategy_overrides':
      return <StrategyOverrides data={data} moreHref={() => '/'} />;
    case 'health':
      return <Health data={data} />;
  }
}

/** The page has the content in its heading. */
function Detail({ data }: { readonly data: LearningDetailData }): ReactNode {
  return (
    <>
      <h1>{data.content}</h1>
      <LearningDetail data={data} />
    </>
  );
}

/** The facts under a panel's heading: each name with what stands under it, hints left out. */
function factsOf(panel: string): Record<string, string> {
  const terms = within(screen.getByRole('region', { name: panel })).getAllByRole('term');
  return Object.fromEntries(
    terms.map((term) => [term.textContent, term.nextElementSibling?.textContent ?? '']),
  );
}

/** The rows of a table, each cell under the head of its column. */
function rowsOf(table: string): Record<string, string>[] {
  const [head, ...rows] = within(
    screen.getByRole('table', { name: table, hidden: true }),
  ).getAllByRole<HTMLTableRowElement>('row', { hidden: true });
  const columns = [...head!.cells].map((cell) => cell.textContent);
  return rows.map((row) => {
    expect(row.cells).toHaveLength(columns.length);
    return Object.fromEntries(columns.map((column, at) => [column, row.cells[at]!.textContent]));
  });
}

/** The rows of bars: name, count and share. */
function barsOf(table: string): string[][] {
  const rows = within(screen.getByRole('table', { name: table })).getAllByRole<HTMLTableRowElement>(
    'row',
  );
  return rows.map((row) =>
    [...row.cells].map((cell) => cell.textContent).filter((text) => text !== ''),
  );
}

/** How long the bars of a row are, and where they are marked. */
function drawnIn(rowName: RegExp): { lengths: (string | null)[]; marks: (string | null)[] } {
  const row = screen.getByRole('row', { name: rowName });
  const all = (selector: string, attribute: string): (string | null)[] =>
    [...row.querySelectorAll(selector)].map((shape) => shape.getAttribute(attribute));
  return { lengths: all('.bar-fill', 'width'), marks: all('.bar-marker', 'x1') };
}

const hrefOf = (name: string): string | null =>
  screen.getByRole('link', { name, hidden: true }).getAttribute('href');

describe('every figure stands under its name', () => {
  test('overview', () => {
    renderPart(pageOf(OVERVIEW));
    expect(factsOf('Session scores, last 7 days')).toEqual({
      Improvement: '+3.5%',
      Direction: '↗ Rising',
      'Sessions assessed': '28',
    });
    expect(rowsOf('Mean score a day')).toEqual([
      { 'UTC day': '16 Nov 2026', 'Mean score': '61.1%', Sessions: '2 sessions' },
      {
        'UTC day': '17 Nov 2026',
        'Mean score': '—no session was assessed',
        Sessions: '0 sessions',
      },
      { 'UTC day': '18 Nov 2026', 'Mean score': '62.2%', Sessions: '3 sessions' },
      { 'UTC day': '19 Nov 2026', 'Mean score': '63.3%', Sessions: '4 sessions' },
      { 'UTC day': '20 Nov 2026', 'Mean score': '64.4%', Sessions: '5 sessions' },
      { 'UTC day': '21 Nov 2026', 'Mean score': '65.5%', Sessions: '6 sessions' },
      { 'UTC day': '22 Nov 2026', 'Mean score': '66.6%', Sessions: '8 sessions' },
    ]);
    expect(factsOf('Pipeline health')).toEqual({
      Status: 'Degraded',
      'Last activity': formatTime('2026-11-22T21:47:00Z'),
      'Assessment coverage': '91.8%',
      'Ablation coverage': '12.7%',
    });
    expect(factsOf('What helps most')).toEqual({ 'Negative value': '17', 'Under review': '45' });
    expect(rowsOf('Top contributors over all time')).toEqual([
      { Learning: 'The best one', Value: '+0.912', Confidence: '87.1%' },
      { Learning: 'The next one', Value: '+0.845', Confidence: '73.4%' },
    ]);
    expect(hrefOf('The best one')).toBe(`/learnings/${idOf(11)}`);
    expect(factsOf('Learnings')).toEqual({ All: '1,024', Active: '916' });
    expect(barsOf('By category')).toEqual([
      ['Correction', '601', '58.7%'],
      ['Tool usage', '423', '41.3%'],
    ]);
    expect(barsOf('By status')).toEqual([
      ['Active', '917', '89.6%'],
      ['Disabled', '63', '6.2%'],
      ['Under review', '44', '4.3%'],
    ]);
    expect(rowsOf('Newest learnings').map((row) => Object.values(row))).toEqual([
      ['Learning number 1', 'Active', '+0.101', '20.1%', '101', 'Correction', 'Global', day(1)],
      [
        'Learning number 2',
        'Active',
        '+0.102',
        '20.2%',
        '102',
        'Tool usage',
        'Project vibes',
        day(2),
      ],
      ['Learning number 3', 'Active', '+0.103', '20.3%', '103', 'Code pattern', 'User ada', day(3)],
      [
        'Learning number 4',
        'Active',
        '+0.104',
        '20.4%',
        '104',
        'Preference',
        'Enterprise acme',
        day(4),
      ],
      ['Learning number 5', 'Deprecated', '−0.321', '20.5%', '105', 'Solution', 'Global', day(5)],
    ]);
  });

  test('learnings', () => {
    renderPart(pageOf(LEARNINGS));
    expect(screen.getByText('1 to 3 of 153 learnings')).toBeDefined();
    expect(rowsOf('Learnings')).toEqual([
      {
        Learning: 'Learning number 21',
        Status: 'Under review',
        Value: '−0.456',
        Confidence: '22.1%',
        Sessions: '121',
        Category: 'Error recovery',
        Scope: 'Global',
        Created: day(21),
      },
      {
        Learning: 'Learning number 22',
        Status: 'Active',
        Value: '+0.122',
        Confidence: '22.2%',
        Sessions: '122',
        Category: 'Harness knowledge',
        Scope: 'Project vibes',
        Created: day(22),
      },
      {
        Learning: 'Learning number 23',
        Status: 'Disabled',
        Value: '+0.123',
        Confidence: '22.3%',
        Sessions: '123',
        Category: 'Correction',
        Scope: 'Global',
        Created: day(23),
      },
    ]);
    expect(hrefOf('Learning number 22')).toBe(`/learnings/${idOf(22)}`);
  });

  test('learning_detail', () => {
    renderPart(pageOf(DETAIL));
    expect(factsOf('What it is')).toEqual({
      Status: 'Active',
      'Reason of the status': 'It was found to help',
      Category: 'Error recovery',
      Scope: 'Project vibes',
      Created: day(21),
      'Extracted by': 'correction detector',
      'From session': 'session-9f3',
      Id: idOf(21),
    });
    expect(factsOf('What it is worth')).toEqual({
      Value: '+0.308',
      Confidence: '79.2%',
      Injected: '41',
      Activated: '33',
      'Activation rate': '80.5%',
      'Value in sessions': '+0.415',
      'Confidence in it': '77.8%',
      'Ablation experiment': 'Completed',
      'Value in experiment': '+0.217',
      'Confidence in experiment': '90.1%',
    });
    const activated = (date: string, value: string, sessions: string) => ({
      'UTC day': date,
      'Mean contribution': value,
      'Activated in': sessions,
    });
    expect(rowsOf('Mean contribution a day')).toEqual([
      activated('20 Nov 2026', '+0.511', '7 sessions'),
      activated('21 Nov 2026', '—not activated on this day', '0 sessions'),
      activated('22 Nov 2026', '−0.126', '9 sessions'),
    ]);
  });

  test('attribution', () => {
    renderPart(pageOf(ATTRIBUTION));
    expect(rowsOf('Top contributors')).toEqual([
      {
        Learning: 'Helps a lot',
        Value: '+0.777',
        Confidence: '88.8%',
        Sessions: '57',
        Status: 'Active',
      },
    ]);
    expect(rowsOf('Negative impact')).toEqual([
      {
        Learning: 'Hurts a little',
        Value: '−0.234',
        Confidence: '34.5%',
        Sessions: '19',
        Status: 'Under review',
      },
    ]);
    expect(hrefOf('Helps a lot')).toBe(`/learnings/${idOf(31)}`);
    expect(hrefOf('Hurts a little')).toBe(`/learnings/${idOf(32)}`);
    expect(factsOf('Ablation coverage')).toEqual({ Coverage: '12.3%' });
    expect(barsOf('Learnings by experiment')).toEqual([
      ['Completed', '15', '12.3%'],
      ['In progress', '26', '21.3%'],
      ['Pending', '81', '66.4%'],
    ]);
    for (const panel of ['Top contributors, last 30 days', 'Negative impact, last 30 days']) {
      expect(screen.getByRole('region', { name: panel })).toBeDefined();
    }
  });

  test('session_timeline', () => {
    renderPart(pageOf(TIMELINE));
    const panel = within(screen.getByRole('region', { name: 'Sessions, last 30 days' }));
    expect(panel.getByText('The newest 2 of 1,055 sessions.')).toBeDefined();
    const sessions = [...document.querySelectorAll('.session')].map((session) =>
      [...session.children].map((part) => part.textContent),
    );
    expect(sessions).toEqual([
      [
        'Add the retry loopses-41',
        formatTime('2026-11-22T20:15:00Z'),
        'Success',
        'score 87.3%',
        '2 learnings activated+0.463Name the file−0.191(deleted learning)',
        '1 activated learning has a negative lifetime value',
      ],
      [
        'Untitled sessionses-42',
        formatTime('2026-11-21T07:05:00Z'),
        'Abandoned',
        'score 12.8%',
        '0 learnings activated',
      ],
    ]);
    expect(hrefOf('Name the file')).toBe(`/learnings/${idOf(41)}`);
  });

  test('as many sessions as can be listed offer no more of them', () => {
    const sessions = Array.from({ length: MOST_ROWS }, (_, index) => ({
      ...TIMELINE.sessions[1]!,
      session_id: `session ${String(index)}`,
    }));
    renderPart(pageOf({ ...TIMELINE, sessions }));
    expect(screen.getByText('The newest 500 of 1,055 sessions.')).toBeDefined();
    expect(screen.queryByRole('link')).toBeNull();
  });

  test('strategy_distributions', () => {
    renderPart(pageOf(DISTRIBUTIONS));
    expect(factsOf('Ways to inject a learning')).toEqual({
      'Specialised learnings': '13',
      Learnings: '329',
      Distributions: '2',
    });
    expect(rowsOf('Weights by category and context')).toEqual([
      {
        Category: 'Correction',
        Context: 'Code review',
        Sessions: '61',
        'Main context': '31.1%',
        Subagent: '32.2%',
        'Background subagent': '33.3%',
        Deferred: '34.4%',
      },
      {
        Category: 'Solution',
        Context: 'Interactive',
        Sessions: '72',
        'Main context': '40.0%',
        Subagent: '41.1%',
        'Background subagent': '42.2%',
        Deferred: '43.3%',
      },
    ]);
    expect(drawnIn(/^Correction/)).toEqual({
      lengths: ['31.1%', '32.2%', '33.3%', '34.4%'],
      marks: [],
    });
  });

  test('strategy_overrides', () => {
    renderPart(pageOf(OVERRIDES));
    expect(screen.getByText('The 2 of 214 learnings with the most sessions.')).toBeDefined();
    expect(rowsOf('Weights of learnings')).toEqual([
      {
        Learning: 'Specialised one',
        Category: 'Tool usage',
        Sessions: '68',
        Specialised: 'Specialised',
        'Main context': '50.1%category 60.5%',
        Subagent: '51.2%category 61.6%',
        'Background subagent': '52.3%category 62.7%',
        Deferred: '53.4%category 63.8%',
      },
      {
        Learning: 'Common one',
        Category: 'Preference',
        Sessions: '6',
        Specialised: '14 sessions to go',
        'Main context': '70.1%category 80.5%',
        Subagent: '71.2%category 81.6%',
        'Background subagent': '72.3%category 82.7%',
        Deferred: '73.4%category 83.8%',
      },
    ]);
    expect(drawnIn(/^Specialised one/)).toEqual({
      lengths: ['50.1%', '51.2%', '52.3%', '53.4%'],
      marks: ['60.5%', '61.6%', '62.7%', '63.8%'],
    });
    expect(hrefOf('Common one')).toBe(`/learnings/${idOf(52)}`);
  });

  test('health', () => {
    renderPart(pageOf(HEALTH));
    expect(screen.getByText(/^Pipeline as a whole/).textContent).toBe('Pipeline as a whole: Error');
    const columns = ['Component', 'Status', 'Last report', 'Message', 'Handled', 'Coverage'];
    const reported = (minute: string): string => formatTime(`2026-11-22T21:${minute}:00Z`);
    const expected = [
      [
        'Assessment',
        'OK',
        reported('01'),
        'assessed 12 sessions',
        '1,061 sessions assessed',
        '94.4%of sessions seen in 7 days',
      ],
      [
        'Extraction',
        'Error',
        reported('02'),
        'the model did not answer',
        '24 learnings',
        '—extraction has no coverage',
      ],
      [
        'Attribution',
        'Degraded',
        reported('03'),
        'lagging',
        '430 records',
        '8.3%of learnings tested by ablation',
      ],
      [
        'Strategy',
        'Unknown',
        '—never reported',
        '—never reported',
        '0 outcomes',
        '—strategy has no coverage',
      ],
    ];
    expect(rowsOf('Components')).toEqual(
      expected.map((cells) =>
        Object.fromEntries(cells.map((cell, at): [string, string] => [columns[at] ?? '', cell])),
      ),
    );
    expect(rowsOf('Adaptive parameters')).toEqual([
      {
        Parameter: 'exploration_rate',
        Current: '0.14',
        Confidence: '62.0%',
        Trend: '↘ Falling',
        History: '3 values0.21, 0.18, 0.15 (oldest first)',
      },
    ]);
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'exploration_rate, last 3 values: latest 0.15, lowest 0.15, highest 0.21.',
    );
    expect(rowsOf('Recent activity')).toEqual([
      {
        Time: reported('04'),
        Component: 'Extraction',
        Status: 'Error',
        Message: 'gave up after 3 tries',
      },
    ]);
  });
});

/** When the learnings of the fixtures were created. */
function day(of: number): string {
  return formatTime(`2026-11-${String(of).padStart(2, '0')}T08:30:00Z`);
}

type Path = readonly (string | number)[];

/** What is on no page, and why. */
const UNSEEN = new Map([
  ['data_type', 'names the payload'],
  ['overrides.0.sessions_to_specialize', 'a specialised learning has no way to go'],
]);

/** The paths of all figures and words of a payload; what is null is tested elsewhere. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (value === null) return [];
  if (typeof value !== 'object') return UNSEEN.has(path.join('.')) ? [] : [path];
  return Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]));
}

/** The payload with another valid value at `path`. */
function changedAt<T>(data: T, path: Path): T {
  const copy = structuredClone(data);
  const parents = path.slice(0, -1);
  const last = path.at(-1)!;
  const parent = parents.reduce<Record<string, unknown>>(
    (member, key) => member[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  parent[last] = another(parent[last]);
  return copy;
}

/** Another value of the same kind. */
function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return Number.isInteger(value) ? value + 1 : value / 2;
  if (typeof value !== 'string') throw new Error(`There is no other value than ${String(value)}.`);
  const table = Object.values(words).find(
    (each) => typeof each === 'object' && Object.hasOwn(each, value),
  );
  if (table !== undefined) return Object.keys(table).find((key) => key !== value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return '2025-01-01';
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return '2025-01-01T00:00:00Z';
  return value === idOf(Number(value.slice(-2))) ? idOf(99) : `${value} (another)`;
}

/** As markup, in which unlike in a document generated ids are always the same. */
function markupOf(data: TopicData): string {
  return renderToStaticMarkup(<Router ssrPath="/">{pageOf(data)}</Router>);
}

describe('nothing of a payload can change without being seen', () => {
  const topics: TopicData[] = [
    OVERVIEW,
    LEARNINGS,
    DETAIL,
    ATTRIBUTION,
    TIMELINE,
    DISTRIBUTIONS,
    OVERRIDES,
    HEALTH,
  ];

  test.each(topics.map((data) => ({ name: data.data_type, data })))('$name', ({ data }) => {
    const before = markupOf(data);
    expect(markupOf(structuredClone(data))).toBe(before);
    const unseen = pathsOf(data).filter((path) => markupOf(changedAt(data, path)) === before);
    expect(unseen.map((path) => path.join('.'))).toEqual([]);
  });

  test('a property that nobody has drawn is noticed', () => {
    const data = { ...TIMELINE, brand_new: 1 };
    const changed = changedAt(data, ['brand_new']);
    expect(pathsOf(data)).toContainEqual(['brand_new']);
    expect(markupOf(changed)).toBe(markupOf(data));
  });
});
