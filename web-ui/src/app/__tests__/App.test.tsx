import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { standInForModal } from './dialog-double.ts';
import type { CheckedServer } from '../../../tools/checked-server.ts';
import { filledServer } from './filled-server.ts';
import { DETAIL, EMPTY_OVERVIEW, LEARNINGS, OVERVIEW } from './fixtures.ts';
import { renderApp, settle } from './render.tsx';

let server: CheckedServer;

beforeEach(() => {
  standInForModal();
  server = filledServer();
});

/** Lets time pass. */
function pass(milliseconds: number): void {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
}

const press = async (role: 'link' | 'button', name: string) => {
  fireEvent.click(screen.getByRole(role, { name }));
  await settle();
};
const choose = async (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
  await settle();
};
const heading = () => screen.getByRole('heading', { level: 1 });

describe('navigation', () => {
  test.each([
    ['/', 'Overview', 'Overview'],
    ['/learnings', 'Learnings', 'Learnings'],
    [`/learnings/${DETAIL.id}`, DETAIL.content, 'Learnings'],
    ['/attribution?days=30', 'Attribution', 'Attribution'],
    ['/strategy', 'Strategy', 'Strategy'],
    ['/health', 'Health', 'Health'],
  ])('%s is the page %j, in the title and in the menu too', async (path, title, menu) => {
    await renderApp(path, server);
    expect(heading().textContent).toBe(title);
    expect(document.title).toBe(`${title} · groove`);
    const current = screen
      .getByRole('navigation', { name: 'Pages' })
      .querySelector('[aria-current]');
    expect(current?.textContent).toBe(menu);
  });

  test('an unknown address says so and leads back', async () => {
    const app = await renderApp('/no/such/page', server);
    expect(heading().textContent).toBe('Page not found');
    await press('link', 'Go to the overview');
    expect(app.address()).toBe('/');
  });

  test('the first page leaves the focus alone, the next one takes it to its heading', async () => {
    await renderApp('/', server);
    expect(document.activeElement).toBe(document.body);
    await press('link', 'Health');
    expect(document.activeElement).toBe(heading());
    expect(heading().textContent).toBe('Health');
  });
});

describe('live data', () => {
  test('a figure that changes on the server changes on the page', async () => {
    await renderApp('/', server);
    expect(screen.getByText('1,024')).toBeDefined();
    const learnings = { ...OVERVIEW.learnings, total: 1025 };
    act(() => {
      server.set('overview', { ...OVERVIEW, learnings });
    });
    expect(screen.getByText('1,025')).toBeDefined();
    expect(screen.queryByText('1,024')).toBeNull();
  });

  test('until the data are there the page says that they are on their way', async () => {
    server.set('overview', undefined);
    await renderApp('/', server);
    expect(screen.getByText('Loading the overview…')).toBeDefined();
  });

  test('an empty dashboard says how facts get in', async () => {
    server.set('overview', EMPTY_OVERVIEW);
    await renderApp('/', server);
    expect(screen.getByText('Nothing has been learned yet.')).toBeDefined();
    const { origin } = window.location;
    for (const command of ['ingest FILE', 'demo']) {
      expect(screen.getByText(`groove-dashboard ${command} --url ${origin}`)).toBeDefined();
    }
  });

  test('a topic that fails before it had data says why', async () => {
    server.set('health', { code: 'internal', message: 'something broke' });
    await renderApp('/health', server);
    expect(screen.getByRole('alert').textContent).toContain('something broke');
  });

  test('a topic that fails later keeps its old data', async () => {
    await renderApp('/health', server);
    act(() => {
      server.set('health', { code: 'unavailable', message: 'the database is away' });
    });
    expect(screen.getByRole('alert').textContent).toMatch(/the database is away.*what was known/);
    expect(screen.getByText('assessed 12 sessions')).toBeDefined();
  });

  test('while the connection is lost the data stay, marked as old', async () => {
    await renderApp('/health', server);
    expect(screen.queryByText(/newer facts may be missing/)).toBeNull();
    act(() => {
      server.drop();
    });
    expect(screen.getByText(/newer facts may be missing/)).toBeDefined();
    expect(screen.getByText('assessed 12 sessions')).toBeDefined();
    expect(screen.getByText('Reconnecting')).toBeDefined();
  });

  test('data that are marked as old tell when they were last the newest, not when they changed', async () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 22, 23, 34, 0), toFake: ['Date', 'setInterval'] });
    try {
      await renderApp('/health', server);
      vi.setSystemTime(new Date(2026, 10, 22, 23, 34, 20));
      server.beat();
      vi.setSystemTime(new Date(2026, 10, 22, 23, 34, 31));
      act(() => {
        server.drop();
      });
      const note = screen.getByText(/newer facts may be missing/);
      expect(note.textContent).toContain('was known at 23:34:20;');
      pass(30 * 60_000);
      expect(note.textContent).toContain('was known on 22 Nov 2026, 23:34:20;');
    } finally {
      vi.useRealTimers();
    }
  });

  test('once reconnected the data are live again', async () => {
    await renderApp('/health', server);
    act(() => {
      server.drop();
    });
    await press('button', 'Try now');
    expect(screen.getByText('Live')).toBeDefined();
    expect(screen.queryByText(/newer facts may be missing/)).toBeNull();
  });
});

