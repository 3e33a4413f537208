import hooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import { walls } from './tools/walls.js';

export default defineConfig(
  // The two of messages are written by `make schema`; the generator answers for them, tsc and tests check them.
  {
    ignores: [
      'dist/**',
      'coverage/**',
      'benchmarks/.built/**',
      'src/messages/types.ts',
      'src/messages/examples.check.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked, hooks.configs.flat['recommended-latest']],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    // Tools that read these files ask for a default export.
    files: ['*.config.ts', 'benchmarks/*.config.ts', 'tools/closing-line.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/__tests__/**', 'contract/**', 'e2e/**', '**/*.test.{ts,tsx}'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  ...walls,
);
