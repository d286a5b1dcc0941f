/** Compares our stats of a container with `docker stats` for the same measurements. */
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Usage } from '../../client/src/engine/usage.ts';
import { type EngineFixture } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { connectEngines, describeEngines } from './two-engines.ts';

const docker = await promisify(execFile)('docker', ['--version']).then(
  () => true,
  () => false,
);
const engines = docker ? (await connectEngines()).filter(({ isDocker }) => isDocker) : [];

/** A line of `docker stats`. */
interface Line {
  readonly CPUPerc: string;
  readonly MemPerc: string;
  readonly MemUsage: string;
  readonly PIDs: string;
  readonly NetIO: string;
  readonly BlockIO: string;
}

/** How many different lines of `docker stats` must be found among our measurements. */
const minimum = 3;

// The stats command of Podman differs from `docker stats`.
describeEngines('compared with docker stats of', engines, (connected) => {
  let fixture: EngineFixture;
  beforeAll(async () => {
    fixture = await createFixture(connected);
  });
  afterAll(async () => {
    await fixture.close();
  });

  /** Both read the same stream of the engine, which sends the same measurements to all clients. */
  test('CPU, memory, network, disk and process count are the same', async () => {
    const { engine } = fixture;
    const id = await fixture.create();
    const load = 'while :; do :; done & cat /bin/busybox /bin/busybox > /tmp/x; wait';
    const busy = await engine.exec(id, ['sh', '-c', load], { tty: false });
    const stop = new AbortController();
    const ours: Usage[] = [];
    const measuring = (async () => {
      for await (const usage of engine.stats(id, stop.signal)) ours.push(usage);
    })();
    const theirs = await statsOf(connected.address.url, id, (lines) => {
      const shared = lines.filter((line) => ours.some((usage) => matches(usage, line)));
      return new Set(shared.map(({ CPUPerc }) => CPUPerc)).size >= minimum;
    });
    stop.abort();
    await measuring;
    busy.close();
    const cpus = ours.map(({ cpu }) => percent(cpu));
    // The first line of docker stats counts from system start; our measurements start with the second.
    // A value of 0 can be that of a line without a measurement.
    const known = theirs.filter(({ CPUPerc }) => cpus.includes(CPUPerc) && CPUPerc !== '0.00%');
    expect(known.length).toBeGreaterThanOrEqual(minimum);
    for (const line of known) expect(ours.some((usage) => matches(usage, line))).toBe(true);
    const transfers = known.map(({ NetIO, BlockIO }) => `${NetIO} ${BlockIO}`);
    const measured = ours.map(transferOf);
    expect(transfers.some((transfer) => measured.includes(transfer))).toBe(true);
    expect(Math.max(...ours.map(({ cpu }) => cpu))).toBeGreaterThan(10);
  });
});

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

function matches(usage: Usage, line: Line): boolean {
  const { cpu, memory, memoryLimit = 0, processes } = usage;
  return (
    percent(cpu) === line.CPUPerc &&
    percent((memory / memoryLimit) * 100) === line.MemPerc &&
    formatBytes(memory) === line.MemUsage.split(' / ')[0] &&
    String(processes) === line.PIDs
  );
}

function transferOf({ received, sent, read, written }: Usage): string {
  return `${formatPair(received, sent)} ${formatPair(read, written)}`;
}

/** Formats bytes as the Docker CLI does for memory, with four digits: `1.219MiB`. */
function formatBytes(bytes: number): string {
  return scaled(bytes, { base: 1024, units: ['B', 'KiB', 'MiB', 'GiB', 'TiB'], digits: 4 });
}

/** As the Docker CLI does for transferred bytes, with three digits: `1.05kB / 0B`. */
function formatPair(...both: readonly [number, number]): string {
  const format = { base: 1000, units: ['B', 'kB', 'MB', 'GB', 'TB'], digits: 3 };
  return both.map((bytes) => scaled(bytes, format)).join(' / ');
}

interface Format {
  readonly base: number;
  readonly units: readonly string[];
  readonly digits: number;
}

function scaled(bytes: number, { base, units, digits }: Format): string {
  let rest = bytes;
  let unit = 0;
  while (rest >= base && unit < units.length - 1) {
    rest /= base;
    unit += 1;
  }
  return `${Number(rest.toPrecision(digits))}${units[unit] ?? ''}`;
}

/** Reads lines of `docker stats` until there are enough, with a deadline. */
function statsOf(
  host: string,
  id: string,
  isEnough: (lines: readonly Line[]) => boolean,
): Promise<Line[]> {
  return new Promise((resolve, reject) => {
    const lines: Line[] = [];
    const env = { ...process.env, DOCKER_HOST: host };
    const child = spawn('docker', ['stats', '--format', '{{json .}}', id], { env });
    const deadline = setTimeout(() => end(), 120_000);
    const end = (): void => {
      clearTimeout(deadline);
      child.kill();
      resolve(lines);
    };
    child.on('error', reject);
    createInterface(child.stdout).on('line', (text) => {
      // The command clears the screen between lines.
      const json = /\{.*\}/.exec(text)?.[0];
      if (json === undefined) return;
      lines.push(JSON.parse(json) as Line);
      if (isEnough(lines)) end();
    });
  });
}
