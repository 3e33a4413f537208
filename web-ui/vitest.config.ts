import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Nothing waits so long; a busy machine with two cores may need it all the same.
const shared = { restoreMocks: true, unstubGlobals: true, testTimeout: 30_000 };

const OLDEST_REACT = fileURLToPath(new URL('../.ci/react-18/node_modules', import.meta.url));

export default defineConfig({
  test: {
    // One core less is what vitest would take by itself: of two, half.
    maxWorkers: '100%',
    // A forgotten `.only` would drop tests without a word.
    allowOnly: false,
    reporters: ['default', './tools/closing-line.ts'],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['src/mirror/**', 'src/client/**', 'src/hooks/**'],
      exclude: ['**/__tests__/**'],
      thresholds: { 'src/{mirror,client,hooks}/**': { branches: 100 } },
    },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          environment: 'node',
          include: [
            'src/{client,messages,mirror,polling,shared-socket,testing}/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
        },
      },
      {
        plugins: [react()],
        test: {
          ...shared,
          name: 'dom',
          environment: 'jsdom',
          include: ['src/{hooks,devtools,app}/**/*.test.{ts,tsx}'],
          setupFiles: ['tools/setup-dom.ts'],
        },
      },
      {
        // The hooks once more, on the oldest React that they support.
        plugins: [react()],
        resolve: {
          alias: {
            react: `${OLDEST_REACT}/react`,
            'react-dom': `${OLDEST_REACT}/react-dom`,
            '@testing-library/react': '@testing-library/react/dist/@testing-library/react.esm.js',
          },
        },
        test: {
          ...shared,
          name: 'dom-react-18',
          environment: 'jsdom',
          include: ['src/hooks/**/*.test.{ts,tsx}'],
          setupFiles: ['tools/setup-dom.ts'],
          // Only modules that vite transforms get the React of the alias.
          server: { deps: { inline: ['@testing-library/react'] } },
        },
      },
      {
        // The package, imported by its name, is its sources.
        ssr: { resolve: { conditions: ['source', 'module', 'node', 'development|production'] } },
        test: {
          ...shared,
          name: 'contract',
          environment: 'node',
          include: ['contract/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
