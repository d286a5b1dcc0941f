/** How many tests passed, failed and were skipped, and how a part of the tests tells it. */

import { readFile } from 'node:fs/promises';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed and why, a line each, as far as the part tells it. */
  readonly failures?: readonly string[];
}

export const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };
export const oneSkipped: Counts = { passed: 0, failed: 0, skipped: 1 };

/** The form that continuous integration reads when it stands alone on a line. */
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
 * The counts that a part wrote into its file. A part that died before it wrote them, that ended with
 * an error its counts do not show, or that ran no test at all, has failed.
 */
export async function countsFrom(file: string, exitCode: number): Promise<Counts> {
  let counts: Counts;
  try {
    counts = JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    console.error(`It ended with exit code ${exitCode} and without a result.`);
    return oneFailed;
  }
  if (counts.failed > 0) return counts;
  if (exitCode !== 0) {
    console.error(`It ended with exit code ${exitCode} though no test failed.`);
    return { ...counts, failed: 1 };
  }
  if (counts.passed === 0) {
    console.error('It ran no test.');
    return { ...counts, failed: 1 };
  }
  return counts;
}
