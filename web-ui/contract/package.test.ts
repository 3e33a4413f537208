import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, expectTypeOf, test } from 'vitest';
import * as client from '@groove/dashboard';
import type { DashboardTopic, HealthData, LearningsData, TopicDataByName } from '@groove/dashboard';
import * as hooks from '@groove/dashboard/react';
import type * as react from '@groove/dashboard/react';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

test('both entries of the package lead to the sources', () => {
  expect(client.DashboardClient).toBeTypeOf('function');
  expect(client.TOPIC_NAMES).toContain('health');
  expect(client.TOPIC_DEFAULTS.learnings.limit).toBe(100);
  expect(client.VALUES_OF.LearningStatus).toContain('disabled');
  expect(hooks.useHealth).toBeTypeOf('function');
  expect(hooks.DashboardError).toBe(client.DashboardError);
});

test('the types of the messages can be imported from both', () => {
  expectTypeOf<TopicDataByName['health']>().toEqualTypeOf<HealthData>();
  expectTypeOf<react.LearningsData>().toEqualTypeOf<LearningsData>();
  expectTypeOf<react.DashboardTopic>().toEqualTypeOf<DashboardTopic>();
  expectTypeOf<react.UseTopicOptions<HealthData>['select']>().toEqualTypeOf<
    react.Select<HealthData, HealthData> | undefined
  >();
});

test('the package holds its license and its readme, and no tests and checks', () => {
  // Without scripts: this is about which files, not about building them.
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(output) as readonly Packed[];
  const files = packed?.files.map(({ path }) => path) ?? [];
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'package.json',
      'src/client/index.ts',
      'src/hooks/index.ts',
      'src/messages/types.ts',
    ]),
  );
  expect(files.filter((path) => /__tests__|\.check\./.test(path))).toEqual([]);
});
