import { act, renderHook } from '@testing-library/react';
import { useEffect } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import {
  HEALTH,
  health,
  healthSnapshot,
  LEARNINGS,
  learnings,
  OVERVIEW,
  settle,
} from '../../client/__tests__/harness.ts';
import { useDashboard } from '../useDashboard.ts';
import { fakeTimeForHooks, lose, say, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

const ID = '01936f2b-0000-7000-8000-000000000001';
const LINGER = 5_000;

const advance = (ms: number): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
const subscribeTo = (...topics: object[]): object => ({ type: 'subscribe', topics });

function mount() {
  const { wrapper, client } = setting();
  return { client, ...renderHook(() => useDashboard(), { wrapper }) };
}

describe('connection lifecycle', () => {
  test('connects on mount: one socket, also in StrictMode', () => {
    const { result } = mount();
    expect(FakeSocket.all).toHaveLength(1);
    expect(result.current.connection.status).toBe('connecting');
    welcome();
    expect(result.current.connection).toMatchObject({ status: 'open', hasConnected: true });
    expect(FakeSocket.last.sent).toEqual([]);
  });

  test('reconnects by itself, with back-off, and subscribes anew', async () => {
    const { result } = mount();
    welcome();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    lose();
    expect(result.current.connection).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      retryAt: Date.now() + 750,
    });
    await advance(750);
    expect(FakeSocket.all).toHaveLength(2);
    welcome();
    expect(result.current.connection.status).toBe('open');
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
    ]);
  });

  test('a refusal is final until retry()', () => {
    const { result } = mount();
    welcome();
    lose(4503, 'forbidden');
    expect(result.current.connection).toMatchObject({
      status: 'closed',
      lastClose: { code: 4503, reason: 'forbidden' },
    });
    expect(FakeSocket.all).toHaveLength(1);
    act(() => {
      result.current.retry();
    });
    expect(FakeSocket.all).toHaveLength(2);
  });

  test('disconnects 5 s after the unmount', async () => {
    const { client, unmount } = mount();
    welcome();
    unmount();
    await advance(LINGER - 1);
    expect(client.getConnection().status).toBe('open');
    await advance(1);
    expect(client.getConnection().status).toBe('idle');
    expect(FakeSocket.live).toEqual([]);
  });

  test('two components share the connection, and it stays while one is there', async () => {
    const { wrapper, client } = setting();
    const first = renderHook(() => useDashboard(), { wrapper });
    renderHook(() => useDashboard(), { wrapper });
    welcome();
    first.unmount();
    await advance(10_000);
    expect(client.getConnection().status).toBe('open');
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe('subscription helpers', () => {
  test('subscribe asks once, whatever the spelling and however often', async () => {
    const { result } = mount();
    welcome();
    act(() => {
      result.current.subscribe(HEALTH);
      result.current.subscribe({ topic: 'learnings' });
      result.current.subscribe({ topic: 'learnings', limit: 100 });
    });
    await act(settle);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH, LEARNINGS)]);
  });

  test('one unsubscribe ends it, 5 s later', async () => {
    const { result } = mount();
    welcome();
    act(() => {
      result.current.subscribe(HEALTH);
      result.current.subscribe(HEALTH);
    });
    await act(settle);
    act(() => {
      result.current.unsubscribe({ topic: 'health' });
      result.current.unsubscribe(OVERVIEW);
    });
    await advance(LINGER);
    expect(FakeSocket.last.requests).toEqual([
      subscribeTo(HEALTH),
      { type: 'unsubscribe', topics: [HEALTH] },
    ]);
  });

  test('the functions stay the same from render to render', () => {
    const { result } = mount();
    const before = result.current;
    welcome();
    expect(result.current).not.toBe(before);
    expect({ ...result.current, connection: undefined }).toEqual({
      ...before,
      connection: undefined,
    });
  });

  test('what was subscribed before the connection is asked for with the welcome', () => {
    const { result } = mount();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    welcome();
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
  });

  test('the unmount ends what the component has subscribed, not what others have', async () => {
    const { wrapper } = setting();
    const first = renderHook(() => useDashboard(), { wrapper });
    const second = renderHook(() => useDashboard(), { wrapper });
    welcome();
    act(() => {
      first.result.current.subscribe(HEALTH);
      first.result.current.subscribe(OVERVIEW);
      second.result.current.subscribe(HEALTH);
    });
    await act(settle);
    first.unmount();
    await advance(LINGER);
    expect(FakeSocket.last.requests.slice(1)).toEqual([
      { type: 'unsubscribe', topics: [OVERVIEW] },
    ]);
  });
});

