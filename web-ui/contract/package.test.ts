import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import * as client from '@groove/dashboard';
import type { DashboardTopic, HealthData, LearningsData, TopicDataByName } from '@groove/dashboard';
import { createMirror, DashboardError } from '@groove/dashboard/mirror';
import * as hooks from '@groove/dashboard/react';
import type * as react from '@groove/dashboard/react';
import { ConsumerProject, outputOf, PACKAGE } from '../tools/package.ts';
import { Server } from '../tools/server.ts';
import { extracted } from '../tools/events.ts';

const ROOT = join(PACKAGE, '..');
/** `make test` installs it there; a Node of one's own may be named instead. */
const NODE_22 = process.env['NODE_22'] ?? join(ROOT, '.venv/node-22/node_modules/.bin/node');
const OLDEST_REACT = join(ROOT, '.ci/react-18');

describe('in this repository', () => {
  test('the entries of the package lead to the sources', () => {
    expect(client.DashboardClient).toBeTypeOf('function');
    expect(client.TOPIC_NAMES).toContain('health');
    expect(client.TOPIC_DEFAULTS.learnings.limit).toBe(100);
    expect(client.VALUES_OF.LearningStatus).toContain('disabled');
    expect(hooks.useHealth).toBeTypeOf('function');
    expect(hooks.DashboardError).toBe(client.DashboardError);
    expect(createMirror).toBeTypeOf('function');
    expect(DashboardError).toBe(client.DashboardError);
  });

  test('the types of the messages can be imported from both', () => {
    expectTypeOf<TopicDataByName['health']>().toEqualTypeOf<HealthData>();
    expectTypeOf<react.LearningsData>().toEqualTypeOf<LearningsData>();
    expectTypeOf<react.DashboardTopic>().toEqualTypeOf<DashboardTopic>();
    expectTypeOf<react.UseTopicOptions<HealthData>['select']>().toEqualTypeOf<
      react.Select<HealthData, HealthData> | undefined
    >();
  });
});

describe('packed and installed elsewhere', () => {
  const project = new ConsumerProject();
  let files: readonly string[] = [];

  beforeAll(async () => {
    files = await project.install();
  });

  afterAll(() => {
    project.remove();
  });

  test('it holds its license, its readme and its sources, and no tests and checks', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'package.json',
        'dist/client/index.js',
        'dist/hooks/index.d.ts',
        'dist/mirror/index.js',
        'dist/testing/index.js',
        'examples/headless.js',
        'src/client/index.ts',
        'src/hooks/index.ts',
        'src/messages/types.ts',
        'src/mirror/index.ts',
      ]),
    );
    expect(files.filter((path) => /__tests__|\.check\./.test(path))).toEqual([]);
  });

  test.each([
    ['publint', 'run', '--strict'],
    ['attw', '--profile', 'esm-only'],
  ])('%s finds nothing wrong', async (linter, ...parameters) => {
    const command = join(ROOT, 'node_modules/.bin', linter);
    expect(await outputOf(command, ...parameters, project.tarball)).toBe('');
    expect(await outputOf(command, ...parameters, `${project.tarball}.not`)).not.toBe('');
  });

  const page = { lib: ['es2022', 'dom'], types: [] };

  describe.each(['typescript-5.9', 'typescript', 'typescript-7'])('%s', (typescript) => {
    test('takes it in a program for Node, and in tests', async () => {
      const node = { typescript, lib: ['es2022'], types: ['node'] };
      project.link('@types/node', ROOT);
      const files = [
        await project.copy('contract/consumers/headless.ts'),
        await project.copy('contract/consumers/mirror.ts'),
        await project.copy('contract/consumers/tests.ts'),
      ];
      expect(await project.complaints(files, { ...node, moduleResolution: 'nodenext' })).toBe('');
    });

    test.each(['nodenext', 'bundler'] as const)(
      'takes it in an app whose modules are resolved as %s',
      async (moduleResolution) => {
        project.link('@types/react', ROOT);
        const file = await project.copy('contract/consumers/components.tsx');
        expect(await project.complaints([file], { ...page, typescript, moduleResolution })).toBe(
          '',
        );
      },
    );
  });

  const bundled = { ...page, typescript: 'typescript-7', moduleResolution: 'bundler' } as const;

  test('it fits the types of the oldest React', async () => {
    project.link('@types/react', OLDEST_REACT);
    const file = await project.copy('contract/consumers/components.tsx');
    expect(await project.complaints([file], bundled)).toBe('');
  });

  test('a use that its types do not allow is told', async () => {
    project.write('wrong.ts', `import { useHealth } from '@groove/dashboard';\nuseHealth();\n`);
    expect(await project.complaints(['wrong.ts'], bundled)).toContain(
      "no exported member 'useHealth'",
    );
  });

  describe('run by itself against the real server', () => {
    const server = new Server();

    beforeAll(async () => {
      await server.start();
    });

    afterAll(async () => {
      await server.remove();
    });

    test.each([
      { example: 'headless.js', least: 22, node: NODE_22 },
      { example: 'headless-ws.js', least: 20, node: process.execPath },
      { example: 'mirror.js', least: 22, node: NODE_22 },
    ])('$example hears of changes in Node $least', async ({ example, least, node }) => {
      expect(await majorOf(node)).toBeGreaterThanOrEqual(least);
      project.link('ws', ROOT);
      const file = join(project.folder, await project.copy(`examples/${example}`));
      const program = spawn(node, [file, server.socketUrl], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
      const first = (await lines.next()).value as string;
      await server.send(extracted('Run without a page'));
      const second = (await lines.next()).value as string;
      expect(first).toMatch(/^\d+ learnings$/);
      expect(second).toBe(`${String(parseInt(first, 10) + 1)} learnings`);
      program.kill('SIGINT');
      expect(await once(program, 'exit')).toEqual([0, null]);
    });
  });
});

async function majorOf(node: string): Promise<number> {
  const { stdout } = await promisify(execFile)(node, ['--version']);
  return Number(/^v(\d+)/.exec(stdout)?.[1]);
}
