import { screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { Overview } from '../pages/OverviewPage.tsx';
import { ActivityPanel } from '../pages/ActivityPanel.tsx';
import { AdaptiveParamsPanel } from '../pages/AdaptiveParamsPanel.tsx';
import { ComponentsPanel } from '../pages/ComponentsPanel.tsx';
import { Leaderboards } from '../pages/Leaderboards.tsx';
import { LearningDetail } from '../pages/LearningDetail.tsx';
import { SessionTimeline } from '../pages/SessionTimeline.tsx';
import { StrategyDistributions } from '../pages/StrategyDistributions.tsx';
import { StrategyOverrides } from '../pages/StrategyOverrides.tsx';
import {
  ATTRIBUTION,
  DETAIL,
  DISTRIBUTIONS,
  EMPTY_OVERVIEW,
  HEALTH,
  NEW_DETAIL,
  OVERRIDES,
  TIMELINE,
} from './fixtures.ts';
import { renderPart } from './render.tsx';

/** What stands under a name: an em dash, and for screen readers the reason. */
const under = (name: string) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

describe('where there is no figure, a dash says why', () => {
  test('on the overview', () => {
    renderPart(<Overview data={EMPTY_OVERVIEW} />);
    expect(under('Improvement')).toMatch(/^—nothing to compare/);
    expect(under('Assessment coverage')).toBe('—no session seen in 7 days');
    expect(under('Ablation coverage')).toBe('—there are no learnings yet');
    expect(under('Last activity')).toBe('—no component has reported yet');
    expect(screen.getByText('No learning has a positive value yet.')).toBeDefined();
  });

  test('on a learning of which little is known', () => {
    renderPart(<LearningDetail data={NEW_DETAIL} />);
    expect(under('Reason of the status')).toBe('—no reason was given');
    expect(under('From session')).toBe('—the session is not known');
    expect(under('Ablation experiment')).toBe('Pending');
    expect(under('Value in experiment')).toBe('—not measured');
    expect(under('Confidence in experiment')).toBe('—not measured');
    expect(screen.getByText('not activated on this day')).toBeDefined();
  });

  test('on a component that has never reported', () => {
    renderPart(<ComponentsPanel components={HEALTH.components} />);
    const row = screen.getByRole('row', { name: /^Strategy/ });
    expect(row.textContent).toBe(
      'StrategyUnknown—never reported—never reported0 outcomes—strategy has no coverage',
    );
  });

  test('on the ablation coverage without learnings', () => {
    const none = { coverage: null, completed: 0, in_progress: 0, pending: 0 };
    renderPart(<Leaderboards data={{ ...ATTRIBUTION, ablation_coverage: none }} />);
    expect(under('Coverage')).toBe('—there are no learnings yet');
  });

  test('on a session without a title', () => {
    renderPart(<SessionTimeline data={TIMELINE} moreHref={() => '/'} />);
    expect(screen.getByText('Untitled session')).toBeDefined();
  });
});

describe('where there is nothing to list, a sentence says so', () => {
  test('no contributors in a period', () => {
    renderPart(
      <Leaderboards data={{ ...ATTRIBUTION, top_contributors: [], negative_impact: [] }} />,
    );
    expect(screen.getByText(/No learning helped in this period/)).toBeDefined();
    expect(screen.getByText(/No learning hurt in this period/)).toBeDefined();
  });

  test('no sessions in a period', () => {
    renderPart(
      <SessionTimeline data={{ ...TIMELINE, sessions: [], total: 0 }} moreHref={() => '/'} />,
    );
    expect(screen.getByText(/No session was assessed in this period/)).toBeDefined();
    expect(screen.queryByRole('list')).toBeNull();
  });

  test('no outcome of a strategy', () => {
    renderPart(<StrategyDistributions data={{ ...DISTRIBUTIONS, distributions: [] }} />);
    renderPart(
      <StrategyOverrides data={{ ...OVERRIDES, overrides: [], total: 0 }} moreHref={() => '/'} />,
    );
    expect(screen.getByText('No strategy has had an outcome yet.')).toBeDefined();
    expect(screen.getByText('No learning has had an outcome yet.')).toBeDefined();
    expect(screen.getByText(/groove-dashboard ingest FILE/)).toBeDefined();
  });

  test('no parameters and no reports', () => {
    renderPart(<AdaptiveParamsPanel params={[]} />);
    renderPart(<ActivityPanel reports={[]} />);
    expect(screen.getByText('No parameter has been reported yet.')).toBeDefined();
    expect(screen.getByText('No component has reported yet.')).toBeDefined();
  });
});

describe('the learnings with weights of their own that are listed', () => {
  test('all of them need no link to more', () => {
    renderPart(<StrategyOverrides data={{ ...OVERRIDES, total: 2 }} moreHref={() => '/'} />);
    expect(screen.getByText('2 learnings.')).toBeDefined();
    expect(screen.queryByRole('link', { name: /^Show/ })).toBeNull();
  });
});

describe('the sessions that are listed', () => {
  test('all of them need no link to more', () => {
    renderPart(<SessionTimeline data={{ ...TIMELINE, total: 2 }} moreHref={() => '/'} />);
    expect(screen.getByText('2 sessions.')).toBeDefined();
    expect(screen.queryByRole('link', { name: /^Show/ })).toBeNull();
  });

  test('a deleted learning leads to the page that says so', () => {
    renderPart(<SessionTimeline data={TIMELINE} moreHref={() => '/'} />);
    const link = screen.getByRole('link', { name: '(deleted learning)', hidden: true });
    expect(link.getAttribute('href')).toBe('/learnings/0190a7c4-0000-7000-8000-000000000042');
  });
});

describe('a long content', () => {
  test('stands whole below its shortened heading', () => {
    const content = 'word '.repeat(100).trim();
    renderPart(<LearningDetail data={{ ...DETAIL, content }} />);
    expect(screen.getByText(content)).toBeDefined();
  });

  test('that fits the heading is not repeated', () => {
    renderPart(<LearningDetail data={DETAIL} />);
    expect(screen.queryByText(DETAIL.content)).toBeNull();
  });
});
