/** The numbers of tests that passed, failed and were skipped, and how they are reported. */

import { readFile } from 'node:fs/promises';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line per failed test, if the part reports them. */
  readonly failures?: readonly string[];
}

export const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };
export const oneSkipped: Counts = { passed: 0, failed: 0, skipped: 1 };

/** The format that continuous integration parses; it must be alone on its line. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

export function sum(all: readonly Counts[]): Counts {
  const total = (key: 'passed' | 'failed' | 'skipped') =>
    all.reduce((value, counts) => value + counts[key], 0);
  const failures = all.flatMap((counts) => counts.failures ?? []);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped'), failures };
}

/**
 * The counts that a part wrote to its file. A part fails if it wrote none, if it exited with an error that its counts do not
 * show, or if it did not run any test.
 */
export async function countsFrom(file: string, exitCode: number): Promise<Counts> {
  let counts: Counts;
  try {
    counts = JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    console.error(`Exited with code ${exitCode} without writing a result.`);
    return oneFailed;
  }
  if (counts.failed > 0) return counts;
  if (exitCode !== 0) {
    console.error(`Exited with code ${exitCode} although no test failed.`);
    return { ...counts, failed: 1 };
  }
  if (counts.passed === 0) {
    console.error('No tests were run.');
    return { ...counts, failed: 1 };
  }
  return counts;
}
