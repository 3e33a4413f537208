import { act, renderHook } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { HEALTH, health, healthSnapshot } from '../../client/__tests__/harness.ts';
import * as topics from '../topics.ts';
import { useConnection } from '../useConnection.ts';
import { useDashboard } from '../useDashboard.ts';
import { useTopic } from '../useTopic.ts';
import { fakeTimeForHooks, lose, say, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

const ID = '01936f2b-0000-7000-8000-000000000001';
const OTHER_HASH = { schema_hash: '000000000000' };
const OTHER_VERSION = { protocol_version: 2 };

/** Everything that an application can see of the handshake. */
function mount() {
  const { wrapper } = setting();
  const { result } = renderHook(
    () => ({
      dashboard: useDashboard().connection,
      connection: useConnection(),
      health: useTopic(HEALTH),
      byHook: {
        useOverview: topics.useOverview(),
        useLearnings: topics.useLearnings(),
        useLearningDetail: topics.useLearningDetail(ID),
        useAttribution: topics.useAttribution(),
        useSessionTimeline: topics.useSessionTimeline(),
        useStrategyDistributions: topics.useStrategyDistributions(),
        useStrategyOverrides: topics.useStrategyOverrides(),
        useHealth: topics.useHealth(),
      },
    }),
    { wrapper },
  );
  return result;
}

describe('a server that a page can understand', () => {
  test.each([
    ['the same schema and version', {}, false],
    ['the same schema in another version of the protocol', OTHER_VERSION, false],
    ['another schema in the same version of the protocol', OTHER_HASH, true],
  ])('%s: data arrive, and the connection says what is new', (_, changes, updateAvailable) => {
    const result = mount();
    welcome(changes);
    say(healthSnapshot('v1', health('ok')));
    expect(result.current.connection).toMatchObject({ status: 'open', updateAvailable });
    expect(result.current.dashboard).toBe(result.current.connection);
    expect(result.current.health).toMatchObject({ status: 'success', data: health('ok') });
  });
});

describe('another schema in another version of the protocol', () => {
  const refused = { status: 'update-required', retryAt: undefined, lastClose: { code: 4506 } };

  test('the test knows every hook', () => {
    expect(Object.keys(mount().current.byHook).sort()).toEqual(Object.keys(topics).sort());
  });

  test('shows as update-required in every hook, and nothing was asked for', () => {
    const result = mount();
    welcome({ ...OTHER_HASH, ...OTHER_VERSION });
    expect(result.current.connection).toMatchObject(refused);
    expect(result.current.dashboard).toBe(result.current.connection);
    for (const [hook, state] of Object.entries(result.current.byHook)) {
      expect(state, hook).toMatchObject({ status: 'error', error: { code: 'update_required' } });
    }
    expect(FakeSocket.last.sent).toEqual([]);
  });

  test('does not try again by itself, however long one waits and whatever wakes the page', async () => {
    const result = mount();
    welcome({ ...OTHER_HASH, ...OTHER_VERSION });
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    await act(() => vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1000));
    expect(FakeSocket.all).toHaveLength(1);
    expect(FakeSocket.live).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    expect(result.current.connection).toMatchObject(refused);
  });

  test('after a deployment keeps what was shown, marked as stale', () => {
    const result = mount();
    welcome();
    say(healthSnapshot('v1', health('ok')));
    lose();
    act(() => {
      vi.advanceTimersByTime(750);
    });
    welcome({ ...OTHER_HASH, ...OTHER_VERSION });
    expect(result.current.connection).toMatchObject(refused);
    expect(result.current.health).toMatchObject({
      status: 'error',
      data: health('ok'),
      isStale: true,
      error: { code: 'update_required' },
    });
  });
});
