import { act, render, renderHook, screen } from '@testing-library/react';
import { Profiler, startTransition, useState, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import {
  HEALTH,
  health,
  healthSnapshot,
  learnings,
  LEARNINGS,
} from '../../client/__tests__/harness.ts';
import { TOPIC_NAMES, type DashboardTopic } from '../../messages/types.ts';
import { DashboardProvider } from '../DashboardProvider.ts';
import * as topics from '../topics.ts';
import { useConnection } from '../useConnection.ts';
import { useTopic } from '../useTopic.ts';
import { fakeTimeForHooks, lose, say, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

const LINGER = 5_000;

describe('useTopic', () => {
  test('StrictMode: one socket, one subscribe; pending, then data', () => {
    const { wrapper } = setting();
    const { result } = renderHook(() => useTopic(HEALTH), { wrapper });
    expect(result.current.status).toBe('pending');
    welcome();
    expect(FakeSocket.all).toHaveLength(1);
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
    say(healthSnapshot('v1', health('ok')));
    expect(result.current).toMatchObject({ status: 'success', data: health('ok'), isStale: false });
  });

  test('an inline topic does not subscribe anew with each render', async () => {
    const { wrapper } = setting();
    const { rerender } = renderHook(() => useTopic({ topic: 'learnings', filters: {} }), {
      wrapper,
    });
    welcome();
    rerender();
    rerender();
    await act(() => vi.advanceTimersByTimeAsync(LINGER));
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [LEARNINGS] }]);
  });

  test('another topic: the new one is asked for, the old one ends 5 s later', async () => {
    const { wrapper } = setting();
    const { result, rerender } = renderHook(
      ({ topic }: { topic: DashboardTopic }) => useTopic(topic),
      { wrapper, initialProps: { topic: HEALTH as DashboardTopic } },
    );
    welcome();
    say(healthSnapshot('v1', health('ok')));
    rerender({ topic: LEARNINGS });
    expect(result.current.status).toBe('pending');
    await act(() => vi.advanceTimersByTimeAsync(LINGER));
    expect(FakeSocket.last.requests.slice(1)).toEqual([
      { type: 'subscribe', topics: [LEARNINGS] },
      { type: 'unsubscribe', topics: [HEALTH] },
    ]);
  });

  test('enabled: false asks for nothing and shows nothing, whatever others know', async () => {
    const { wrapper } = setting();
    const off = renderHook(() => useTopic(HEALTH, { enabled: false }), { wrapper });
    expect(FakeSocket.all).toHaveLength(0);
    expect(off.result.current.status).toBe('idle');
    renderHook(() => useTopic(HEALTH), { wrapper });
    welcome();
    await act(() => Promise.resolve());
    say(healthSnapshot('v1', health('ok')));
    off.rerender();
    expect(off.result.current).toMatchObject({ status: 'idle', data: undefined, isStale: false });
  });

  test('enabled becomes false: its data are gone at once; true again: back, and live', () => {
    const { wrapper } = setting();
    const { result, rerender } = renderHook(({ enabled }) => useTopic(HEALTH, { enabled }), {
      wrapper,
      initialProps: { enabled: true },
    });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    rerender({ enabled: false });
    expect(result.current).toMatchObject({ status: 'idle', data: undefined });
    say(healthSnapshot('v2', health('error')));
    expect(result.current.status).toBe('idle');
    rerender({ enabled: true });
    expect(result.current).toMatchObject({ data: health('error'), isStale: false });
  });

  test('an error keeps the data', () => {
    const { wrapper } = setting();
    const { result } = renderHook(() => useTopic(HEALTH), { wrapper });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    say({ type: 'error', code: 'unavailable', message: 'away', topic: HEALTH });
    expect(result.current).toMatchObject({
      status: 'error',
      data: health('ok'),
      isStale: true,
      error: { code: 'unavailable' },
    });
  });

  test('unmounted and back within 5 s (a change of page): nothing is sent, data are there at once', async () => {
    const { wrapper } = setting();
    const first = renderHook(() => useTopic(HEALTH), { wrapper });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    first.unmount();
    await act(() => vi.advanceTimersByTimeAsync(LINGER - 1));
    const second = renderHook(() => useTopic(HEALTH), { wrapper });
    expect(second.result.current).toMatchObject({ data: health('ok'), isStale: false });
    await act(() => vi.advanceTimersByTimeAsync(LINGER));
    expect(FakeSocket.last.requests).toHaveLength(1);
  });

  test('siblings never show different states, also in a transition', () => {
    const { wrapper } = setting();
    const Message = (): ReactNode => <b>{useTopic(HEALTH).data?.components[0]?.message}</b>;
    function Page(): ReactNode {
      const [count, setCount] = useState(0);
      const again = (): void => {
        startTransition(() => {
          setCount(count + 1);
        });
      };
      return (
        <button onClick={again}>
          <Message />|<Message key={count} />
        </button>
      );
    }
    render(<Page />, { wrapper });
    welcome();
    for (let n = 0; n < 20; n += 1) {
      act(() => {
        screen.getByRole('button').click();
        FakeSocket.last.say(healthSnapshot(`v${String(n)}`, health('ok', String(n))));
      });
      expect(screen.getByRole('button').textContent).toBe(`${String(n)}|${String(n)}`);
    }
  });
});

