/** A small test runner for VS Code's extension host. */

import { writeFileSync } from 'node:fs';

interface Test {
  readonly name: string;
  readonly body: () => Promise<void> | void;
}

const tests: Test[] = [];
const measures: Record<string, number> = {};

/** Registers a test; they run in the order of registration. */
export function test(name: string, body: Test['body']): void {
  tests.push({ name, body });
}

/** Records a value with the counts, to compare runs. */
export function measure(name: string, value: number): void {
  measures[name] = value;
  console.log(`  ${name}: ${value.toFixed(1)}`);
}

/**
 * Runs all tests and writes the counts into the file that DRYDOCK_COUNTS names. The exit code alone
 * is not enough: a `process.exit(0)` anywhere in the extension host looks like success.
 */
export async function runAll(timeout = 300_000): Promise<void> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, body } of tests) {
    const start = performance.now();
    try {
      await within(timeout, body);
      counts.passed++;
      console.log(`✓ ${name} (${(performance.now() - start).toFixed(0)} ms)`);
    } catch (error) {
      counts.failed++;
      console.error(`✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  const file = process.env.DRYDOCK_COUNTS;
  if (file) writeFileSync(file, JSON.stringify({ ...counts, measures }));
  if (counts.failed > 0) throw new Error(`${counts.failed} of ${tests.length} tests failed`);
}

async function within(timeout: number, body: Test['body']): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`timed out after ${timeout} ms`));
    }, timeout);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}
