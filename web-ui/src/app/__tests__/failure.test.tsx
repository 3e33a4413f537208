import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { takeRefused } from '../../../tools/wire.ts';
import { CheckedServer } from '../../../tools/checked-server.ts';
import { HEALTH, OVERVIEW } from './fixtures.ts';
import { renderApp, settle } from './render.tsx';

let server: CheckedServer;

beforeEach(() => {
  server = new CheckedServer({ commitsActions: false })
    .set('overview', OVERVIEW)
    .set('health', HEALTH);
  // React tells of what it has caught.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const heading = () => screen.getByRole('heading', { level: 1 });

/** What a later version of the server may say: a component that this page has never heard of. */
const UNKNOWN = {
  ...HEALTH,
  components: [...HEALTH.components, { ...HEALTH.components[0]!, component: 'foresight' as never }],
};

/** The schema refuses it, as a whole: what a patch brings it does not see. */
function expectRefused(): void {
  expect(takeRefused()).toEqual(['/data/components/4/component']);
}

describe('a page that cannot be drawn', () => {
  test('says so, and the menu and the connection stay', async () => {
    server.set('health', UNKNOWN);
    await renderApp('/health', server);
    expectRefused();
    expect(heading().textContent).toBe('This page cannot be shown');
    expect(document.title).toBe('This page cannot be shown · groove');
    expect(screen.getByRole('alert').textContent).toContain('cannot draw: ');
    expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
    expect(screen.getByText('Live')).toBeDefined();
  });

  test('takes the focus to its heading where what had it has gone', async () => {
    await renderApp('/health', server);
    screen.getByText('3 values').focus();
    act(() => {
      server.set('health', UNKNOWN);
    });
    expect(document.activeElement).toBe(heading());
  });

  test('does not keep the next page from being drawn, nor itself once its data are fit again', async () => {
    server.set('health', UNKNOWN);
    await renderApp('/health', server);
    expectRefused();
    fireEvent.click(screen.getByRole('link', { name: 'Overview' }));
    await settle();
    expect(heading().textContent).toBe('Overview');
    expect(document.activeElement).toBe(heading());
    expect(screen.getByText('1,024')).toBeDefined();
    server.set('health', HEALTH);
    fireEvent.click(screen.getByRole('link', { name: 'Health' }));
    await settle();
    expect(heading().textContent).toBe('Health');
    expect(screen.getByText('assessed 12 sessions')).toBeDefined();
  });
});