describe('the list of learnings', () => {
  const lastAsked = () => server.asked.filter(({ topic }) => topic === 'learnings').at(-1);

  test('is asked for as the address says', async () => {
    const filters =
      'category=correction&status=active&scope_level=project&scope_name=vibes&search=name';
    await renderApp(`/learnings?${filters}&sort=value&limit=25&offset=50`, server);
    expect(lastAsked()).toEqual({
      topic: 'learnings',
      filters: {
        category: 'correction',
        status: 'active',
        scope: { level: 'project', name: 'vibes' },
        search: 'name',
      },
      sort: 'value',
      limit: 25,
      offset: 50,
    });
    expect(screen.getByLabelText<HTMLSelectElement>('Category').value).toBe('correction');
    expect(screen.getByLabelText<HTMLInputElement>('Project name').value).toBe('vibes');
  });

  test('a chosen filter goes into the address and to the first page', async () => {
    const app = await renderApp('/learnings?offset=50', server);
    await choose('Status', 'disabled');
    expect(app.address()).toBe('/learnings?status=disabled');
    expect(lastAsked()).toMatchObject({ filters: { status: 'disabled' }, offset: 0 });
    await choose('Status', '');
    expect(app.address()).toBe('/learnings');
  });

  test('a search is applied once the typing pauses', async () => {
    const app = await renderApp('/learnings', server);
    vi.useFakeTimers();
    try {
      const box = screen.getByLabelText('Search');
      for (const value of ['s', 'sn', 'snake ']) fireEvent.change(box, { target: { value } });
      pass(249);
      expect(app.address()).toBe('/learnings');
      pass(1);
      expect(app.address()).toBe('/learnings?search=snake');
    } finally {
      vi.useRealTimers();
    }
    await settle();
    expect(screen.getByLabelText<HTMLInputElement>('Search').value).toBe('snake ');
  });

  test('the search box follows the address', async () => {
    const app = await renderApp('/learnings?search=snake', server);
    app.go('/learnings?search=camel');
    await settle();
    expect(screen.getByLabelText<HTMLInputElement>('Search').value).toBe('camel');
  });

  test('pages lead on and back', async () => {
    const app = await renderApp('/learnings?offset=50', server);
    expect(screen.getByText('51 to 53 of 153 learnings')).toBeDefined();
    await press('link', 'Next');
    expect(app.address()).toBe('/learnings?offset=100');
    await press('link', 'Previous');
    expect(app.address()).toBe('/learnings?offset=50');
    await press('link', 'Previous');
    expect(app.address()).toBe('/learnings');
    expect(screen.queryByRole('link', { name: 'Previous' })).toBeNull();
  });

  test('a page behind the last one leads to the first', async () => {
    server.set('learnings', { data_type: 'learnings', learnings: [], total: 3 });
    const app = await renderApp('/learnings?offset=500', server);
    expect(screen.getByText('3 learnings, none on this page.')).toBeDefined();
    await press('link', 'First page');
    expect(app.address()).toBe('/learnings');
  });

  test('filters that match nothing can be lifted', async () => {
    server.set('learnings', { data_type: 'learnings', learnings: [], total: 0 });
    const app = await renderApp('/learnings?search=nothing', server);
    expect(screen.getByText('No learning matches these filters.')).toBeDefined();
    await press('link', 'Show all learnings');
    expect(app.address()).toBe('/learnings');
  });

  test('the old list stays until the new one is there', async () => {
    await renderApp('/learnings', server);
    server.set('learnings', undefined);
    await choose('Order', 'value');
    expect(screen.getByText('Learning number 22')).toBeDefined();
    expect(screen.getByText('Loading the list…')).toBeDefined();
    act(() => {
      server.set('learnings', { ...LEARNINGS, learnings: LEARNINGS.learnings.slice(0, 1) });
    });
    expect(screen.queryByText('Learning number 22')).toBeNull();
    expect(screen.queryByText('Loading the list…')).toBeNull();
  });

  test('until the next page is there the rows are told to be those of the page before', async () => {
    const app = await renderApp('/learnings?offset=50', server);
    server.set('learnings', undefined);
    await press('link', 'Next');
    expect(app.address()).toBe('/learnings?offset=100');
    expect(screen.getByText('51 to 53 of 153 learnings')).toBeDefined();
    act(() => {
      server.set('learnings', LEARNINGS);
    });
    expect(screen.getByText('101 to 103 of 153 learnings')).toBeDefined();
  });

  test('until an answer is there an empty list says nothing about the new filters', async () => {
    server.set('learnings', { data_type: 'learnings', learnings: [], total: 0 });
    await renderApp('/learnings', server);
    server.set('learnings', undefined);
    await choose('Status', 'disabled');
    expect(screen.getByText('Nothing has been learned yet.')).toBeDefined();
    expect(screen.queryByText('No learning matches these filters.')).toBeNull();
  });

  test('a list that is held while the connection breaks is marked as old', async () => {
    await renderApp('/learnings', server);
    server.set('learnings', undefined);
    await choose('Order', 'value');
    expect(screen.queryByText(/newer facts may be missing/)).toBeNull();
    act(() => {
      server.drop();
    });
    expect(screen.getByText('Learning number 22')).toBeDefined();
    // When it was left is not known, and when it last changed would be another thing.
    expect(screen.getByText(/known earlier; newer facts may be missing/)).toBeDefined();
  });

  test('a learning opens beside its list and closes to it', async () => {
    const app = await renderApp('/learnings?sort=value', server);
    await press('link', 'Learning number 21');
    expect(app.address()).toBe(`/learnings/${DETAIL.id}?sort=value`);
    expect(heading().textContent).toBe(DETAIL.content);
    expect(document.activeElement).toBe(heading());
    expect(screen.getByText('Learning number 22')).toBeDefined();
    await press('link', 'Back to the list');
    expect(app.address()).toBe('/learnings?sort=value');
  });
});