describe('data caching', () => {
  test('data appear when they come, and the component renders', async () => {
    const { result } = mount();
    welcome();
    expect(result.current.getTopic(HEALTH).status).toBe('idle');
    act(() => {
      result.current.subscribe(HEALTH);
    });
    await act(settle);
    expect(result.current.getTopic(HEALTH).status).toBe('pending');
    expect(result.current.getData(HEALTH)).toBeUndefined();
    const before = result.current;
    say(healthSnapshot('v1', health('ok')));
    expect(result.current).not.toBe(before);
    expect(result.current.getData(HEALTH)).toEqual(health('ok'));
  });

  test('each topic has its own place, by its canonical form', async () => {
    const { result } = mount();
    welcome();
    act(() => {
      result.current.subscribe({ topic: 'learnings' });
      result.current.subscribe({ topic: 'learnings', limit: 5 });
    });
    await act(settle);
    say(
      { type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(7) },
      { type: 'snapshot', topic: { ...LEARNINGS, limit: 5 }, version: 'b', data: learnings(8) },
    );
    expect(result.current.getData({ topic: 'learnings', offset: 0 })?.total).toBe(7);
    expect(result.current.getData({ limit: 5, topic: 'learnings' })?.total).toBe(8);
  });

  test('data stay through a reconnect, marked as stale until confirmed', async () => {
    const { result } = mount();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    const data = result.current.getData(HEALTH);
    lose();
    expect(result.current.getTopic(HEALTH)).toMatchObject({ status: 'success', isStale: true });
    await advance(750);
    welcome();
    say({ type: 'current', topic: HEALTH, version: 'v1' });
    expect(result.current.getTopic(HEALTH).isStale).toBe(false);
    expect(result.current.getData(HEALTH)).toBe(data);
  });

  test('data outlive the unsubscribe for 5 s, and are gone then', async () => {
    const { result } = mount();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    welcome();
    say(healthSnapshot('v1', health('ok')));
    act(() => {
      result.current.unsubscribe(HEALTH);
    });
    await advance(LINGER - 1);
    expect(result.current.getData(HEALTH)).toEqual(health('ok'));
    await advance(1);
    expect(result.current.getData(HEALTH)).toBeUndefined();
  });

  test('other components’ topics do not render this one', () => {
    const { wrapper } = setting();
    let renders = 0;
    const counted = renderHook(
      () => {
        renders += 1;
        return useDashboard();
      },
      { wrapper },
    );
    const other = renderHook(() => useDashboard(), { wrapper });
    act(() => {
      other.result.current.subscribe(HEALTH);
    });
    welcome();
    const before = renders;
    say(healthSnapshot('v1', health('ok')));
    expect(renders).toBe(before);
    expect(counted.result.current.getData(HEALTH)).toEqual(health('ok'));
  });
});

describe('what is read while rendering', () => {
  /** A dashboard whose render reads health; everything it has shown, in order, without repetitions. */
  function shown() {
    const { wrapper, client } = setting();
    const seen: string[] = [];
    const { result } = renderHook(
      () => {
        const dashboard = useDashboard();
        const { status, data } = dashboard.getTopic(HEALTH);
        const words = data === undefined ? status : `${status} ${data.overall_status}`;
        if (seen.at(-1) !== words) seen.push(words);
        return dashboard;
      },
      { wrapper },
    );
    return { client, result, seen };
  }

  test('a topic is idle, then pending, then there', async () => {
    const { result, seen } = shown();
    welcome();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    expect(seen).toEqual(['idle', 'pending']);
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    expect(seen).toEqual(['idle', 'pending', 'success ok']);
  });

  test('what another component keeps live is there with the subscribe', async () => {
    const { client, result, seen } = shown();
    welcome();
    client.subscribe(HEALTH);
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    expect(seen).toEqual(['idle']);
    act(() => {
      result.current.subscribe(HEALTH);
    });
    expect(seen).toEqual(['idle', 'success ok']);
  });

  test('after the unsubscribe it changes on, and is gone when it is forgotten', async () => {
    const { result, seen } = shown();
    welcome();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    act(() => {
      result.current.unsubscribe(HEALTH);
    });
    await advance(LINGER - 1);
    say(healthSnapshot('v2', health('degraded')));
    await advance(1);
    expect(seen).toEqual(['idle', 'pending', 'success ok', 'success degraded', 'idle']);
    act(() => {
      result.current.subscribe(HEALTH);
    });
    expect(seen.at(-1)).toBe('pending');
  });

  test('close() forgets at once what was left', async () => {
    const { client, result, seen } = shown();
    welcome();
    act(() => {
      result.current.subscribe(HEALTH);
    });
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    act(() => {
      result.current.unsubscribe(HEALTH);
      client.close();
    });
    expect(seen.at(-1)).toBe('idle');
  });

  test('an effect that subscribes with each dashboard and takes it back does not loop', async () => {
    const { wrapper } = setting();
    let renders = 0;
    const { result } = renderHook(
      () => {
        const dashboard = useDashboard();
        renders += 1;
        useEffect(() => {
          dashboard.subscribe(HEALTH);
          return () => {
            dashboard.unsubscribe(HEALTH);
          };
        }, [dashboard]);
        return dashboard;
      },
      { wrapper },
    );
    welcome();
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    expect(result.current.getTopic(HEALTH)).toMatchObject({ status: 'success', isStale: false });
    expect(renders).toBeLessThan(20);
    expect(FakeSocket.last.requests).toEqual([subscribeTo(HEALTH)]);
  });
});

describe('actions', () => {
  test('disableLearning resolves when the server has committed it', async () => {
    const { result } = mount();
    welcome();
    const done = vi.fn();
    void result.current.disableLearning(ID).then(done);
    const request_id = FakeSocket.last.sent[0]?.request_id ?? '';
    expect(FakeSocket.last.requests).toEqual([{ type: 'disable_learning', id: ID }]);
    await act(async () => {
      FakeSocket.last.say({
        type: 'action_result',
        action: 'disable_learning',
        id: ID,
        request_id,
      });
      await settle();
    });
    expect(done).toHaveBeenCalledOnce();
  });

  test('without a connection each action rejects', async () => {
    const { result } = mount();
    const { enableLearning, disableLearning, deleteLearning } = result.current;
    for (const action of [enableLearning, disableLearning, deleteLearning]) {
      await expect(action(ID)).rejects.toMatchObject({ code: 'not_connected' });
    }
  });
});
