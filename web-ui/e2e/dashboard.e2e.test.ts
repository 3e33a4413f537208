import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IngestEvent } from '../src/messages/types.ts';
import {
  excerpt,
  formatCount,
  formatValue,
  HEADING_LENGTH,
  LINE_LENGTH,
} from '../src/app/format.ts';
import { violationsOf } from './accessibility.ts';
import { launchBrowser, openPage, type WatchedPage } from './browser.ts';
import { expectedOf, type History, takeHistory, uuidOf } from './history.ts';
import { Server } from '../tools/server.ts';

/** A live change may take that long before a test calls it missing. */
const LIVE_MS = 5_000;
/** A page may take that long to find a server that came back: the longest back-off, and a margin. */
const RECOVERY_MS = 30_000;

const server = new Server();
const folder = mkdtempSync(join(tmpdir(), 'groove-e2e-history-'));
let browser: Browser;
let history: History;
/** Two people look at the dashboard. */
let first: WatchedPage;
let second: WatchedPage;

beforeAll(async () => {
  history = takeHistory(folder);
  process.stdout.write(`e2e history: ${history.origin}\n`);
  browser = await launchBrowser();
  await server.start();
  first = await openPage(browser, server.url);
  second = await openPage(browser, `${server.url}/learnings`);
}, 180_000);

afterAll(async () => {
  // Undefined where there is no browser to launch: that error shall be the only one.
  await (browser as Browser | undefined)?.close();
  await server.remove();
  rmSync(folder, { recursive: true });
});

const connection = (page: Page) => page.locator('[data-connection]');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** The figure under a name. */
const stat = (page: Page, name: string) =>
  page.locator('.stat').filter({ has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) });

async function shows(locator: Locator, text: string | RegExp, timeout = LIVE_MS): Promise<void> {
  await locator.filter({ hasText: text }).first().waitFor({ timeout });
}

async function isLive(page: Page, timeout = LIVE_MS): Promise<void> {
  await page.locator('[data-connection=open]').waitFor({ timeout });
}

/** All topics of the page have arrived. */
async function isLoaded(page: Page): Promise<void> {
  await isLive(page);
  await page.locator('main:not(:has([aria-busy]))').waitFor({ timeout: LIVE_MS });
}

/** Tables that do not show all of their columns. */
async function cutTables(page: Page): Promise<(string | null)[]> {
  return page
    .locator('.table-frame')
    .evaluateAll((frames) =>
      frames
        .filter((frame) => frame.scrollWidth > frame.clientWidth)
        .map((frame) => frame.getAttribute('aria-label')),
    );
}

async function send(...events: IngestEvent[]): Promise<void> {
  const response = await fetch(`${server.url}/api/groove/events`, {
    method: 'POST',
    body: JSON.stringify(events),
  });
  expect(await response.text()).toContain('accepted');
}

function report(message: string): IngestEvent {
  return {
    event_id: uuidOf(`report ${message}`),
    type: 'component_reported',
    occurred_at: new Date().toISOString(),
    component: 'assessment',
    status: 'ok',
    message,
  };
}