describe('select', () => {
  test('only a change of the selected part renders, also with an inline function', () => {
    const { wrapper } = setting();
    const commits = vi.fn();
    const Status = (): ReactNode => (
      <b>{useTopic(HEALTH, { select: (data) => data.overall_status }).data}</b>
    );
    render(
      <Profiler id="status" onRender={commits}>
        <Status />
      </Profiler>,
      { wrapper },
    );
    welcome();
    say(healthSnapshot('v0', health('ok')));
    const before = commits.mock.calls.length;
    for (let n = 1; n < 20; n += 1) say(healthSnapshot(`v${String(n)}`, health('ok', String(n))));
    expect(commits.mock.calls.length).toBe(before);
    say(healthSnapshot('v20', health('error')));
    expect(screen.getByText('error')).toBeTruthy();
  });

  test('a selected object is compared by isEqual', () => {
    const { wrapper } = setting();
    const { result, rerender } = renderHook(
      () =>
        useTopic(HEALTH, {
          select: (data) => ({ status: data.overall_status }),
          isEqual: (a, b) => a.status === b.status,
        }),
      { wrapper },
    );
    welcome();
    say(healthSnapshot('v1', health('ok')));
    const before = result.current;
    rerender();
    say(healthSnapshot('v2', health('ok', 'another')));
    expect(result.current).toBe(before);
    say(healthSnapshot('v3', health('error')));
    expect(result.current.data).toEqual({ status: 'error' });
  });

  test('an inline select that builds an object does not loop', () => {
    const { wrapper } = setting();
    let renders = 0;
    const { result } = renderHook(
      () => {
        renders += 1;
        return useTopic(HEALTH, { select: (data) => ({ ...data }) });
      },
      { wrapper },
    );
    welcome();
    say(healthSnapshot('v1', health('ok')));
    expect(result.current.data).toEqual(health('ok'));
    expect(renders).toBeLessThan(12);
  });

  test('staleness and errors pass through', () => {
    const { wrapper } = setting();
    const { result } = renderHook(() => useTopic(HEALTH, { select: () => 1 }), { wrapper });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    lose();
    expect(result.current).toMatchObject({ status: 'success', data: 1, isStale: true });
    lose(4503, 'no');
    expect(result.current).toMatchObject({ data: 1, isStale: true });
  });
});

describe('select and the time that stale data are shown with', () => {
  test('is that of the last confirmation, though what is selected did not change', () => {
    // Listeners hear of everything at once, as they do when a page draws no frames for a while.
    let tell = (): void => undefined;
    const { wrapper } = setting({
      schedule: (flush) => {
        tell = flush;
        return () => undefined;
      },
    });
    const { result } = renderHook(() => useTopic(HEALTH, { select: () => 1 }), { wrapper });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    lose();
    act(() => {
      tell();
    });
    const first = result.current.confirmedAt;
    expect(result.current).toMatchObject({ isStale: true, confirmedAt: Date.now() });
    vi.advanceTimersByTime(750);
    FakeSocket.last.welcome();
    FakeSocket.last.say({ type: 'current', topic: HEALTH, version: 'v1' });
    FakeSocket.last.fail();
    act(() => {
      tell();
    });
    expect(result.current).toMatchObject({ isStale: true, confirmedAt: (first ?? NaN) + 750 });
  });
});

