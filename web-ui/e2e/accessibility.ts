import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds wrong on the page, save for what it calls minor; each with its first place. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Evaluated as source, since the page's policy rightly refuses an inline script.
  await page.evaluate(AXE);
  const violations = await page.evaluate<Violation[]>(
    'axe.run({ resultTypes: ["violations"] }).then((results) => results.violations)',
  );
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html ?? ''}`);
}
