import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import {
  fakeTime,
  HEALTH,
  health,
  healthSnapshot,
  immediate,
  makeClient,
  settle,
} from '../../client/__tests__/harness.ts';
import { topicKey, type DashboardClient, type DashboardClientOptions } from '../../client/index.ts';
import { DashboardProvider, useHealth } from '../../hooks/index.ts';
import type { DashboardMessage, UpdateMessage } from '../../messages/types.ts';
import { DashboardDevtools, inspectedClient } from '../index.ts';
import { inspectionOf } from '../inspection.ts';

const LOOK = 500;
const STEP = 400;

fakeTime();
afterEach(cleanup);

// Loaded with the first panel; here before the first test, so that time may stand still.
beforeAll(() => import('../Panel.tsx'));

const update = (base: string, version: string, message: string): UpdateMessage => ({
  type: 'update',
  topic: HEALTH,
  base,
  version,
  patch: [{ op: 'replace', path: '/components/0/message', value: message }],
});

function client(options: DashboardClientOptions = {}): DashboardClient {
  return inspectedClient({
    url: 'ws://test.invalid/ws',
    WebSocket: FakeSocket,
    random: () => 0.5,
    schedule: immediate,
    page: null,
    lingerMs: 0,
    ...options,
  });
}

const Message = (): ReactNode => <b>{useHealth().data?.components[0]?.message}</b>;

async function pass(ms: number): Promise<void> {
  await act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });
}

/** A page with the devtools, opened, whose server has said welcome. */
async function mount(of: DashboardClient = client()) {
  const page = render(
    <DashboardProvider client={of}>
      <Message />
      <Message />
      <DashboardDevtools />
    </DashboardProvider>,
  );
  await pass(0);
  act(() => {
    FakeSocket.last.welcome();
  });
  fireEvent.click(screen.getByRole('button', { name: 'groove devtools' }));
  return page;
}

/** The server says something, and the panel looks. */
async function say(...messages: DashboardMessage[]): Promise<void> {
  act(() => {
    for (const message of messages) FakeSocket.last.say(message);
  });
  await pass(LOOK);
}

/** Ends everything, so that no timer is left. */
async function leave(page: { readonly unmount: () => void }): Promise<void> {
  page.unmount();
  await pass(1);
}

