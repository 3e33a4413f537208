import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('the benchmark measures every contestant, of which ours renders no row that has not changed', () => {
  const output = execFileSync('npm', ['run', '--silent', 'bench', '--', '--quick'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const lines = output.split('\n');
  for (const name of ['react-query', 'react-use-websocket', 'home-assistant', 'ours']) {
    const figures = lines.filter((line) => new RegExp(`^${name} +\\d`).test(line));
    expect(figures, name).toHaveLength(2);
    if (name === 'ours') for (const line of figures) expect(line).toMatch(/ 1\.0$/);
  }
});
