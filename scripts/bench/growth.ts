/**
 * `npm run bench -- growth`: the time of each request for texts of half a megabyte and of one megabyte. Diagnostics are
 * measured for texts of the greatest length to which rules are applied. Documents are new. A language server parses a
 * document when it is opened, before any request, so parsing is a column of its own. Growth is compared without garbage
 * collections: the first one begins when a certain amount of memory is used, so the shorter text often has none. They count in the
 * time that is compared with the limit. It is the median of the growth between texts that are measured one after the other,
 * because the speed of a machine changes: of the best times, the one of the shorter text is more often of a fast moment.
 */
import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sizeLimits } from '../../server/src/lint/size-limits.ts';
import { document, type Document } from '../../server/src/model/document.ts';
import { diagnostics, features, fixes, places } from '../../test/growth/features.ts';
import { kinds } from '../../test/growth/kinds.ts';

const requests = ['parsing', 'diagnostics', 'links', 'tokens', 'symbols', 'hover', 'completion', 'formatting', 'fixes'] as const; // prettier-ignore
type Request = (typeof requests)[number];

const mostGrowth = 2.3;
/** Milliseconds. */
const mostTime = 100;
/** Below this, the growth says nothing. */
const leastTime = 20;
/**
 * Of these measurements, the best counts: other processes, compilation and garbage collections only add time. They are of
 * elapsed time: the time of a thread is counted in steps of 4 ms on some machines, which distorts short ones.
 */
const rounds = 2;
/** Where a limit is exceeded, it is measured again. */
const moreRounds = 9;

/** Prints one line per kind of text whose name matches, with the times for the longer text, and what exceeds a limit. */
export async function growth(pattern: string, print: (line: string) => void): Promise<void> {
  print(
    `milliseconds for the longer text, and how many times those for half of it (above ${leastTime} ms)`,
  );
  print(['kind'.padEnd(42), ...requests.map((name) => name.padStart(13))].join(''));
  const exceeded: string[] = [];
  let count = 0;
  for (const [kind, make] of Object.entries(kinds)) {
    if (!new RegExp(pattern).test(kind)) continue;
    count++;
    const cells: string[] = [];
    for (const request of requests) {
      const parts = partsFor(make, request === 'diagnostics' || request === 'fixes');
      const [half, whole] = [make(Math.floor(parts / 2)), make(parts)];
      let measured = await measure([half, whole], request, rounds);
      if (problemOf(request, measured) !== undefined)
        measured = await measure([half, whole], request, moreRounds);
      const { once, twice, growth: ratio } = measured;
      const problem = problemOf(request, measured);
      const size = `${kilobytes(half)} kB: ${once.toFixed(0)} ms, ${kilobytes(whole)} kB: ${twice.toFixed(0)} ms`;
      if (problem !== undefined) exceeded.push(`${kind}, ${request}, ${size}: ${problem}`);
      const shown = twice < leastTime ? '' : ` ×${ratio.toFixed(1)}`;
      cells.push(`${twice.toFixed(0)}${shown}`.padStart(13));
    }
    print([kind.padEnd(42), ...cells].join(''));
  }
  print(`${count} kinds; above a limit: ${exceeded.length}`);
  for (const line of exceeded) print(`  ${line}`);
}

/** In milliseconds. */
interface Time {
  readonly elapsed: number;
  readonly withoutCollections: number;
}

/** The best times for both lengths, and the median of the growth in each round. */
interface Measured {
  readonly once: number;
  readonly twice: number;
  readonly growth: number;
}

function problemOf(request: Request, { twice, growth }: Measured): string | undefined {
  if (twice >= leastTime && growth > mostGrowth) return `×${growth.toFixed(1)}`;
  // The time of diagnostics is bounded by the number of instructions to which rules are applied.
  return request !== 'diagnostics' && twice > mostTime ? `above ${mostTime} ms` : undefined;
}

/** The number of parts of a text of one megabyte; for diagnostics, with no more instructions than rules are applied to. */
function partsFor(make: (parts: number) => string, isLinted: boolean): number {
  const sample = 1000;
  const { text, tree } = document('file:///Dockerfile', make(sample));
  const byLength = (sample * sizeLimits.characters) / text.length;
  const byInstructions = (sample * sizeLimits.instructions) / Math.max(1, tree.instructions.length);
  // Names with numbers are longer in longer texts.
  return Math.floor(0.75 * (isLinted ? Math.min(byLength, byInstructions) : byLength));
}

async function measure(
  [half, whole]: readonly [string, string],
  request: Request,
  times: number,
): Promise<Measured> {
  // The code of the first one is not compiled yet.
  await timeOf(half, request);
  let [once, twice] = [Infinity, Infinity];
  const growths: number[] = [];
  for (let round = 0; round < times; round++) {
    const [short, long] = [await timeOf(half, request), await timeOf(whole, request)];
    once = Math.min(once, short.elapsed);
    twice = Math.min(twice, long.elapsed);
    growths.push(long.withoutCollections / short.withoutCollections);
  }
  return { once, twice, growth: medianOf(growths) };
}

/** Of an even number of values, the greater one in the middle. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/**
 * The document that was measured before: an editor always has one, too. V8 would discard what it has compiled for the objects
 * of a document if there were not any.
 */
const opened: Document[] = [];

/** The time for a new document. The findings are known when fixes are requested. */
async function timeOf(text: string, request: Request): Promise<Time> {
  const subject = document('file:///Dockerfile', text);
  const run = runOf(subject, request, places(document('file:///Dockerfile', text)));
  collectGarbage();
  opened[0] = subject;
  const before = performance.now();
  await run();
  const after = performance.now();
  await collectionsAreKnown();
  let collecting = 0;
  for (const { startTime, duration } of collections.splice(0))
    if (startTime >= before && startTime < after) collecting += duration;
  return { elapsed: after - before, withoutCollections: after - before - collecting };
}

/** The garbage collections that were reported to the observer. */
const collections: PerformanceEntry[] = [];
new PerformanceObserver((list) => collections.push(...list.getEntries())).observe({
  entryTypes: ['gc'],
});

/** Node.js reports a collection in one of the next turns. */
async function collectionsAreKnown(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function runOf(subject: Document, request: Request, at: readonly number[]): () => unknown {
  if (request === 'parsing') return () => subject.tree;
  parsed(subject);
  if (request !== 'fixes') return () => features[request]?.(subject, at);
  const findings = diagnostics(subject);
  return () => fixes(subject, findings, at);
}

/** Parses a document unless that was done before. */
function parsed({ tree }: Document): number {
  return tree.instructions.length;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function kilobytes(text: string): string {
  return (text.length / 1000).toFixed(0);
}
