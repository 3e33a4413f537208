import { parseArgs } from 'node:util';
import { openPage } from './page.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
});
openPage();
const { run } = await import('./run.ts');
await run({ quick: values.quick, json: values.json });
process.exit(); // the page has timers of its own