const cells = (): (string | null)[] =>
  within(screen.getByRole('row', { name: /health/ }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
const shown = (): (string | null)[] =>
  [...document.querySelectorAll('b')].map(({ textContent }) => textContent);

describe('the panel', () => {
  test('shows the connection, and each topic with state, version, size, age and subscribers', async () => {
    const page = await mount();
    const data = health('ok', 'first');
    await say(healthSnapshot('v1', data));
    await pass(2_000);
    expect(screen.getByText(/^open, attempt 0/)).toBeDefined();
    const size = `${String(JSON.stringify(data).length)} B`;
    expect(cells()).toEqual(['success', 'v1', size, '3 s', '2', '1']);
    await leave(page);
  });

  test('shows the last frames, newest first, and what is in one', async () => {
    const page = await mount();
    await say(healthSnapshot('v1', health('ok')));
    const summaries = [...document.querySelectorAll('summary')];
    expect(
      summaries.map(({ textContent }) => textContent.replace(/^.*[AP]?M? ?(?=sent|rec)/, '')),
    ).toEqual([
      expect.stringMatching(/^received snapshot, \d+ B$/),
      expect.stringMatching(/^sent subscribe, \d+ B$/),
      expect.stringMatching(/^received welcome, \d+ B$/),
    ]);
    const details = summaries[0]!.parentElement as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect(details.querySelector('pre')?.textContent).toContain('"overall_status": "ok"');
    await leave(page);
  });

  test('shows the frames of a fallback, too', async () => {
    class OtherWay extends FakeSocket {}
    const openSocket = (url: string, protocol: string) => new OtherWay(url, protocol);
    const page = await mount(
      client({ fallback: { name: 'polling', openSocket, afterFailures: 1 } }),
    );
    while (!(FakeSocket.last instanceof OtherWay)) {
      act(() => {
        FakeSocket.last.fail();
      });
      await pass(5_000);
    }
    act(() => {
      FakeSocket.last.welcome();
    });
    await say(healthSnapshot('v1', health('ok')));
    expect(document.querySelector('summary')?.textContent).toMatch(/received snapshot, \d+ B$/);
    await leave(page);
  });

  test('is accessible', async () => {
    const page = await mount();
    await say(healthSnapshot('v1', health('ok')));
    // jsdom draws nothing, so that nothing can be said of contrast and icons.
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
    const rules = { 'color-contrast': { enabled: false } };
    const examined = axe.run(page.container, { rules });
    await pass(LOOK);
    const { violations } = await examined;
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await leave(page);
  });

  test('tells how to see more where the client is not inspected', async () => {
    const page = await mount(makeClient());
    expect(screen.getByText(/Make the client by inspectedClient\(\)/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Connect now' }));
    await leave(page);
  });
});

describe('dropping the connection', () => {
  test('is to the client as if the network broke, and it goes on by itself', async () => {
    const page = await mount();
    await say(healthSnapshot('v1', health('ok', 'first')));
    const dropped = FakeSocket.last;
    fireEvent.click(screen.getByRole('button', { name: 'Drop the connection' }));
    expect(dropped.phase).toBe('closed');
    expect(
      screen.getByText(/^reconnecting, attempt 1, next at .*, last closed with 1006/),
    ).toBeDefined();
    await pass(LOOK);
    expect(cells()[0]).toBe('success, stale');
    expect(
      screen.getByRole<HTMLButtonElement>('button', { name: 'Drop the connection' }).disabled,
    ).toBe(true);
    await pass(1_000);
    act(() => {
      FakeSocket.last.welcome();
    });
    await pass(LOOK);
    expect(FakeSocket.last.requests).toEqual([
      { type: 'resume', subscriptions: [{ topic: HEALTH, version: 'v1' }] },
    ]);
    await leave(page);
  });
});

describe('replay', () => {
  test('gives the client the last snapshot and the updates since once more, one by one', async () => {
    const page = await mount();
    await say(healthSnapshot('v0', health('ok', 'before')));
    await say(healthSnapshot('v1', health('ok', 'first')));
    await say(
      { type: 'batch', messages: [update('v1', 'v2', 'second')] },
      update('v2', 'v3', 'third'),
    );
    expect(shown()).toEqual(['third', 'third']);
    fireEvent.click(screen.getByRole('button', { name: /^Replay/ }));
    expect(shown()).toEqual(['first', 'first']);
    await pass(STEP);
    expect(shown()).toEqual(['second', 'second']);
    await pass(STEP);
    expect(shown()).toEqual(['third', 'third']);
    await say(update('v3', 'v4', 'fourth'));
    expect(shown()).toEqual(['fourth', 'fourth']);
    expect(FakeSocket.last.requests).toHaveLength(1);
    await leave(page);
  });

  test('is finished at once where the panel is closed', async () => {
    const page = await mount();
    await say(healthSnapshot('v1', health('ok', 'first')), update('v1', 'v2', 'second'));
    fireEvent.click(screen.getByRole('button', { name: /^Replay/ }));
    expect(shown()).toEqual(['first', 'first']);
    fireEvent.click(screen.getByRole('button', { name: 'groove devtools' }));
    expect(shown()).toEqual(['second', 'second']);
    await leave(page);
  });

  test('an update that comes meanwhile does no harm: the client asks anew', async () => {
    const page = await mount();
    await say(healthSnapshot('v1', health('ok', 'first')), update('v1', 'v2', 'second'));
    fireEvent.click(screen.getByRole('button', { name: /^Replay/ }));
    act(() => {
      FakeSocket.last.say(update('v2', 'v3', 'third'));
    });
    await act(settle);
    expect(FakeSocket.last.requests.at(-1)).toEqual({
      type: 'resume',
      subscriptions: [{ topic: HEALTH, version: 'v1' }],
    });
    await say(healthSnapshot('v3', health('ok', 'third')));
    await pass(3 * STEP);
    expect(shown()).toEqual(['third', 'third']);
    await leave(page);
  });
});

describe('what is kept', () => {
  function inspected() {
    const of = client();
    const end = of.subscribe(HEALTH);
    FakeSocket.last.welcome();
    const inspection = inspectionOf(of)!;
    return { of, end, inspection };
  }

  test('is the last 200 frames', async () => {
    const { of, end, inspection } = inspected();
    for (let n = 0; n < 300; n += 1) {
      FakeSocket.last.say({ type: 'heartbeat', server_time: '2026-03-01T08:30:00Z' });
    }
    expect(inspection.read().frames).toHaveLength(200);
    expect(inspection.read().frames.at(-1)?.number).toBe(302);
    end();
    await pass(1);
    of.close();
  });

  test('is no more than 4 MiB', async () => {
    const { of, end, inspection } = inspected();
    const long = 'x'.repeat(500_000);
    for (let n = 0; n < 20; n += 1) {
      FakeSocket.last.sayInvalid(JSON.stringify({ type: 'of a later version', long }));
    }
    const { frames } = inspection.read();
    expect(frames).toHaveLength(8);
    end();
    await pass(1);
    of.close();
  });

  test('is no token, and no topic that nobody wants any more', async () => {
    const { of, end, inspection } = inspected();
    inspection.sent(JSON.stringify({ type: 'authenticate', token: 'secret' }));
    expect(JSON.stringify(inspection.read())).not.toContain('secret');
    expect(inspection.read().topics).toEqual([
      { key: topicKey(HEALTH), subscribers: 1, version: undefined },
    ]);
    end();
    end();
    expect(inspection.read().topics).toEqual([]);
    await pass(1);
    of.close();
  });

  test('a frame that is no message breaks nothing', async () => {
    const { of, end, inspection } = inspected();
    inspection.received(new ArrayBuffer(1));
    inspection.received('null');
    inspection.received('{');
    expect(
      inspection
        .read()
        .frames.slice(-3)
        .map(({ message }) => message),
    ).toEqual([undefined, undefined, undefined]);
    end();
    await pass(1);
    of.close();
  });
});
