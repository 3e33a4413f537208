import { act, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { expect, test } from 'vitest';
import { CheckedServer } from '../../../tools/checked-server.ts';
import { fixtures } from '../../testing/index.ts';
import { DashboardProvider, useHealth } from '../index.ts';

function Status() {
  const { data, isStale } = useHealth();
  return (
    <p>{data === undefined ? 'loading' : `${data.overall_status}${isStale ? ', or so' : ''}`}</p>
  );
}

test('a component is tested through the whole life of its data, without a server and without waiting', async () => {
  const server = new CheckedServer({ topics: fixtures });
  const { unmount } = render(
    <StrictMode>
      <DashboardProvider client={server.client()}>
        <Status />
      </DashboardProvider>
    </StrictMode>,
  );
  const shown = () => screen.getByRole('paragraph').textContent;
  expect(shown()).toBe('loading');
  await act(() => server.settled());
  expect(shown()).toBe(fixtures.health.overall_status);
  act(() => {
    server.set('health', { ...fixtures.health, overall_status: 'error' });
  });
  expect(shown()).toBe('error');
  act(() => {
    server.drop();
  });
  expect(shown()).toBe('error, or so');
  await act(() => server.reconnect());
  expect(shown()).toBe('error');
  expect(server.connections).toBe(1);
  unmount();
  server.close();
});
