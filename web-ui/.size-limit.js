// The package is made of ES modules. Without this, what stays outside would be asked for by a `require` of esbuild's own,
// whose code no application has in its bundle.
const modifyEsbuildConfig = (config) => ({ ...config, format: 'esm' });

/** What is there anyway where the hooks are used. */
const outside = ['react', '../client/index.ts'];

export default [
  {
    name: 'core: the mirror',
    path: 'src/mirror/index.ts',
    import: '{ createMirror }',
    limit: '4.5 kB',
  },
  {
    name: 'client: the mirror and what a page adds',
    path: 'src/client/index.ts',
    import: '{ DashboardClient }',
    limit: '6.7 kB',
  },
  {
    name: 'react',
    path: 'src/hooks/index.ts',
    ignore: [...outside, './optimism.ts'],
    limit: '1.5 kB',
  },
  {
    name: 'react, loaded for actions alone',
    path: 'src/hooks/optimism.ts',
    ignore: outside,
    limit: '0.7 kB',
  },
].map((one) => ({ ...one, gzip: true, modifyEsbuildConfig }));
