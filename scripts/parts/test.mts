/** Runs the parts of the tests in order and reports the sum of their counts. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cleanup } from '../setup/cleanup.mts';
import { say } from '../setup/run.mts';
import { versions } from '../setup/versions.mts';
import { closingLine, oneFailed, oneSkipped, sum, type Counts } from './counts.mts';
import { prepare, type Finding, type Need, type Site } from './needs.mts';
import { parts, type Part } from './parts.mts';

/** Runs the parts with these names, or all; returns the exit code. */
export async function test(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => parts.every((part) => part.name !== name));
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(', ');
    console.error(`Unknown part ${unknown.join(', ')}; use ${known}.`);
    return 2;
  }
  // A closed pipe, as in `npm test | head`, must not prevent the cleanup.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const chosen = parts.filter(({ name }) => names.length === 0 || names.includes(name));
  const cleanup = new Cleanup();
  cleanup.onSignals();
  let results: readonly Result[];
  try {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-test-'));
    cleanup.add(() => rm(folder, { recursive: true, force: true }));
    results = await runAll(chosen, { folder, cleanup });
  } finally {
    await cleanup.run();
  }
  return report(results);
}

interface Result {
  readonly part: Part;
  readonly counts: Counts;
  readonly seconds: number;
}

async function runAll(chosen: readonly Part[], site: Site): Promise<readonly Result[]> {
  const needs = new Set(chosen.flatMap((part) => [...part.needs, ...(part.optional ?? [])]));
  const findings = await prepare(needs, site);
  say(await versions(needs));
  const results: Promise<Result>[] = [];
  for (const part of chosen) {
    const result = timed(part, findings, site);
    results.push(result);
    if (!part.beside) await result;
  }
  return Promise.all(results);
}

async function timed(
  part: Part,
  findings: ReadonlyMap<Need, Finding>,
  site: Site,
): Promise<Result> {
  const start = performance.now();
  const counts = await runOne(part, findings, site);
  const seconds = (performance.now() - start) / 1000;
  say(`${part.name}: ${outcome(counts)} in ${seconds.toFixed(1)} s`);
  return { part, counts, seconds };
}

function outcome({ passed, failed }: Counts): string {
  if (failed > 0) return 'FAILED';
  return passed > 0 ? 'passed' : 'skipped';
}

/** Runs a part, or prints why it cannot run. That counts as skipped, or as failed if CI is set. */
async function runOne(
  part: Part,
  findings: ReadonlyMap<Need, Finding>,
  site: Site,
): Promise<Counts> {
  const found = part.needs.map((need) => findings.get(need));
  for (const finding of found) {
    if (finding && 'broken' in finding) {
      console.error(`${part.name} cannot run: ${finding.broken}`);
      return oneFailed;
    }
  }
  for (const finding of found) {
    if (finding && 'missing' in finding) {
      console.error(`${part.name} is skipped: ${finding.missing}`);
      return process.env.CI ? oneFailed : oneSkipped;
    }
  }
  for (const need of part.optional ?? []) {
    const finding = findings.get(need);
    if (finding && 'missing' in finding)
      console.error(`some tests of ${part.name} are skipped: ${finding.missing}`);
  }
  say(`${part.name} …`);
  try {
    return await part.run(site);
  } catch (error) {
    console.error(error);
    return oneFailed;
  }
}

/**
 * Prints the failures, the result of each part, and the sum alone on the last line, so that the end of the output is enough
 * to see what happened. Returns the exit code.
 */
function report(results: readonly Result[]): number {
  const total = sum(results.map(({ counts }) => counts));
  console.log('');
  for (const line of total.failures ?? []) console.log(`failed: ${line}`);
  for (const { part, counts, seconds } of results) {
    const columns = [part.name.padEnd(8), `${seconds.toFixed(1)} s`.padStart(9)];
    console.log(`${columns.join(' ')}   ${closingLine(counts)}`);
  }
  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}