describe('attribution', () => {
  test('the period in the address is the one asked for and marked', async () => {
    await renderApp('/attribution?days=90&limit=500', server);
    expect(server.asked).toContainEqual({ topic: 'attribution', period: { days: 90 } });
    expect(server.asked).toContainEqual({
      topic: 'session_timeline',
      period: { days: 90 },
      limit: 500,
    });
    const current = screen.getByRole('link', { name: '90 days' });
    expect(current.getAttribute('aria-current')).toBe('true');
  });

  test('a period of one day is no days', async () => {
    await renderApp('/attribution?days=1', server);
    expect(screen.getByRole('link', { name: '1 day' }).getAttribute('aria-current')).toBe('true');
  });

  test('another period is a link', async () => {
    const app = await renderApp('/attribution', server);
    await press('link', '365 days');
    expect(app.address()).toBe('/attribution?days=365');
  });

  test('until another period is there more sessions are offered of the one shown', async () => {
    const app = await renderApp('/attribution?days=30', server);
    server.set('session_timeline', undefined);
    await press('link', '90 days');
    await press('link', 'Show 500 sessions');
    expect(app.address()).toBe('/attribution?days=30&limit=500');
  });

  test('the first sessions lead to more of them', async () => {
    const app = await renderApp('/attribution?days=30', server);
    expect(screen.getByText('The newest 2 of 1,055 sessions.')).toBeDefined();
    await press('link', 'Show 500 sessions');
    expect(app.address()).toBe('/attribution?days=30&limit=500');
  });
});

describe('strategy', () => {
  test('the first learnings lead to as many as can be listed', async () => {
    const app = await renderApp('/strategy', server);
    expect(server.asked).toContainEqual({ topic: 'strategy_overrides', limit: 100 });
    await press('link', 'Show 214 learnings');
    expect(app.address()).toBe('/strategy?limit=500');
    expect(server.asked).toContainEqual({ topic: 'strategy_overrides', limit: 500 });
  });
});
