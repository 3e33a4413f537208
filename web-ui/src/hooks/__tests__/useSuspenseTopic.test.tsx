import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Component, Suspense, useState, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import {
  HEALTH,
  health,
  healthSnapshot,
  learnings,
  LEARNINGS,
  settle,
} from '../../client/__tests__/harness.ts';
import type { DashboardTopic, ErrorCode } from '../../messages/types.ts';
import { DashboardProvider } from '../DashboardProvider.ts';
import { useSuspenseTopic } from '../useSuspenseTopic.ts';
import { useTopic } from '../useTopic.ts';
import { fakeTimeForHooks, lose, say, setting, welcome } from './harness.tsx';

fakeTimeForHooks();

const LEASE = 5_000;
const LINGER = 5_000;

/** Lets time pass, and React render in between, as it does outside of act(). */
async function advance(ms: number): Promise<void> {
  for (let left = ms; left >= 0; left -= 500) {
    await act(async () => {
      await vi.advanceTimersByTimeAsync(Math.min(left, 500));
    });
  }
}

async function fail(code: ErrorCode): Promise<void> {
  say({ type: 'error', code, message: `it is ${code}`, topic: HEALTH });
  await advance(1);
  await advance(1);
}

/** What is held for a suspended tree outlives it for a while. */
afterEach(async () => {
  cleanup();
  await vi.advanceTimersByTimeAsync(LEASE);
});

/** React reports what a boundary has caught; the test has provoked it. */
function expectReports(): void {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
}

class Boundary extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {};

  static getDerivedStateFromError(error: Error): { readonly error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const reset = (): void => {
      this.setState({ error: undefined as never });
    };
    return <button onClick={reset}>{error.message}</button>;
  }
}

const Status = (): ReactNode => <b>{useSuspenseTopic(HEALTH).overall_status}</b>;

function mount(children: ReactNode = <Status />) {
  const { client, wrapper } = setting();
  const page = render(
    <Boundary>
      <Suspense fallback="waiting">{children}</Suspense>
    </Boundary>,
    { wrapper },
  );
  return { client, page, text: () => page.container.textContent };
}

describe('useSuspenseTopic', () => {
  test('suspends until the first data, with one socket and one subscribe', async () => {
    const { text } = mount();
    expect(text()).toBe('waiting');
    welcome();
    expect(text()).toBe('waiting');
    say(healthSnapshot('v1', health('ok')));
    await advance(0);
    expect(text()).toBe('ok');
    expect(FakeSocket.all).toHaveLength(1);
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
  });

  test('after that it holds the topic as useTopic does, and suspends no more', async () => {
    const { page, text } = mount();
    welcome();
    say(healthSnapshot('v1', health('ok')));
    await advance(2 * LEASE);
    lose();
    expect(text()).toBe('ok');
    await advance(750);
    welcome();
    say(healthSnapshot('v2', health('degraded')));
    expect(text()).toBe('degraded');
    page.unmount();
    await advance(LINGER);
    expect(FakeSocket.live).toEqual([]);
  });

  test('what is known already is there at once', async () => {
    const { client, wrapper } = setting();
    client.subscribe(HEALTH);
    welcome();
    say(healthSnapshot('v1', health('ok')));
    const { container } = render(<Status />, { wrapper });
    expect(container.textContent).toBe('ok');
    await advance(LEASE);
  });

  test('select gives the part that matters', async () => {
    const Total = (): ReactNode => (
      <b>{useSuspenseTopic(LEARNINGS, { select: ({ total }) => total })}</b>
    );
    const { text } = mount(<Total />);
    welcome();
    say({ type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(0) });
    await advance(0);
    expect(text()).toBe('0');
  });

  test('two that wait for one topic, and another topic, ask once for each', async () => {
    const Total = (): ReactNode => <b>{useSuspenseTopic(LEARNINGS).total}</b>;
    const { text } = mount(
      <>
        <Status />
        <Suspense fallback="-">
          <Status />
        </Suspense>
        <Suspense fallback="-">
          <Total />
        </Suspense>
      </>,
    );
    welcome();
    say(healthSnapshot('v1', health('ok')));
    say({ type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(3) });
    await advance(0);
    await advance(0);
    expect(text()).toBe('okok3');
    const asked = FakeSocket.last.sent.flatMap((request) =>
      request.type === 'subscribe' ? request.topics : [],
    );
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(expect.arrayContaining([HEALTH, LEARNINGS]));
  });

  test('another topic suspends anew', async () => {
    const Any = ({ topic }: { readonly topic: DashboardTopic }): ReactNode => (
      <b>{useSuspenseTopic(topic).data_type}</b>
    );
    function Page(): ReactNode {
      const [topic, setTopic] = useState<DashboardTopic>(HEALTH);
      return (
        <>
          <button
            onClick={() => {
              setTopic(LEARNINGS);
            }}
          />
          <Suspense fallback="waiting">
            <Any topic={topic} />
          </Suspense>
        </>
      );
    }
    const { text } = mount(<Page />);
    welcome();
    say(healthSnapshot('v1', health('ok')));
    await advance(0);
    fireEvent.click(screen.getByRole('button'));
    await act(settle);
    expect(text()).toContain('waiting');
    say({ type: 'snapshot', topic: LEARNINGS, version: 'a', data: learnings(3) });
    await advance(0);
    expect(text()).toBe('learnings');
  });
});

