import { act, render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { DashboardProvider } from '../../hooks/index.ts';
import { App } from '../App.tsx';
import type { FakeServer } from '../../testing/index.ts';

interface Rendered extends RenderResult {
  /** The address that the app has come to. */
  readonly address: () => string;
  /** Goes to an address, as a link would. */
  readonly go: (path: string) => void;
}

/** The whole app at an address, connected to `server`, once that has answered. */
export async function renderApp(path: string, server: FakeServer): Promise<Rendered> {
  const { hook, searchHook, history, navigate } = memoryLocation({ path, record: true });
  const result = render(
    <Router hook={hook} searchHook={searchHook}>
      <DashboardProvider options={server.options}>
        <App />
      </DashboardProvider>
    </Router>,
  );
  await settle();
  return {
    ...result,
    address: () => history.at(-1) ?? '',
    go: (next) => {
      act(() => {
        navigate(next);
      });
    },
  };
}

/** A part of the app that needs no server. */
export function renderPart(children: ReactNode): RenderResult {
  const { hook } = memoryLocation({ path: '/' });
  return render(<Router hook={hook}>{children}</Router>);
}

/** Lets the fake server's answers arrive. */
export async function settle(): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  });
}
