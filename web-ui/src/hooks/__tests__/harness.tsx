import { act, cleanup } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { fakeTime, makeClient } from '../../client/__tests__/harness.ts';
import type { DashboardClient, DashboardClientOptions } from '../../client/index.ts';
import type { BatchedMessage, WelcomeMessage } from '../../messages/types.ts';
import { DashboardProvider } from '../DashboardProvider.ts';

/** Fake time, and nothing mounted any more when the client is closed and examined. */
export function fakeTimeForHooks(): void {
  fakeTime();
  afterEach(cleanup);
}

export interface Setting {
  readonly client: DashboardClient;
  /** Around what is tested: StrictMode, which mounts everything twice, and the provider. */
  readonly wrapper: (props: { children: ReactNode }) => ReactNode;
}

export function setting(options: DashboardClientOptions = {}): Setting {
  const client = makeClient(options);
  return {
    client,
    wrapper: ({ children }) => (
      <StrictMode>
        <DashboardProvider client={client}>{children}</DashboardProvider>
      </StrictMode>
    ),
  };
}

/** The server says welcome, and what was wanted is sent. */
export function welcome(changes: Partial<WelcomeMessage> = {}): void {
  act(() => {
    FakeSocket.last.welcome(changes);
  });
}

export function say(...messages: BatchedMessage[]): void {
  act(() => {
    for (const message of messages) FakeSocket.last.say(message);
  });
}

export function lose(code = 1006, reason = ''): void {
  act(() => {
    FakeSocket.last.fail(code, reason);
  });
}
