import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../../../hooks/index.ts';
import { ConnectionView } from '../Connection.tsx';

const FACTS = {
  attempt: 0,
  hasConnected: true,
  lastClose: undefined,
  updateAvailable: false,
  transport: 'websocket',
};
const NOW = Date.UTC(2026, 10, 22, 12);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass. */
function pass(milliseconds: number): void {
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
}

function show(connection: ConnectionState, onRetry = vi.fn()) {
  return { onRetry, ...render(<ConnectionView connection={connection} onRetry={onRetry} />) };
}

test.each([
  ['idle', 'Not connected'],
  ['connecting', 'Connecting…'],
  ['open', 'Live'],
  ['closed', 'Offline'],
  ['update-required', 'Update required'],
] as const)('a connection that is %s reads %j', (status, text) => {
  show({ ...FACTS, status, retryAt: undefined });
  expect(screen.getByRole('status').textContent).toBe(text);
});

test('the seconds to the next attempt count down, unheard by screen readers', () => {
  show({ ...FACTS, status: 'reconnecting', retryAt: NOW + 4200 });
  expect(screen.getByRole('status').textContent).toBe('Reconnecting');
  const countdown = screen.getByText('in 5 s');
  expect(countdown.getAttribute('aria-hidden')).toBe('true');
  pass(2250);
  expect(countdown.textContent).toBe('in 2 s');
  pass(5000);
  expect(countdown.textContent).toBe('in 0 s');
});

test('a new time of the next attempt starts from its own seconds', () => {
  const { rerender } = show({ ...FACTS, status: 'reconnecting', retryAt: NOW + 1000 });
  pass(1000);
  const next: ConnectionState = { ...FACTS, status: 'reconnecting', retryAt: NOW + 4000 };
  rerender(<ConnectionView connection={next} onRetry={vi.fn()} />);
  expect(screen.getByText('in 3 s')).toBeDefined();
});

test('nobody has to wait for the next attempt', () => {
  const { onRetry } = show({ ...FACTS, status: 'reconnecting', retryAt: NOW + 4000 });
  fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test('an attempt that is under way cannot be hastened, and the focus stays in the header', () => {
  const { rerender } = show({ ...FACTS, status: 'reconnecting', retryAt: NOW + 4000 });
  screen.getByRole('button', { name: 'Try now' }).focus();
  const attempt: ConnectionState = { ...FACTS, status: 'reconnecting', retryAt: undefined };
  rerender(<ConnectionView connection={attempt} onRetry={vi.fn()} />);
  expect(screen.queryByRole('button')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('status'));
});

test('a button that goes without the focus leaves that where it is', () => {
  const { rerender } = show({ ...FACTS, status: 'reconnecting', retryAt: NOW + 4000 });
  const open: ConnectionState = { ...FACTS, status: 'open', retryAt: undefined };
  rerender(<ConnectionView connection={open} onRetry={vi.fn()} />);
  expect(document.activeElement).toBe(document.body);
});

test('a refusal can be asked about once more', () => {
  const { onRetry } = show({ ...FACTS, status: 'closed', retryAt: undefined });
  fireEvent.click(screen.getByRole('button', { name: 'Try now' }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test('a refusal is told with its reason', () => {
  const lastClose = { code: 4503, reason: 'not allowed here' };
  show({ ...FACTS, status: 'closed', retryAt: undefined, lastClose });
  expect(screen.getByText('not allowed here')).toBeDefined();
});

test('a page that is too old offers to be loaded again', () => {
  show({ ...FACTS, status: 'update-required', retryAt: undefined });
  expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
});

test('a page that is older than its server, but works, offers to be loaded again', () => {
  show({ ...FACTS, status: 'open', retryAt: undefined, updateAvailable: true });
  expect(screen.getByText('Live')).toBeDefined();
  expect(screen.getByText('A newer version is available').getAttribute('role')).toBe('status');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined();
});

test('a page that is as new as its server offers nothing', () => {
  show({ ...FACTS, status: 'open', retryAt: undefined });
  expect(screen.queryByText('A newer version is available')).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
});