describe('the typed hooks', () => {
  const ID = '01936f2b-0000-7000-8000-000000000001';
  const FILTERS = { category: 'preference', status: 'active' } as const;

  test.each<[string, () => unknown, DashboardTopic]>([
    ['useOverview', () => topics.useOverview(), { topic: 'overview' }],
    ['useLearnings', () => topics.useLearnings(), LEARNINGS],
    [
      'useLearnings with filters and a page',
      () => topics.useLearnings(FILTERS, { sort: 'value', offset: 20 }),
      { ...LEARNINGS, filters: FILTERS, sort: 'value', offset: 20 },
    ],
    ['useLearningDetail', () => topics.useLearningDetail(ID), { topic: 'learning_detail', id: ID }],
    [
      'useAttribution',
      () => topics.useAttribution(),
      { topic: 'attribution', period: { days: 7 } },
    ],
    [
      'useAttribution over 90 days',
      () => topics.useAttribution({ days: 90 }),
      { topic: 'attribution', period: { days: 90 } },
    ],
    [
      'useSessionTimeline',
      () => topics.useSessionTimeline({ days: 30 }, { limit: 5 }),
      { topic: 'session_timeline', period: { days: 30 }, limit: 5 },
    ],
    [
      'useStrategyDistributions',
      () => topics.useStrategyDistributions(),
      { topic: 'strategy_distributions' },
    ],
    [
      'useStrategyOverrides',
      () => topics.useStrategyOverrides({ limit: 5 }),
      { topic: 'strategy_overrides', limit: 5 },
    ],
    ['useHealth', () => topics.useHealth(), { topic: 'health' }],
  ])('%s asks for its topic', (_, useIt, topic) => {
    const { wrapper } = setting();
    renderHook(useIt, { wrapper });
    welcome();
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [topic] }]);
  });

  test('there is one for each topic', () => {
    expect(Object.keys(topics)).toHaveLength(TOPIC_NAMES.length);
  });

  test('no learning is chosen: nothing is asked for', () => {
    const { wrapper } = setting();
    const { result } = renderHook(() => topics.useLearningDetail(undefined), { wrapper });
    expect(FakeSocket.all).toHaveLength(0);
    expect(result.current.status).toBe('idle');
  });

  test('each takes options last: enabled: false asks for nothing', () => {
    const { wrapper } = setting();
    const off = { enabled: false };
    const { result } = renderHook(
      () => [
        topics.useOverview(off),
        topics.useLearnings({}, off),
        topics.useLearningDetail(ID, off),
        topics.useAttribution(undefined, off),
        topics.useSessionTimeline({ days: 7 }, off),
        topics.useStrategyDistributions(off),
        topics.useStrategyOverrides(off),
        topics.useHealth(off),
      ],
      { wrapper },
    );
    expect(FakeSocket.all).toHaveLength(0);
    expect(new Set(result.current.map(({ status }) => status))).toEqual(new Set(['idle']));
  });

  test('no learning is chosen: options do not change that', () => {
    const { wrapper } = setting();
    renderHook(() => topics.useLearningDetail(undefined, { enabled: true }), { wrapper });
    expect(FakeSocket.all).toHaveLength(0);
  });

  test('data are typed by the topic', () => {
    const { wrapper } = setting();
    const { result } = renderHook(
      () => topics.useLearnings().data?.total satisfies number | undefined,
      {
        wrapper,
      },
    );
    welcome();
    say({ type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(4) });
    expect(result.current).toBe(4);
  });
});

describe('useConnection', () => {
  test('renders with each state of the connection, and does not connect', () => {
    const { client, wrapper } = setting();
    const { result } = renderHook(() => useConnection(), { wrapper });
    expect(result.current.status).toBe('idle');
    expect(FakeSocket.all).toHaveLength(0);
    act(() => {
      client.connect();
    });
    welcome();
    expect(result.current.status).toBe('open');
    lose();
    expect(result.current).toMatchObject({ status: 'reconnecting', lastClose: { code: 1006 } });
  });
});

describe('DashboardProvider', () => {
  test('a hook outside of it says what is missing', () => {
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => renderHook(() => useConnection())).toThrow('No <DashboardProvider> above');
    silence.mockRestore();
  });

  test('makes a client of its own, once', async () => {
    const options = { url: 'ws://own.invalid/', WebSocket: FakeSocket, page: null };
    const { unmount, rerender } = renderHook(() => useTopic(HEALTH), {
      wrapper: ({ children }) => (
        <DashboardProvider options={options}>{children}</DashboardProvider>
      ),
    });
    rerender();
    expect(FakeSocket.all.map(({ url }) => url)).toEqual(['ws://own.invalid/']);
    unmount();
    await act(() => vi.advanceTimersByTimeAsync(LINGER));
    expect(FakeSocket.live).toEqual([]);
  });

  test('a render on a server opens no socket and shows pending', () => {
    const { client } = setting();
    const Status = (): ReactNode => useTopic(HEALTH).status;
    const html = renderToString(
      <DashboardProvider client={client}>
        <Status />
      </DashboardProvider>,
    );
    expect(html).toBe('pending');
    expect(FakeSocket.all).toHaveLength(0);
  });
});
