import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const VITEST = fileURLToPath(new URL('./vitest.mjs', import.meta.resolve('vitest/package.json')));
const REPORTER = fileURLToPath(new URL('closing-line.ts', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closing-line-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs vitest on one test file in a folder of its own. */
function run(source: string, ...args: string[]): { code: number | null; last: string | undefined } {
  writeFileSync(join(folder, 'sample.test.js'), source);
  const command = [VITEST, 'run', '--root', folder, '--globals', '--reporter=default'];
  const { status, stdout } = spawnSync(
    process.execPath,
    [...command, `--reporter=${REPORTER}`, ...args],
    { encoding: 'utf8', env: { ...process.env, CI: 'true', NO_COLOR: '1' } },
  );
  return { code: status, last: stdout.trimEnd().split('\n').at(-1) };
}

test('passing tests are counted and the run succeeds', () => {
  const outcome = run(`test('a', () => {}); test('b', () => {})`);
  expect(outcome).toEqual({ code: 0, last: 'vitest: 2 passed, 0 failed' });
});

test('a failing test fails the run', () => {
  const outcome = run(`test('a', () => {}); test('b', () => { expect(1).toBe(2) })`);
  expect(outcome).toEqual({ code: 1, last: 'vitest: 1 passed, 1 failed' });
});

test('a file that cannot be loaded fails the run', () => {
  const outcome = run(`throw new Error('no')`);
  expect(outcome).toEqual({ code: 1, last: 'vitest: 0 passed, 1 failed' });
});

test('a skipped test fails the run', () => {
  const outcome = run(`test('a', () => {}); test.skip('b', () => {})`);
  expect(outcome).toEqual({ code: 1, last: 'vitest: 1 passed, 1 failed' });
});

test('an error outside any test fails the run', () => {
  const outcome = run(`test('a', () => { Promise.reject(new Error('lost')) })`);
  expect(outcome).toEqual({ code: 1, last: 'vitest: 1 passed, 1 failed' });
});

test('a name pattern may leave tests out', () => {
  const outcome = run(`test('a', () => {}); test('b', () => {})`, '-t', 'a');
  expect(outcome).toEqual({ code: 0, last: 'vitest: 1 passed, 0 failed' });
});