describe('a topic that is waited for', () => {
  test('stays asked for while the tree waits, however long the server takes', async () => {
    const { text } = mount();
    await advance(1.5 * LEASE);
    welcome();
    await advance(4 * LEASE);
    expect(FakeSocket.last.requests).toEqual([{ type: 'subscribe', topics: [HEALTH] }]);
    say(healthSnapshot('v1', health('ok')));
    await advance(0);
    expect(text()).toBe('ok');
  });

  test('is let go when the tree has gone, and no timer is left', async () => {
    const { client, page } = mount();
    welcome();
    page.unmount();
    await advance(LEASE + LINGER);
    expect(FakeSocket.live).toEqual([]);
    expect(client.getTopic(HEALTH).status).toBe('idle');
    expect(client.getConnection().status).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a topic that cannot be had', () => {
  test('throws its error to the boundary, at once and once', async () => {
    expectReports();
    const { text } = mount();
    welcome();
    await fail('unavailable');
    expect(text()).toBe('it is unavailable');
    await advance(2 * LEASE);
    expect(text()).toBe('it is unavailable');
    expect(FakeSocket.last.requests.filter((one) => 'topics' in (one as object))).toHaveLength(2);
  });

  test('is asked for anew when the boundary is reset', async () => {
    expectReports();
    const { text } = mount();
    welcome();
    await fail('not_found');
    expect(text()).toBe('it is not_found');
    fireEvent.click(screen.getByRole('button'));
    await act(settle);
    expect(text()).toBe('waiting');
    const subscribe = { type: 'subscribe', topics: [HEALTH] };
    expect(FakeSocket.last.requests).toEqual([subscribe, subscribe]);
    await fail('not_found');
    expect(text()).toBe('it is not_found');
    fireEvent.click(screen.getByRole('button'));
    await act(settle);
    say(healthSnapshot('v1', health('ok')));
    await advance(0);
    expect(text()).toBe('ok');
    await advance(LEASE);
  });

  test('a reset without a connection waits, and neither spins nor asks', async () => {
    expectReports();
    const { client, text } = mount();
    welcome();
    lose(4503, 'forbidden');
    await advance(1);
    await advance(1);
    expect(text()).toContain('forbidden');
    fireEvent.click(screen.getByRole('button'));
    await advance(3 * LEASE);
    expect(text()).toBe('waiting');
    expect(FakeSocket.all).toHaveLength(1);
    act(() => {
      client.retry();
    });
    welcome();
    await advance(1);
    say(healthSnapshot('v1', health('ok')));
    await advance(0);
    expect(text()).toBe('ok');
  });

  test('a refusal from before is thrown by who comes later', async () => {
    expectReports();
    const { client } = setting();
    client.connect();
    welcome();
    lose(4503, 'forbidden');
    const { container } = render(
      <DashboardProvider client={client}>
        <Boundary>
          <Suspense fallback="waiting">
            <Status />
          </Suspense>
        </Boundary>
      </DashboardProvider>,
    );
    await advance(1);
    await advance(1);
    expect(container.textContent).toContain('forbidden');
  });

  test('an error after data is not thrown', async () => {
    const { text } = mount();
    welcome();
    say(healthSnapshot('v1', health('ok')));
    await advance(0);
    await fail('unavailable');
    expect(text()).toBe('ok');
    await advance(LEASE);
  });

  test('an error that others know already is thrown at once', async () => {
    expectReports();
    const { client } = setting();
    client.subscribe(HEALTH);
    welcome();
    await fail('forbidden');
    const { container } = render(
      <DashboardProvider client={client}>
        <Boundary>
          <Suspense fallback="waiting">
            <Status />
          </Suspense>
        </Boundary>
      </DashboardProvider>,
    );
    expect(container.textContent).toBe('it is forbidden');
    await advance(0);
  });
});

describe('on a server', () => {
  const Plain = (): ReactNode => useTopic(HEALTH).status;

  test('the fallback is rendered, no socket is opened and no timer is taken', () => {
    const { client } = setting();
    const html = renderToString(
      <DashboardProvider client={client}>
        <Suspense fallback="waiting">
          <Status />
        </Suspense>
        <Plain />
      </DashboardProvider>,
    );
    expect(html).toContain('waiting');
    expect(html).toContain('pending');
    expect(FakeSocket.all).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what the client holds is rendered', async () => {
    const { client } = setting();
    client.subscribe(HEALTH);
    welcome();
    say(healthSnapshot('v1', health('ok')));
    const html = renderToString(
      <DashboardProvider client={client}>
        <Suspense fallback="waiting">
          <Status />
        </Suspense>
      </DashboardProvider>,
    );
    expect(html).toContain('ok');
    await advance(0);
  });
});