describe('a dashboard, from its first start', () => {
  test('an empty one says how facts get in', async () => {
    await isLive(first.page);
    await shows(first.page.locator('.empty'), 'Nothing has been learned yet.');
    await shows(first.page.locator('.empty'), `ingest FILE --url ${server.url}`);
    await shows(second.page.locator('.empty'), 'Nothing has been learned yet.');
  });

  test('an ingested history shows in every page that is open, without a reload', async () => {
    for (const { page } of [first, second]) {
      await page.evaluate(() => {
        document.body.dataset['loadedBefore'] = 'yes';
      });
    }
    const answer = await server.ingest(history.file);
    expect(answer).toContain(`accepted ${String(history.events.length)}`);
    const { learnings } = expectedOf(history);
    await shows(stat(first.page, 'All'), new RegExp(`^All${formatCount(learnings)}$`));
    await shows(second.page.locator('.pages'), `${formatCount(learnings)} learnings`);
    for (const { page } of [first, second]) {
      expect(await page.locator('body').getAttribute('data-loaded-before')).toBe('yes');
    }
  });

  test('the same history again changes nothing', async () => {
    const answer = await server.ingest(history.file);
    expect(answer).toContain(`duplicates ${String(history.events.length)}`);
    await shows(
      second.page.locator('.pages'),
      `${String(expectedOf(history).learnings)} learnings`,
    );
  });

  test('a year of attribution and sessions is what the history says', async () => {
    const { page } = first;
    const { helping, assessedSessions } = expectedOf(history);
    await page.getByRole('link', { name: 'Attribution', exact: true }).click();
    await page.getByRole('link', { name: '365 days' }).click();
    expect(new URL(page.url()).search).toBe('?days=365');
    await shows(
      page.locator('.panel'),
      `The newest 100 of ${formatCount(assessedSessions)} sessions.`,
    );
    const rows = page.getByRole('table', { name: 'Top contributors' }).locator('tbody tr');
    expect(await rows.count()).toBe(Math.min(20, helping.length));
    const shown = await rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('a, .value')].map((cell) => cell.textContent)),
    );
    const expected = helping
      .slice(0, 20)
      .map((row) => [excerpt(row.content, LINE_LENGTH), formatValue(row.value)]);
    expect(shown).toEqual(expected);
    await page.getByRole('link', { name: /^Show \d+ sessions$/ }).click();
    const listed = Math.min(500, assessedSessions);
    await page
      .locator('.session')
      .nth(listed - 1)
      .waitFor({ timeout: LIVE_MS });
    expect(await page.locator('.session').count()).toBe(listed);
  });

  test('a component that reports shows on the health page at once', async () => {
    const { page } = first;
    await page.getByRole('link', { name: 'Health', exact: true }).click();
    await send(report('all sessions are judged'), {
      event_id: uuidOf('exploration'),
      type: 'adaptive_param_updated',
      occurred_at: new Date().toISOString(),
      name: 'exploration_rate',
      value: 0.15,
      confidence: 0.6,
    });
    await shows(page.getByRole('table', { name: 'Components' }), 'all sessions are judged');
    await shows(page.getByRole('table', { name: 'Adaptive parameters' }), 'exploration_rate');
  });

  test('nobody has complained, and each page has opened one WebSocket', () => {
    for (const { complaints, sockets, frames } of [first, second]) {
      expect(complaints).toEqual([]);
      expect(sockets()).toBe(1);
      // Welcome, a request and an answer: every one of them was held against the schema.
      expect(frames()).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('a person who acts on a learning', () => {
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (page: Page) => page.getByRole('dialog');
  const firstRow = (page: Page) =>
    page.getByRole('table', { name: 'Learnings' }).locator('tbody tr').first();

  test('opens it by the keyboard, and the heading takes the focus', async () => {
    const { page } = first;
    await page.getByRole('link', { name: 'Learnings', exact: true }).click();
    const link = firstRow(page).getByRole('link');
    const content = (await link.getAttribute('title')) ?? '';
    await link.press('Enter');
    await shows(heading(page), excerpt(content, HEADING_LENGTH));
    expect(await heading(page).evaluate((h1) => h1 === document.activeElement)).toBe(true);
  });

  test('can leave the confirmation by Escape, and the focus returns', async () => {
    const { page } = first;
    await button(page, 'Disable').press('Enter');
    await shows(dialog(page), 'Disable this learning?');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden', timeout: LIVE_MS });
    const isFocused = await button(page, 'Disable').evaluate(
      (node) => node === document.activeElement,
    );
    expect(isFocused).toBe(true);
    await shows(stat(page, 'Status'), 'Active');
  });

  test('disables it, and the other page sees that', async () => {
    await shows(firstRow(second.page), 'Active');
    const { page } = first;
    await button(page, 'Disable').click();
    await dialog(page).getByRole('button', { name: 'Disable' }).click();
    await shows(page.locator('.outcome'), 'Disabled.');
    await shows(stat(page, 'Status'), 'Disabled');
    await shows(firstRow(second.page), 'Disabled');
  });

  test('finds it among the disabled ones', async () => {
    await second.page.getByLabel('Status').selectOption({ label: 'Disabled' });
    await shows(second.page.locator('.pages'), '1 learning');
    expect(new URL(second.page.url()).search).toBe('?status=disabled');
    await second.page.goBack();
    await shows(
      second.page.locator('.pages'),
      `${String(expectedOf(history).learnings)} learnings`,
    );
  });
});

describe('a server that crashes and comes back', () => {
  test('the page says so, keeps what it knows, and recovers by itself', async () => {
    const { page } = first;
    const before = await page.locator('.detail').innerText();
    await server.kill();
    await shows(connection(page), 'Reconnecting');
    await shows(page.locator('.note'), 'newer facts may be missing');
    await shows(heading(page), (await heading(page).textContent()) ?? '');
    await server.start();
    for (const { page: each } of [first, second]) {
      await isLive(each, RECOVERY_MS);
      await each.locator('main:not(:has(.note))').waitFor({ timeout: LIVE_MS });
    }
    // What was announced before (the outcome of the action) stays as well.
    expect(await page.locator('.detail').innerText()).toBe(before);
    await shows(firstRowOf(second.page), 'Disabled');
    await shows(
      second.page.locator('.pages'),
      `${String(expectedOf(history).learnings)} learnings`,
    );
  });

  test('what happens afterwards is live again', async () => {
    const { page } = first;
    await page.getByRole('link', { name: 'Health', exact: true }).click();
    await send(report('back at work'));
    await shows(page.getByRole('table', { name: 'Components' }), 'back at work');
  });

  test('only the lost connection was complained about', () => {
    for (const { complaints } of [first, second]) {
      expect(complaints.filter((text) => !text.includes('/ws/groove/dashboard'))).toEqual([]);
      complaints.length = 0;
    }
  });

  const firstRowOf = (page: Page) =>
    page.getByRole('table', { name: 'Learnings' }).locator('tbody tr').first();
});

describe('every page', () => {
  // The longest word of a status in every row: a table must fit with it.
  beforeAll(async () => {
    const ids = history.events.flatMap((event) =>
      event.type === 'learning_extracted' ? [event.learning.id] : [],
    );
    await send(
      ...ids.map((id): IngestEvent => ({
        event_id: uuidOf(`review of ${id}`),
        type: 'learning_status_changed',
        occurred_at: new Date().toISOString(),
        learning_id: id,
        status: 'under_review',
      })),
    );
  });

  const paths: [string, string][] = [
    ['/', 'Overview'],
    ['/learnings?sort=value', 'Learnings'],
    ['/attribution?days=365', 'Attribution'],
    ['/strategy', 'Strategy'],
    ['/health', 'Health'],
    ['/no/such/page', 'Page not found'],
  ];

  test.each(paths)('%s opens from its address alone', async (path, title) => {
    const { page } = first;
    await page.goto(server.url + path);
    await shows(heading(page), title);
    await isLoaded(page);
    await page.reload();
    await shows(heading(page), title);
    expect(page.url()).toBe(server.url + path);
    expect(await page.title()).toBe(`${title} · groove`);
  });

  test('a learning opens from its address alone', async () => {
    const extracted = history.events.find((event) => event.type === 'learning_extracted');
    if (extracted === undefined) throw new Error('The history has no learning.');
    const { id, content } = extracted.learning;
    await first.page.goto(`${server.url}/learnings/${id}`);
    await shows(heading(first.page), excerpt(content, HEADING_LENGTH));
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 375],
  ] as const)('is accessible and fits in %s at %i px', async (colorScheme, width) => {
    const { page } = first;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const detail = await second.page.locator('.learning-link').first().getAttribute('href');
    for (const [path] of [...paths, [detail ?? '']]) {
      await page.goto(`${server.url}${path ?? ''}`);
      await isLoaded(page);
      expect(await violationsOf(page), path).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${path ?? ''} is wider than its window`).toBeLessThanOrEqual(0);
      if (width >= 1280) expect(await cutTables(page), path).toEqual([]);
    }
  });

  test('nobody has complained', () => {
    expect(first.complaints).toEqual([]);
    expect(second.complaints).toEqual([]);
  });
});

describe('at the end', () => {
  test('a deleted learning is gone everywhere, and its page says so', async () => {
    const { learnings } = expectedOf(history);
    const href = await second.page.locator('.learning-link').first().getAttribute('href');
    const { page } = first;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${server.url}${href ?? ''}`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await shows(heading(page), 'Learning deleted');
    expect(await heading(page).evaluate((h1) => h1 === document.activeElement)).toBe(true);
    await shows(second.page.locator('.pages'), `${String(learnings - 1)} learnings`);
    await page.reload();
    await shows(heading(page), 'No such learning');
  });

  test('every event that is posted gets to the page, and how long that takes is told', async () => {
    const { page } = first;
    await page.goto(`${server.url}/health`);
    await isLoaded(page);
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const text = `measured ${String(round)}.`;
      const body = JSON.stringify([report(text)]);
      times.push(await page.evaluate(eventToPixel, { body, text }));
    }
    times.sort((a, b) => a - b);
    const [p50, p95] = [times[9], times[18]].map((time) => time?.toFixed(0));
    process.stdout.write(
      `e2e event to pixel, 20 events: p50 ${p50 ?? ''} ms, p95 ${p95 ?? ''} ms\n`,
    );
    expect(times).toHaveLength(20);
  });

  test('the server ends cleanly when asked to', async () => {
    expect(await server.stop(), server.said).toBe(0);
  });
});

/** Posts events from within the page; resolves with the ms until the text is in the page, about to be drawn. */
function eventToPixel({ body, text }: { body: string; text: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    let started = 0;
    const observer = new MutationObserver(() => {
      if (!document.body.textContent.includes(text)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        resolve(performance.now() - started);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    // A topic that has just changed waits up to 100 ms for its next change; each event is measured on its own.
    setTimeout(() => {
      started = performance.now();
      fetch('/api/groove/events', { method: 'POST', body }).catch(reject);
    }, 200);
  });
}
