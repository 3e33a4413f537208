import { defineConfig } from 'vite';

/** Builds the benchmark for Node; what it measures beside our sources stays in its own packages, in production mode. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: 'main.ts',
    outDir: '.built',
    target: 'node20',
    minify: false,
    emptyOutDir: true,
  },
});
