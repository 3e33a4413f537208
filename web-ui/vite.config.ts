import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = 'http://127.0.0.1:8765';

/** Builds the app into the Python package, which serves it. No inline script or style: the page's CSP refuses both. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../backend/groove_dashboard/web/static',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: true,
  },
  server: {
    proxy: {
      '/api': { target: SERVER },
      '/ws': { target: SERVER, ws: true },
    },
  },
});
