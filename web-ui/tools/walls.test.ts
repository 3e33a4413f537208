import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const RULES = new Set(['@typescript-eslint/no-restricted-imports', 'no-restricted-syntax']);

// The project's own configuration, less the rules that need types: those need the file on disk.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => RULES.has(ruleId),
});

/** What the walls say to one statement in one file; empty where they let it pass. */
async function refusals(file: string, statement: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${statement}\n`, { filePath: `${root}src/${file}` });
  return result!.messages
    .filter(({ ruleId, fatal }) => fatal === true || (ruleId !== null && RULES.has(ruleId)))
    .map(({ message }) => message);
}

const REFUSED: readonly (readonly [file: string, statement: string])[] = [
  ['messages/other.ts', `import { backoff } from '../mirror/backoff.ts';`],
  ['messages/other.ts', `import ws from 'ws';`],
  ['mirror/mirror.ts', `import { watchPage } from '../client/page.ts';`],
  ['mirror/mirror.ts', `import patch from 'fast-json-patch';`],
  ['mirror/__tests__/mirror.test.ts', `import { DashboardClient } from '../../client/index.ts';`],
  ['client/client.ts', `import { useState } from 'react';`],
  ['client/client.ts', `import type { ReactNode } from 'react';`],
  ['client/client.ts', `import { useTopic } from '../hooks/useTopic.ts';`],
  ['client/client.ts', `export * from '../app/main.tsx';`],
  ['client/client.ts', `import patch from 'fast-json-patch';`],
  ['client/client.ts', `const react = await import('react');`],
  ['client/__tests__/client.test.ts', `import { render } from 'react-dom';`],
  ['client/__tests__/client.test.ts', `import { useTopic } from '../../hooks/useTopic.ts';`],
  ['hooks/useTopic.ts', `import { Page } from '../app/Page.tsx';`],
  ['hooks/useTopic.ts', `import { backoff } from '../mirror/backoff.ts';`],
  ['hooks/useTopic.ts', `import { createRoot } from 'react-dom/client';`],
  ['hooks/useTopic.ts', `import { Panel } from '../devtools/Panel.tsx';`],
  ['hooks/useTopic.ts', `const backoff = await import('../mirror/backoff.ts');`],
  ['devtools/Panel.tsx', `import { backoff } from '../mirror/backoff.ts';`],
  ['devtools/Panel.tsx', `import { useTopic } from '../hooks/useTopic.ts';`],
  ['devtools/Panel.tsx', `import { Page } from '../app/Page.tsx';`],
  ['devtools/Panel.tsx', `const app = await import('../app/App.tsx');`],
  ['devtools/__tests__/Panel.test.tsx', `import { Page } from '../../app/Page.tsx';`],
  ['hooks/__tests__/useTopic.test.ts', `import { Page } from '../../app/Page.tsx';`],
  ['shared-socket/hub.ts', `import { backoff } from '../mirror/backoff.ts';`],
  ['shared-socket/hub.ts', `import { useTopic } from '../hooks/index.ts';`],
  ['polling/polling.ts', `import { backoff } from '../mirror/backoff.ts';`],
  ['polling/polling.ts', `import { useTopic } from '../hooks/index.ts';`],
  ['polling/__tests__/polling.test.ts', `import { useTopic } from '../../hooks/index.ts';`],
  ['testing/fake-server.ts', `import { vi } from 'vitest';`],
  ['testing/fake-server.ts', `import { useTopic } from '../hooks/index.ts';`],
  ['testing/fake-server.ts', `import { backoff } from '../mirror/backoff.ts';`],
  ['testing/__tests__/fake-server.test.ts', `import { act } from 'react';`],
  ['client/client.ts', `import { FakeServer } from '../testing/index.ts';`],
  ['hooks/useTopic.ts', `import { FakeServer } from '../testing/index.ts';`],
  ['app/main.tsx', `import { fixtures } from '../testing/index.ts';`],
  ['messages/__tests__/examples.test.ts', `import { topicKey } from '../../client/index.ts';`],
  ['app/__tests__/main.test.tsx', `import { DashboardClient } from '../../client/index.ts';`],
  ['app/main.tsx', `import { DashboardClient } from '../client/index.ts';`],
  ['app/main.tsx', `import { DashboardClient } from '@groove/dashboard';`],
  ['app/pages/Health.tsx', `import type { TopicState } from '../../client/index.ts';`],
  ['app/pages/Health.tsx', `const lazy = import('../../client/index.ts');`],
  ['app/pages/Health.tsx', `import { TOPIC_NAMES } from '../../messages/types.ts';`],
];

const ALLOWED: readonly (readonly [file: string, statement: string])[] = [
  ['mirror/mirror.ts', `import { backoff } from './backoff.ts';`],
  ['mirror/mirror.ts', `import { SUBPROTOCOL } from '../messages/protocol.ts';`],
  [
    'mirror/__tests__/mirror.test.ts',
    `import { FakeSocket } from '../../client/__tests__/fake-socket.ts';`,
  ],
  ['client/client.ts', `import { watchPage } from './page.ts';`],
  ['client/client.ts', `import { createMirror } from '../mirror/mirror.ts';`],
  ['client/client.ts', `import { SCHEMA_HASH } from '../messages/types.ts';`],
  ['client/client.ts', `import { SUBPROTOCOL } from '../messages/protocol.ts';`],
  ['client/__tests__/client.test.ts', `import patch from 'fast-json-patch';`],
  ['hooks/useTopic.ts', `import { useState } from 'react';`],
  ['hooks/useTopic.ts', `import { DashboardClient } from '../client/index.ts';`],
  ['hooks/useTopic.ts', `import type { HealthData } from '../messages/types.ts';`],
  ['hooks/useTopic.ts', `const part = await import('./optimism.ts');`],
  ['devtools/Panel.tsx', `import { useTopic } from '../hooks/index.ts';`],
  ['devtools/Panel.tsx', `import { topicKey } from '../client/index.ts';`],
  ['devtools/DashboardDevtools.tsx', `const panel = await import('./Panel.tsx');`],
  ['shared-socket/hub.ts', `import { topicKey } from '../client/index.ts';`],
  ['shared-socket/hub.ts', `import { pack } from '../mirror/pack.ts';`],
  ['polling/polling.ts', `import { topicKey } from '../client/index.ts';`],
  ['polling/polling.ts', `import { SOCKET_PATH } from '../messages/protocol.ts';`],
  ['testing/fake-server.ts', `import { DashboardClient } from '../client/index.ts';`],
  ['testing/__tests__/fake-server.test.ts', `import patch from 'fast-json-patch';`],
  ['app/__tests__/App.test.tsx', `import { FakeServer } from '../../testing/index.ts';`],
  ['messages/__tests__/examples.test.ts', `import { Ajv } from 'ajv';`],
  ['app/__tests__/main.test.tsx', `import { SCHEMA_HASH } from '../../messages/types.ts';`],
  ['app/main.tsx', `import { createRoot } from 'react-dom/client';`],
  ['app/main.tsx', `const page = import('./pages/Health.tsx');`],
  ['app/pages/Health.tsx', `import { useHealth } from '../../hooks/index.ts';`],
  ['app/pages/Health.tsx', `import type { HealthData } from '../../messages/types.ts';`],
];

describe('walls', () => {
  test.each(REFUSED)('%s may not say: %s', async (file, statement) => {
    expect(await refusals(file, statement)).toEqual([expect.any(String)]);
  });

  test.each(ALLOWED)('%s may say: %s', async (file, statement) => {
    expect(await refusals(file, statement)).toEqual([]);
  });
});
