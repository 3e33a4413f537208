import { act } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { TopicData } from '../../messages/types.ts';
import { describeDays } from '../charts/findings.ts';
import { excerpt, formatTime } from '../format.ts';
import { CheckedServer } from '../../../tools/checked-server.ts';
import { ATTRIBUTION, HEALTH, idOf, LEARNINGS, OVERVIEW, TIMELINE } from './fixtures.ts';
import { renderApp } from './render.tsx';

// Each row and each panel that is drawn formats what is in it, so that the calls tell how many were drawn.
vi.mock('../format.ts', { spy: true });
vi.mock('../charts/findings.ts', { spy: true });

let server: CheckedServer;

beforeEach(() => {
  server = new CheckedServer({ commitsActions: false });
});

/** Shows `before` at `path`, lets `after` arrive, and returns which times were formatted for that. */
async function timesDrawn(path: string, before: TopicData, after: TopicData): Promise<string[]> {
  server.set(before.data_type, before);
  await renderApp(path, server);
  vi.mocked(formatTime).mockClear();
  vi.mocked(excerpt).mockClear();
  vi.mocked(describeDays).mockClear();
  act(() => {
    server.set(after.data_type, after);
  });
  return vi.mocked(formatTime).mock.calls.map(([timestamp]) => timestamp);
}

/** A moment of its own for each row. */
const timeOf = (index: number): string => new Date(Date.UTC(2026, 0, 1, index)).toISOString();

describe('a change draws what has changed, and nothing else', () => {
  test('one of 500 learnings', async () => {
    const learnings = Array.from({ length: 500 }, (_, index) => ({
      ...LEARNINGS.learnings[0]!,
      id: idOf(index),
      created_at: timeOf(index),
    }));
    const before = { ...LEARNINGS, learnings, total: 500 };
    const after = {
      ...before,
      learnings: learnings.with(123, { ...learnings[123]!, session_count: 9876 }),
    };
    expect(await timesDrawn('/learnings?limit=500', before, after)).toEqual([timeOf(123)]);
    expect(document.body.textContent).toContain('9,876');
  });

  test('a new session above 100 others', async () => {
    const sessions = Array.from({ length: 101 }, (_, index) => ({
      ...TIMELINE.sessions[0]!,
      session_id: `session ${String(index)}`,
      assessed_at: timeOf(index),
    })).toReversed();
    const before = { ...TIMELINE, sessions: sessions.slice(1), total: 100 };
    const after = { ...TIMELINE, sessions, total: 101 };
    expect(await timesDrawn('/attribution', before, after)).toEqual([timeOf(100)]);
  });

  test('one of the learnings that help', async () => {
    const top = ATTRIBUTION.top_contributors[0]!;
    const rows = [1, 2, 3].map((number) => ({ ...top, learning_id: idOf(number) }));
    const before = { ...ATTRIBUTION, top_contributors: rows };
    const changed = { ...rows[1]!, content: 'Helps more' };
    await timesDrawn('/attribution', before, {
      ...before,
      top_contributors: rows.with(1, changed),
    });
    expect(vi.mocked(excerpt).mock.calls.map(([text]) => text)).toEqual(['Helps more']);
  });

  test('one panel of the overview', async () => {
    const health = { ...OVERVIEW.health, last_activity: '2026-11-22T22:22:00Z' };
    const drawn = await timesDrawn('/', OVERVIEW, { ...OVERVIEW, health });
    expect(drawn).toEqual([health.last_activity]);
    expect(describeDays).not.toHaveBeenCalled();
  });

  test('one component', async () => {
    const changed = { ...HEALTH.components[0]!, last_activity: '2026-11-22T22:22:00Z' };
    const after = { ...HEALTH, components: HEALTH.components.with(0, changed) };
    expect(await timesDrawn('/health', HEALTH, after)).toEqual([changed.last_activity]);
  });
});
