import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { BatchedMessage, DashboardRequest } from '../src/messages/types.ts';
import { asked, said } from '../tools/wire.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Chromium without its calls home, which a closed network would only slow down. */
const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: findChromium(),
    // Chromium's sandbox refuses to work for root.
    args: isRoot ? [...ARGUMENTS, '--no-sandbox'] : ARGUMENTS,
  });
}

/** The browser named by CHROMIUM, else the first one found; fails with how to install one. */
function findChromium(): string {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium and found none. Install it (`apt-get install chromium`, ' +
      'or Chrome from its makers), or set CHROMIUM to the path of its program.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A page that notes everything a person would find in the developer tools. Every frame of its WebSockets is held against
 * the schema.
 */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings on the console, and exceptions that nobody caught. */
  readonly complaints: string[];
  /** How many WebSockets the page has ever opened. */
  readonly sockets: () => number;
  /** How many frames have passed through them. */
  readonly frames: () => number;
  /** What the page has asked for. */
  readonly requests: DashboardRequest[];
  /** What it was told of topics, batches opened. */
  readonly news: BatchedMessage[];
}

/** A page in a window of its own, or a tab of the browser whose context is given. */
export async function openPage(
  browser: Pick<Browser | BrowserContext, 'newPage'>,
  url: string,
): Promise<WatchedPage> {
  const page = await browser.newPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  const watched = watchPage(page);
  await page.goto(url);
  return watched;
}

function watchPage(page: Page): WatchedPage {
  const complaints: string[] = [];
  let sockets = 0;
  let frames = 0;
  const requests: DashboardRequest[] = [];
  const news: BatchedMessage[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('websocket', (socket) => {
    sockets += 1;
    socket.on('framesent', ({ payload }) => {
      frames += 1;
      requests.push(asked(String(payload)));
    });
    socket.on('framereceived', ({ payload }) => {
      frames += 1;
      const message = said(String(payload));
      if (message.type === 'batch') news.push(...message.messages);
      else if ('topic' in message) news.push(message);
    });
  });
  return { page, complaints, sockets: () => sockets, frames: () => frames, requests, news };
}
