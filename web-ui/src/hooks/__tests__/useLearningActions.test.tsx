import { act, renderHook } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { LEARNINGS, settle } from '../../client/__tests__/harness.ts';
import type {
  ErrorCode,
  LearningAction,
  LearningBrief,
  LearningStatus,
  UpdateMessage,
} from '../../messages/types.ts';
// Loaded apart, with the first actions; here before the first test, so that time may stand still.
import '../optimism.ts';
import { useDashboard } from '../useDashboard.ts';
import { useLearningActions } from '../useLearningActions.ts';
import { useTopic } from '../useTopic.ts';
import { fakeTimeForHooks, lose, say, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

const ID = '01936f2b-0000-7000-8000-000000000001';
const OTHER = '01936f2b-0000-7000-8000-000000000002';

const brief = (id: string, status: LearningStatus): LearningBrief => ({
  id,
  content: 'c',
  category: 'preference',
  scope: { level: 'global' },
  status,
  estimated_value: 0.5,
  confidence: 0.5,
  session_count: 3,
  created_at: '2026-03-01T08:30:00Z',
});

/** Everything that the list has shown of the first learning, in order, without repetitions. */
function mount() {
  const { client, wrapper } = setting();
  const seen: string[] = [];
  const { result, unmount } = renderHook(
    () => {
      const { data } = useTopic(LEARNINGS);
      const shown = data?.learnings.find(({ id }) => id === ID)?.status ?? 'none';
      if (seen.at(-1) !== shown) seen.push(shown);
      return { ...useLearningActions(), list: data, dashboard: useDashboard() };
    },
    { wrapper },
  );
  welcome();
  say({
    type: 'snapshot',
    topic: LEARNINGS,
    version: 'v1',
    data: {
      data_type: 'learnings',
      learnings: [brief(OTHER, 'active'), brief(ID, 'active')],
      total: 2,
    },
  });
  seen.splice(0, seen.length, 'active');
  return { client, result, seen, unmount };
}

const update = (base: string, version: string, status: LearningStatus): UpdateMessage => ({
  type: 'update',
  topic: LEARNINGS,
  base,
  version,
  patch: [{ op: 'replace', path: '/learnings/1/status', value: status }],
});

async function pass(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

/** Begins an action; `outcome` is what has become of it. */
async function begin(action: (id: string) => Promise<void>) {
  const outcome = vi.fn();
  await act(async () => {
    void action(ID).then(
      () => {
        outcome('done');
      },
      (error: unknown) => {
        outcome((error as { code: ErrorCode }).code);
      },
    );
    await settle();
    await settle();
  });
  return outcome;
}

/** The server answers the action before the last `back` others. */
async function answer(back = 0, code?: ErrorCode): Promise<void> {
  const request = FakeSocket.last.sent.at(-1 - back);
  const request_id = request?.request_id ?? '';
  const action = request?.type as LearningAction;
  await act(async () => {
    FakeSocket.last.say(
      code === undefined
        ? { type: 'action_result', action, id: ID, request_id }
        : { type: 'error', code, message: 'no', request_id },
    );
    await settle();
  });
}

describe('an action', () => {
  test('shows at once, and settles without a flicker when the server says the same', async () => {
    const { result, seen } = mount();
    const outcome = await begin(result.current.disableLearning);
    expect(seen).toEqual(['active', 'disabled']);
    await answer();
    expect(outcome).toHaveBeenCalledWith('done');
    await pass(1_000);
    say(update('v1', 'v2', 'disabled'));
    await pass(1_000);
    expect(seen).toEqual(['active', 'disabled']);
    say(update('v2', 'v3', 'under_review'));
    expect(seen).toEqual(['active', 'disabled', 'under_review']);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('leaves the other rows the same objects', async () => {
    const { result } = mount();
    const before = result.current.list?.learnings[0];
    await begin(result.current.disableLearning);
    expect(result.current.list?.learnings[0]).toBe(before);
    await answer(0, 'unavailable');
  });

  test('is taken back where the server refuses it', async () => {
    const { result, seen } = mount();
    const outcome = await begin(result.current.disableLearning);
    await answer(0, 'forbidden');
    expect(outcome).toHaveBeenCalledWith('forbidden');
    expect(seen).toEqual(['active', 'disabled', 'active']);
  });

  test('is taken back where the connection breaks and nobody knows', async () => {
    const { result, seen } = mount();
    const outcome = await begin(result.current.disableLearning);
    lose();
    await act(settle);
    expect(outcome).toHaveBeenCalledWith('disconnected');
    expect(seen.at(-1)).toBe('active');
  });

  test('is taken back where there was no connection', async () => {
    const { result, seen } = mount();
    lose();
    const outcome = await begin(result.current.disableLearning);
    await act(settle);
    expect(outcome).toHaveBeenCalledWith('not_connected');
    expect(seen.at(-1)).toBe('active');
  });

  test('shows the update that comes before the answer, and what comes after it', async () => {
    const { result, seen } = mount();
    await begin(result.current.disableLearning);
    say(update('v1', 'v2', 'disabled'));
    await answer();
    say(update('v2', 'v3', 'active'));
    expect(seen).toEqual(['active', 'disabled', 'active']);
  });

  test('is not shown for ever where the server’s data never say so', async () => {
    const { result, seen } = mount();
    await begin(result.current.disableLearning);
    await answer();
    await pass(4_900);
    expect(seen.at(-1)).toBe('disabled');
    await pass(100);
    expect(seen.at(-1)).toBe('active');
  });

  test('is shown by useDashboard, and done by it, in the same way', async () => {
    const { result, seen } = mount();
    expect(result.current.dashboard.getData(LEARNINGS)?.learnings[1]?.status).toBe('active');
    await begin(result.current.dashboard.disableLearning);
    expect(result.current.dashboard.getData(LEARNINGS)?.learnings[1]?.status).toBe('disabled');
    await answer(0, 'forbidden');
    expect(seen).toEqual(['active', 'disabled', 'active']);
  });
});

describe('a deletion', () => {
  test('takes the row away at once, and back again where it fails', async () => {
    const { result, seen } = mount();
    await begin(result.current.deleteLearning);
    expect(result.current.list?.total).toBe(1);
    await answer(0, 'unavailable');
    expect(seen).toEqual(['active', 'none', 'active']);
    expect(result.current.list?.total).toBe(2);
  });
});

describe('several actions on one learning', () => {
  test('the last is shown, whatever becomes of the one before', async () => {
    const { result, seen } = mount();
    await begin(result.current.disableLearning);
    await begin(result.current.enableLearning);
    expect(seen).toEqual(['active', 'disabled', 'active']);
    await answer(1);
    await answer(0);
    await pass(200);
    expect(seen).toEqual(['active', 'disabled', 'active']);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('the failure of the one before takes nothing back', async () => {
    const { result, seen } = mount();
    await begin(result.current.disableLearning);
    await begin(result.current.deleteLearning);
    await answer(1, 'unavailable');
    expect(seen).toEqual(['active', 'disabled', 'none']);
    await answer(0, 'unavailable');
    expect(seen).toEqual(['active', 'disabled', 'none', 'active']);
  });

  test('one that begins while the one before settles takes its place', async () => {
    const { result, seen } = mount();
    await begin(result.current.disableLearning);
    await answer();
    await pass(300);
    await begin(result.current.deleteLearning);
    expect(seen).toEqual(['active', 'disabled', 'none']);
    await answer(0, 'forbidden');
    expect(seen).toEqual(['active', 'disabled', 'none', 'active']);
  });
});

test('the functions are the same from render to render, and for every component', () => {
  const { wrapper } = setting();
  const { result, rerender } = renderHook(() => useLearningActions(), { wrapper });
  const before = result.current;
  rerender();
  expect(result.current).toBe(before);
  expect(Object.keys(before)).toEqual(['enableLearning', 'disableLearning', 'deleteLearning']);
});
