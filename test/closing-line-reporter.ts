import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Prints `N passed, N failed, N skipped` as the last line, which continuous integration reads. In a part of
 * `npm test` it writes the counts, the failed tests and the first lines of their errors into the file that
 * DRYDOCK_COUNTS names instead, and `npm test` prints these and one line for all parts.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const failures: string[] = unhandledErrors.map((error) => failure('outside of a test', error));
    for (const module of modules) {
      const [error] = module.errors();
      if (error) {
        counts.failed++;
        failures.push(failure(module.relativeModuleId, error));
      }
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') counts.passed++;
        else if (state === 'failed') {
          counts.failed++;
          failures.push(failure(`${module.relativeModuleId} > ${test.fullName}`, errors[0]));
        } else counts.skipped++;
      }
    }
    const file = process.env.DRYDOCK_COUNTS;
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify({ ...counts, failures }));
      return;
    }
    const line = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
    process.stdout.write(`\n${line}\n`);
  }
}

/** The test and the first line of its error. */
function failure(where: string, error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  const [reason = ''] = (typeof message === 'string' ? message : String(error)).split('\n');
  return `${where}: ${reason}`;
}
