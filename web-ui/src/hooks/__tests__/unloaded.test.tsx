import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { settle } from '../../client/__tests__/harness.ts';
import { useLearningActions } from '../useLearningActions.ts';
import { fakeTimeForHooks, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

vi.mock('../optimism.ts', () => {
  throw new Error('the network is away');
});

const ID = '01936f2b-0000-7000-8000-000000000001';

test('where the part that shows actions at once cannot be loaded, they are done all the same', async () => {
  const { client, wrapper } = setting();
  const { result } = renderHook(() => useLearningActions(), { wrapper });
  const disconnect = client.connect();
  welcome();
  const done = vi.fn();
  void result.current.enableLearning(ID).then(done);
  const request_id = FakeSocket.last.sent[0]?.request_id ?? '';
  await act(async () => {
    FakeSocket.last.say({ type: 'action_result', action: 'enable_learning', id: ID, request_id });
    await settle();
  });
  expect(done).toHaveBeenCalledOnce();
  disconnect();
});
