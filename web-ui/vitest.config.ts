import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Nothing waits so long; a busy machine with two cores may need it all the same.
const shared = { restoreMocks: true, unstubGlobals: true, testTimeout: 30_000 };

export default defineConfig({
  test: {
    // A forgotten `.only` would drop tests without a word.
    allowOnly: false,
    reporters: ['default', './tools/closing-line.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['**/__tests__/**'],
      thresholds: { 'src/hooks/**': { branches: 100 } },
    },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          environment: 'node',
          include: [
            'src/{client,messages,polling,shared-socket}/**/*.test.ts',
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
