/**
 * The walls between the rooms of `src`: what each room may import.
 *
 * messages <- mirror <- client <- hooks <- app. A room sees its left neighbour; client, hooks and app see the messages
 * too. Beside the app, devtools sees hooks, client and the message types. polling, shared-socket and testing stand beside
 * hooks: they see the client and the messages; only tests see testing. All but the app are closed lists, so that a new
 * dependency is a decision taken here.
 * `walls.test.ts` proves that each wall stands.
 */

/** @typedef {{ regex: string, message: string, allowTypeImports?: boolean }} Refusal */

/** @type {(files: string, refusals: Refusal[], lazy: string) => import('eslint').Linter.Config} */
const wall = (files, patterns, lazy) => ({
  name: `wall around ${files}`,
  files: [files],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
    // The rule above does not see import().
    'no-restricted-syntax': ['error', { selector: lazy, message: patterns[0]?.message ?? '' }],
  },
});

/** @type {(allowed: string) => string} */
const anythingBut = (allowed) => `^(?!(?:${allowed})$)`;

const ANY_LAZY_IMPORT = 'ImportExpression';
/** A room may load a part of its own when it needs it. */
const FOREIGN_LAZY_IMPORT = String.raw`ImportExpression[source.value!=/^\.\u002f[\w-]+\.tsx?$/]`;

export const walls = [
  wall('src/messages/**', [{ regex: '', message: 'messages imports nothing.' }], ANY_LAZY_IMPORT),
  wall(
    'src/mirror/**',
    [
      {
        regex: anythingBut(String.raw`\./[\w-]+\.ts|\.\./messages/(?:protocol|types)\.ts`),
        message: 'mirror imports its own files and the messages: no page, no client, no package.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/client/**',
    [
      {
        regex: anythingBut(
          String.raw`\./[\w-]+\.ts|\.\./mirror/[\w-]+\.ts|\.\./messages/(?:protocol|types)\.ts`,
        ),
        message:
          'client imports its own files, the mirror and the messages: no React, no hooks, no package.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/hooks/**',
    [
      {
        regex: anythingBut(
          String.raw`react|\./[\w-]+\.tsx?|\.\./client/index\.ts|\.\./messages/types\.ts`,
        ),
        message: 'hooks imports React, client/index.ts and the message types.',
      },
    ],
    FOREIGN_LAZY_IMPORT,
  ),
  wall(
    'src/devtools/**',
    [
      {
        regex: anythingBut(
          String.raw`react|\./[\w-]+\.tsx?|\.\./(?:client|hooks)/index\.ts|\.\./messages/types\.ts`,
        ),
        message: 'devtools imports React, client/index.ts, hooks/index.ts and the message types.',
      },
    ],
    FOREIGN_LAZY_IMPORT,
  ),
  wall(
    'src/polling/**',
    [
      {
        regex: anythingBut(
          String.raw`\./[\w-]+\.ts|\.\./client/index\.ts|\.\./messages/(?:protocol|types)\.ts`,
        ),
        message: 'polling imports client/index.ts and the messages.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/shared-socket/**',
    [
      {
        regex: anythingBut(
          String.raw`\./[\w-]+\.ts|\.\./client/index\.ts|\.\./mirror/(?:pack|patch|socket)\.ts|\.\./messages/(?:protocol|types)\.ts`,
        ),
        message:
          'shared-socket imports the client, what the mirror packs, patches and parses with, and the messages.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/testing/**',
    [
      {
        regex: anythingBut(
          String.raw`\./[\w-]+\.ts|\.\./client/index\.ts|\.\./messages/(?:protocol|types)\.ts`,
        ),
        message:
          'testing imports client/index.ts and the messages: no React, no page, no test runner.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/app/**',
    [
      {
        regex: String.raw`^(?:\.\./)+client(?:/|$)|^@groove/dashboard$`,
        message: 'app gets data from hooks, never from client.',
      },
      {
        regex: String.raw`^(?:\.\./)+messages(?:/|$)`,
        message: 'app takes types from messages, nothing else.',
        allowTypeImports: true,
      },
      { regex: String.raw`(?:^|/)testing(?:/|$)`, message: 'testing is for tests.' },
    ],
    String.raw`ImportExpression[source.value=/\u002f(client|messages)\u002f/]`,
  ),
  // Tests may use any package and their room's doubles, but see no further than their room.
  wall(
    'src/mirror/__tests__/**',
    [
      {
        regex: String.raw`^react|(?:^|/)(?:hooks|app)/|/client/(?!__tests__/)`,
        message: 'mirror is tested without the client, React, hooks and app.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/client/**/__tests__/**',
    [
      {
        regex: String.raw`^react|(?:^|/)(?:hooks|app)/`,
        message: 'client is tested without React, hooks and app.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/shared-socket/**/__tests__/**',
    [
      {
        regex: String.raw`^react|(?:^|/)(?:hooks|app)/`,
        message: 'shared-socket is tested without React, hooks and app.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/polling/**/__tests__/**',
    [
      {
        regex: String.raw`^react|(?:^|/)(?:hooks|app)/|/client/(?!index\.ts)`,
        message: 'polling is tested without React, hooks and app.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/messages/__tests__/**',
    [{ regex: String.raw`(?:^|/)(?:client|hooks|app)/`, message: 'messages are tested alone.' }],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/app/**/__tests__/**',
    [
      {
        regex: String.raw`^(?:\.\./)+client/(?!__tests__/)|^@groove/dashboard$`,
        message: 'app is tested through hooks, never through client.',
      },
    ],
    String.raw`ImportExpression[source.value=/\u002fclient\u002f/]`,
  ),
  wall(
    'src/testing/__tests__/**',
    [
      {
        regex: String.raw`^react|(?:^|/)(?:hooks|app)/`,
        message: 'testing is tested without React, hooks and app.',
      },
    ],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/hooks/**/__tests__/**',
    [{ regex: String.raw`(?:^|/)app/`, message: 'hooks are tested without the app.' }],
    ANY_LAZY_IMPORT,
  ),
  wall(
    'src/devtools/**/__tests__/**',
    [{ regex: String.raw`(?:^|/)app/`, message: 'devtools are tested without the app.' }],
    String.raw`ImportExpression[source.value=/\u002fapp\u002f/]`,
  ),
];
