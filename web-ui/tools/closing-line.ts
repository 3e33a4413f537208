import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node';

/**
 * Ends a run with one plain line, `vitest: N passed, N failed`, for people and scripts that read no colours.
 *
 * What did not run counts as failed: a module that could not be loaded, an error outside any test,
 * a test that was skipped (unless a name pattern was given, which asks for just that).
 */
export default class ClosingLine implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    const filtered = this.#vitest?.config.testNamePattern !== undefined;
    const { passed, failed, skipped } = count(modules, filtered);
    for (const name of skipped) process.stdout.write(`not run: ${name}\n`);
    const faults = failed + errors.length + skipped.length;
    if (faults > 0 || reason !== 'passed') process.exitCode = 1;
    this.#close(`${this.#runner()}: ${String(passed)} passed, ${String(faults)} failed\n`);
  }

  /** The word before the colon: the browser tests are a run of their own. */
  #runner(): string {
    const names = this.#vitest?.projects.map((project) => project.name) ?? [];
    return names.length === 1 && names[0] === 'e2e' ? 'e2e' : 'vitest';
  }

  /** Other reporters still print after a run, so the line waits for the process to end. */
  #close(line: string): void {
    if (this.#vitest?.config.watch === true) process.stdout.write(line);
    else process.once('exit', () => process.stdout.write(line));
  }
}

interface Count {
  passed: number;
  failed: number;
  skipped: string[];
}

function count(modules: readonly TestModule[], filtered: boolean): Count {
  const total: Count = { passed: 0, failed: 0, skipped: [] };
  for (const module of modules) {
    total.failed += module.errors().length;
    for (const suite of module.children.allSuites()) total.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') total.passed += 1;
      else if (state === 'failed') total.failed += 1;
      else if (!filtered) total.skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
    }
  }
  return total;
}
