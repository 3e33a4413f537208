import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extracted } from '../tools/events.ts';
import { Server } from '../tools/server.ts';
import { launchBrowser, openPage, type WatchedPage } from './browser.ts';
import type * as sharedTab from './shared-tab.ts';

declare global {
  /** There in the pages of this test. */
  var tab: typeof sharedTab;
}

/** A tab may take that long to find another connection; in fact it takes about a third of a second. */
const HANDOVER_MS = 5_000;

const server = new Server();
let browser: Browser;
let context: BrowserContext;
let script: string;
let tabs: WatchedPage[] = [];
let sent = 0;

beforeAll(async () => {
  script = await bundle();
  browser = await launchBrowser();
  context = await browser.newContext();
  await server.start();
}, 180_000);

afterAll(async () => {
  // Undefined where there is no browser to launch: that error shall be the only one.
  await (browser as Browser | undefined)?.close();
  await server.remove();
});

/** The page's script, as one text. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('shared-tab.ts', import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'tab' } },
  });
  const [output] = Array.isArray(result) ? result : [];
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error('The page was not bundled.');
  return chunk.code;
}

/** A tab of the one browser. The page is one that has no dashboard of its own. */
async function openTab(): Promise<WatchedPage> {
  const watched = await openPage(context, `${server.url}/healthz`);
  await watched.page.evaluate(script);
  tabs.push(watched);
  return watched;
}

async function send(): Promise<void> {
  sent += 1;
  await server.send(extracted(`Learning ${String(sent)}`));
}

async function shows(page: Page, total: number): Promise<void> {
  await page.waitForFunction((expected) => globalThis.tab.total() === expected, total, {
    polling: 20,
    timeout: HANDOVER_MS,
  });
}

/** Every tab shows what there is now. */
async function allShow(): Promise<void> {
  await Promise.all(tabs.map(({ page }) => shows(page, sent)));
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^groove_dashboard_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** The tab that has a WebSocket of its own. */
function leader(): WatchedPage {
  const withSocket = tabs.filter(({ sockets }) => sockets() > 0);
  expect(withSocket).toHaveLength(1);
  return withSocket[0]!;
}

test('three tabs share one connection, and each sees every change', async () => {
  for (let n = 0; n < 3; n += 1) await openTab();
  await allShow();
  await send();
  await allShow();
  expect(await metric('connections')).toBe(1);
  expect(tabs.map(({ sockets }) => sockets())).toEqual([1, 0, 0]);
});

test('what one does, the others see', async () => {
  await tabs[2]!.page.evaluate(() => globalThis.tab.disableNewest());
  for (const { page } of tabs) {
    await page.waitForFunction(() => globalThis.tab.statusOfNewest() === 'disabled', null, {
      polling: 20,
      timeout: HANDOVER_MS,
    });
  }
});

test.each([
  ['is closed', (page: Page) => page.close()],
  [
    'crashes',
    async (page: Page) => {
      const crashed = page.waitForEvent('crash');
      // Never answered: there is nobody any more.
      page.goto('chrome://crash').catch(() => undefined);
      await crashed;
    },
  ],
])('the tab with the connection %s, and the others miss nothing', async (_, end) => {
  const gone = leader();
  const begun = performance.now();
  await end(gone.page);
  tabs = tabs.filter((one) => one !== gone);
  await send(); // perhaps while nobody is connected
  await allShow();
  process.stdout.write(`live again after ${String(Math.round(performance.now() - begun))} ms\n`);
  await send();
  await allShow();
  expect(leader().sockets()).toBe(1);
  expect(await metric('connections')).toBe(1);
  await openTab();
  await allShow();
  expect(await metric('connections')).toBe(1);
});

test('nobody has complained', () => {
  for (const { complaints } of tabs) expect(complaints).toEqual([]);
});
