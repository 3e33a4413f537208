import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DashboardTopic, IngestEvent } from '../src/messages/types.ts';
import { extracted } from '../tools/events.ts';
import { Server } from '../tools/server.ts';
import { SlowNetwork } from '../tools/slow-network.ts';
import { launchBrowser, openPage } from './browser.ts';

/** A change on a network that is not slow. */
const LIVE_MS = 5_000;
/** What a page of this size may take on the slow one. */
const SLOW_MS = 60_000;
/** The longest back-off, and a margin. */
const RECOVERY_MS = 30_000;

const server = new Server();
let browser: Browser;

const learnings = (first: number, end: number): IngestEvent[] =>
  Array.from({ length: end - first }, (_, n) =>
    extracted(`Learning number ${String(first + n)} of those that come in one after the other`),
  );

async function isLive(page: Page, timeout: number): Promise<void> {
  await page.locator('[data-connection=open]').waitFor({ timeout });
}

async function shows(page: Page, text: string, timeout: number): Promise<void> {
  await page.locator('.pages').filter({ hasText: text }).waitFor({ timeout });
}

/** The version that the server has of a page of learnings, over HTTP and past the slow network. */
async function versionOf(topic: DashboardTopic | undefined): Promise<string | null> {
  if (topic?.topic !== 'learnings') throw new Error('The page was told of no learnings.');
  const { limit, offset, sort } = topic;
  const query = new URLSearchParams({
    limit: String(limit),
    offset: String(offset),
    sort: sort ?? '',
  });
  const response = await fetch(`${server.url}/api/groove/dashboard/learnings?${String(query)}`);
  return response.headers.get('etag');
}

beforeAll(async () => {
  browser = await launchBrowser();
  await server.start();
  await server.send(...learnings(0, 100));
}, 180_000);

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await server.remove();
});

test('after a crash of the server one `resume` is enough, and nothing that is known is sent again', async () => {
  const { page, requests, news } = await openPage(browser, `${server.url}/learnings`);
  await shows(page, '100 learnings', LIVE_MS);
  await server.kill();
  await page.locator('[data-connection=reconnecting]').waitFor({ timeout: LIVE_MS });
  requests.length = news.length = 0;
  await server.start();
  await isLive(page, RECOVERY_MS);
  await page.locator('main:not(:has(.note))').waitFor({ timeout: LIVE_MS });
  expect(requests.map(({ type }) => type)).toEqual(['resume']);
  expect(news.filter(({ topic }) => topic?.topic === 'learnings')).toMatchObject([
    { type: 'current' },
  ]);
  await page.close();
});

test('a slow network shows the newest in the end, over one connection', async () => {
  const network = new SlowNetwork(server.port, { latencyMs: 150, bytesPerSecond: 20_000 });
  try {
    const watched = await openPage(browser, `${await network.open()}/learnings`);
    await isLive(watched.page, SLOW_MS);
    await shows(watched.page, '100 learnings', SLOW_MS);
    // They come faster than the network can carry them.
    for (let first = 100; first < 500; first += 10)
      await server.send(...learnings(first, first + 10));
    await shows(watched.page, '500 learnings', SLOW_MS);
    const states = watched.news.flatMap((one) => ('version' in one ? [one] : []));
    const last = states.findLast(({ topic }) => topic.topic === 'learnings');
    expect(`"${String(last?.version)}"`).toBe(await versionOf(last?.topic));
    expect(watched.sockets()).toBe(1);
    expect(watched.complaints).toEqual([]);
    await watched.page.close();
  } finally {
    await network.close();
  }
});
