import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { standInForModal } from './dialog-double.ts';
import type { CheckedServer } from '../../../tools/checked-server.ts';
import { filledServer } from './filled-server.ts';
import { DETAIL, LEARNINGS } from './fixtures.ts';
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

const heading = () => screen.getByRole('heading', { level: 1 });

describe('a learning', () => {
  const at = `/learnings/${DETAIL.id}`;
  const button = (name: string) => screen.getByRole('button', { name });
  const dialog = () => screen.queryByRole('dialog');
  const confirm = (name: string) => {
    fireEvent.click(button(name));
    const buttons = screen.getAllByRole('button', { name });
    fireEvent.click(buttons.find((one) => one.closest('dialog') !== null)!);
  };

  test('that is not there is told apart from one on its way', async () => {
    server.set('learning_detail', { code: 'not_found', message: 'unknown learning' });
    await renderApp(at, server);
    expect(heading().textContent).toBe('No such learning');
  });

  test('that is not there keeps the focus that a link to it has given to its heading', async () => {
    server.set('learning_detail', undefined);
    await renderApp('/attribution?days=30', server);
    fireEvent.click(screen.getByText('(deleted learning)'));
    await settle();
    expect(document.activeElement).toBe(heading());
    act(() => {
      server.set('learning_detail', { code: 'not_found', message: 'unknown learning' });
    });
    expect(heading().textContent).toBe('No such learning');
    expect(document.activeElement).toBe(heading());
  });

  test('with an id that cannot be one is not asked for', async () => {
    await renderApp('/learnings/nonsense', server);
    expect(heading().textContent).toBe('No such learning');
    expect(server.asked.some(({ topic }) => topic === 'learning_detail')).toBe(false);
  });

  test('that is deleted meanwhile says so', async () => {
    await renderApp(at, server);
    act(() => {
      server.set('learning_detail', { code: 'not_found', message: 'unknown learning' });
    });
    expect(heading().textContent).toBe('Learning deleted');
    expect(screen.getByText(DETAIL.content)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  });

  test('that is deleted takes the focus to its heading only where that was on the learning', async () => {
    const gone = { code: 'not_found', message: 'unknown learning' } as const;
    const app = await renderApp(at, server);
    button('Delete').focus();
    act(() => {
      server.set('learning_detail', gone);
    });
    expect(document.activeElement).toBe(heading());
    app.unmount();

    server.set('learning_detail', DETAIL);
    await renderApp(at, server);
    screen.getByLabelText('Search').focus();
    act(() => {
      server.set('learning_detail', gone);
    });
    expect(document.activeElement).toBe(screen.getByLabelText('Search'));
  });

  test('is disabled only after a confirmation', async () => {
    await renderApp(at, server);
    expect(dialog()).toBeNull();
    fireEvent.click(button('Disable'));
    expect(dialog()?.textContent).toContain('Disable this learning?');
    expect(dialog()?.textContent).toContain(DETAIL.content);
    expect(server.actions).toEqual([]);
    fireEvent.click(button('Cancel'));
    await settle();
    expect(dialog()).toBeNull();
    expect(server.actions).toEqual([]);
  });

  test.each([
    ['Disable', 'disable_learning', 'Disabling…', 'Disabled.'],
    ['Delete', 'delete_learning', 'Deleting…', 'Deleted.'],
  ])('%s: the server is asked, and its answer is told', async (name, type, running, done) => {
    await renderApp(at, server);
    confirm(name);
    await settle();
    expect(dialog()).toBeNull();
    expect(server.actions).toEqual([{ action: type, id: DETAIL.id }]);
    expect(screen.getByText(running)).toBeDefined();
    act(() => {
      server.commit();
    });
    await settle();
    expect(screen.getByText(done)).toBeDefined();
  });

  test('that is disabled can be enabled, and what cannot change anything does nothing', async () => {
    server.set('learning_detail', { ...DETAIL, status: 'disabled' });
    await renderApp(at, server);
    expect(button('Disable').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button('Disable'));
    expect(dialog()).toBeNull();
    confirm('Enable');
    await settle();
    expect(server.actions).toMatchObject([{ action: 'enable_learning' }]);
  });

  test('under review can be enabled as well as disabled', async () => {
    server.set('learning_detail', { ...DETAIL, status: 'under_review' });
    await renderApp(at, server);
    expect(button('Enable').getAttribute('aria-disabled')).toBe('false');
    expect(button('Disable').getAttribute('aria-disabled')).toBe('false');
  });

  test('says why an action failed, and can be asked again', async () => {
    await renderApp(at, server);
    confirm('Disable');
    await settle();
    act(() => {
      server.reject('unavailable', 'the database is away');
    });
    await settle();
    expect(screen.getByRole('alert').textContent).toBe('Disable failed: the database is away');
    confirm('Disable');
    await settle();
    expect(server.actions).toHaveLength(1);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test.each([
    [
      'the connection breaks',
      'closed with code 1006',
      () => {
        server.drop();
      },
    ],
    [
      'no answer comes',
      'no answer within 10 s',
      () => {
        pass(10_000);
      },
    ],
  ])('does not claim to know what became of an action where %s', async (_, why, happen) => {
    await renderApp(at, server);
    vi.useFakeTimers();
    try {
      confirm('Disable');
      await act(async () => {
        happen();
        await vi.advanceTimersByTimeAsync(0);
      });
    } finally {
      vi.useRealTimers();
    }
    const told = screen.getByRole('alert').textContent;
    expect(told).toContain('it is not known whether that was done');
    expect(told).toContain(why);
    expect(told).toContain('The status below shows it once the page is connected.');
    expect(told).not.toContain('failed');
  });

  test('says that nothing was done where there is no connection to ask by', async () => {
    await renderApp(at, server);
    act(() => {
      server.drop();
    });
    confirm('Disable');
    await settle();
    expect(screen.getByRole('alert').textContent).toBe(
      'Disable failed, nothing was done: there is no connection to the server',
    );
    expect(server.actions).toEqual([]);
  });

  test('shows its new status at once, and the old one again where the server refuses', async () => {
    server.set('learnings', {
      ...LEARNINGS,
      learnings: [{ ...LEARNINGS.learnings[0]!, id: DETAIL.id, status: 'active' }],
    });
    await renderApp(at, server);
    const status = () => screen.getByText('Status', { selector: 'dt' }).nextSibling?.textContent;
    const listed = () =>
      screen.getByRole('table', { name: 'Learnings' }).querySelector('td')?.textContent;
    confirm('Disable');
    await settle();
    expect([status(), listed()]).toEqual(['Disabled', 'Disabled']);
    expect(screen.getByText('Disabling…')).toBeDefined();
    act(() => {
      server.reject('unavailable', 'the database is away');
    });
    await settle();
    expect([status(), listed()]).toEqual(['Active', 'Active']);
  });

  test('that is deleted leaves the list at once', async () => {
    server.set('learnings', {
      data_type: 'learnings',
      learnings: [{ ...LEARNINGS.learnings[0]!, id: DETAIL.id }, LEARNINGS.learnings[1]!],
      total: 2,
    });
    await renderApp(at, server);
    const rows = () =>
      screen.getByRole('table', { name: 'Learnings' }).querySelectorAll('tbody tr').length;
    expect(rows()).toBe(2);
    confirm('Delete');
    await settle();
    expect(rows()).toBe(1);
    expect(screen.getByText('1 learning')).toBeDefined();
  });
});
