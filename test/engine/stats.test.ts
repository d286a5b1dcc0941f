/** What we say of a container beside what the docker program says of the same measurements. */
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Usage } from '../../client/src/engine/usage.ts';
import { type Bench } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();
const docker = await promisify(execFile)('docker', ['--version']).then(
  () => true,
  () => false,
);
const product = real && (await real.engine.version()).product;

/** A line of `docker stats`. */
interface Line {
  readonly CPUPerc: string;
  readonly MemPerc: string;
  readonly MemUsage: string;
  readonly PIDs: string;
}

/** How many different lines of `docker stats` must be found among our own measurements. */
const enough = 3;

// Podman's command line is not `docker stats`.
describe.skipIf(!real || !docker || product !== 'docker')('beside docker stats', () => {
  let bench: Bench;
  beforeAll(async () => {
    if (real) bench = await realBench(real);
  });
  afterAll(() => bench.close());

  /** Both read one stream of the engine, which gives the same measurements to all who listen. */
  test('processor, memory and processes are the same to the last digit', async () => {
    const { engine } = bench;
    const id = await bench.create();
    const load = 'while :; do :; done & cat /bin/busybox /bin/busybox > /tmp/x; wait';
    const busy = await engine.exec(id, ['sh', '-c', load], { tty: false });
    const stop = new AbortController();
    const ours: Usage[] = [];
    const measuring = (async () => {
      for await (const usage of engine.stats(id, stop.signal)) ours.push(usage);
    })();
    const theirs = await statsOf(id, (lines) => {
      const shared = lines.filter((line) => ours.some((usage) => isOf(usage, line)));
      return new Set(shared.map(({ CPUPerc }) => CPUPerc)).size >= enough;
    });
    stop.abort();
    await measuring;
    busy.close();
    const cpus = ours.map(({ cpu }) => percent(cpu));
    // The first line of theirs counts from the start of the machine: ours begin with the second.
    const known = theirs.filter(({ CPUPerc }) => cpus.includes(CPUPerc));
    expect(known.length).toBeGreaterThanOrEqual(enough);
    for (const line of known) expect(ours.some((usage) => isOf(usage, line))).toBe(true);
    expect(Math.max(...ours.map(({ cpu }) => cpu))).toBeGreaterThan(10);
  });
});

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

function isOf({ cpu, memory, memoryLimit = 0, processes }: Usage, line: Line): boolean {
  return (
    percent(cpu) === line.CPUPerc &&
    percent((memory / memoryLimit) * 100) === line.MemPerc &&
    binary(memory) === line.MemUsage.split(' / ')[0] &&
    String(processes) === line.PIDs
  );
}

/** As the docker program writes it: four digits, `1.219MiB`. */
function binary(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let rest = bytes;
  let unit = 0;
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${Number(rest.toPrecision(4))}${units[unit] ?? ''}`;
}

/** Lines of `docker stats` until they are enough; with a deadline. */
function statsOf(id: string, isEnough: (lines: readonly Line[]) => boolean): Promise<Line[]> {
  return new Promise((resolve, reject) => {
    const lines: Line[] = [];
    const child = spawn('docker', ['stats', '--format', '{{json .}}', id]);
    const deadline = setTimeout(() => end(), 120_000);
    const end = (): void => {
      clearTimeout(deadline);
      child.kill();
      resolve(lines);
    };
    child.on('error', reject);
    createInterface(child.stdout).on('line', (text) => {
      // Between the lines it clears the screen.
      const json = /\{.*\}/.exec(text)?.[0];
      if (json === undefined) return;
      lines.push(JSON.parse(json) as Line);
      if (isEnough(lines)) end();
    });
  });
}
