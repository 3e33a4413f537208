import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** An application as the guide has it. */
const APP = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { DashboardProvider } from '@groove/dashboard/react';
import { DashboardDevtools, inspectedClient } from '@groove/dashboard/devtools';

const client = inspectedClient({ url: 'ws://127.0.0.1/' });
const root = document.createElement('div');
createRoot(root).render(
  createElement(DashboardProvider, { client }, createElement(DashboardDevtools)),
);
`;

/** What only the devtools say. */
const TRACES = [
  /InspectedClient/,
  /groove devtools/,
  /Drop the connection/,
  /dropped by the devtools/,
  /Last frames/,
];

let folder: string;
beforeEach(() => {
  // Within the package, so that its name leads to it.
  folder = mkdtempSync(join(ROOT, 'contract', '.app-'));
  writeFileSync(join(folder, 'main.js'), APP);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The code of every file that vite makes of the application. */
async function bundled(mode: 'production' | 'development'): Promise<readonly string[]> {
  vi.stubEnv('NODE_ENV', mode);
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    mode,
    resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
    build: { write: false, minify: false, rolldownOptions: { input: join(folder, 'main.js') } },
  });
  if (!('output' in result)) throw new Error('vite made no bundle, or several');
  return result.output.map((file) => (file.type === 'chunk' ? file.code : ''));
}

test('a production bundle holds nothing of the devtools', async () => {
  const code = await bundled('production');
  expect(code.join('')).toContain('groove.dashboard.v1');
  for (const trace of TRACES) expect(code.filter((one) => trace.test(one))).toEqual([]);
});

test('a development bundle holds the panel, in a file of its own', async () => {
  const [main = '', ...apart] = await bundled('development');
  expect(main).toContain('dropped by the devtools');
  expect(main).not.toContain('Drop the connection');
  expect(apart.join('')).toContain('Drop the connection');
});
