/** Measures whole programs alternately. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 15;

/** Wall-clock milliseconds from start to end, with output to a pipe, as when run by an editor or a hook. */
function milliseconds([program, ...args]) {
  const start = performance.now();
  spawnSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  return performance.now() - start;
}

/** Best of several rounds of each program, in milliseconds. */
function best(programs, times = rounds) {
  const found = programs.map(() => Infinity);
  for (let round = 0; round < times; round++)
    for (const [i, one] of programs.entries()) found[i] = Math.min(found[i], milliseconds(one));
  return found;
}

/** The time for one small file as a whole process, and for an empty Node.js process. */
export function startUp(cli) {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, 'FROM alpine:3.22\nRUN apk add git\n');
  const node = process.execPath;
  const [bare, ours] = best([
    [node, '-e', '0'],
    [node, cli, 'lint', file],
  ]);
  rmSync(folder, { recursive: true });
  return { bare, ours };
}

/**
 * The time for many files as a whole process, for ours and for tally without its slow checks and ShellCheck. Tally stops at
 * the first file that it cannot parse, so these files are left out for both.
 */
export function wholeRuns(cli, tally, files) {
  const flags = ['lint', '--no-config', '--slow-checks', 'off', '--ignore', 'shellcheck/*'];
  let readable = files;
  for (;;) {
    const { stderr } = spawnSync(tally, [...flags, ...readable], {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    const refused = /failed to lint (.+?): /.exec(stderr)?.[1];
    if (refused === undefined) break;
    readable = readable.filter((file) => file !== refused);
  }
  const [ours, theirs] = best(
    [
      [process.execPath, cli, 'lint', ...readable],
      [tally, ...flags, ...readable],
    ],
    5,
  );
  return { files: readable.length, ours, theirs };
}
