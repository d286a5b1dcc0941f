/**
 * `npm run bench -- logs [lines] [rounds]`: reads the log of a container as the page of a log does, beside `docker logs`, on the
 * engine that answers; filters it, and compares what Save writes with what `docker logs` prints. The last line is JSON: the number
 * of lines, the seconds of a reading, their ratio to those of `docker logs`, the memory above that of an idle process, and the
 * longest time in which the process did nothing else; medians of the rounds.
 *
 * Both read the same log in turn. The time of `docker logs` contains its start; ours runs in a program that is running already, as
 * the extension host is.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineObjects } from '../../test/ui/engine-objects.ts';
import { Cleanup } from '../setup/cleanup.mts';
import { bundleProgram } from './bundle.mts';

const [lines = 1_000_000, rounds = 5] = process.argv.slice(2).map(Number);

interface Result {
  readonly lines: number;
  readonly seconds: number;
  readonly mib: number;
  readonly longestStallMs: number;
  readonly filters: { readonly text: number; readonly expression: number; readonly levels: number; readonly counts: readonly number[] }; // prettier-ignore
  readonly saved: { readonly count: number; readonly sha256: string; readonly seconds: number };
  readonly error?: string;
}

const cleanup = new Cleanup();
await cleanup.during(measure);

async function measure(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-logs-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const reader = path.join(folder, 'reader.cjs');
  const program = path.join(folder, 'log-search.cjs');
  await bundleProgram('scripts/bench/logs-reader.ts', reader);
  await bundleProgram('client/src/logs/search-worker.ts', program);
  const objects = new EngineObjects();
  cleanup.add(() => objects.remove());
  const socket = await objects.socket();
  const container = await writeLog(objects);
  const order = { socket, container, lines, program };
  const ours: Result[] = [];
  const theirs: Awaited<ReturnType<typeof dockerLogs>>[] = [];
  for (let round = 0; round < rounds; round++) {
    theirs.push(await dockerLogs(socket, container));
    const result = await read(reader, order);
    ours.push(result);
    const { text, expression, levels } = result.filters;
    console.log(
      `round ${round + 1}: ours ${result.seconds.toFixed(2)} s, docker logs ${theirs.at(-1)?.seconds.toFixed(2)} s; ` +
        `filter by text ${text.toFixed(0)} ms, expression ${expression.toFixed(0)} ms, level ${levels.toFixed(0)} ms; ` +
        `memory ${result.mib.toFixed(0)} MiB, longest stall ${result.longestStallMs.toFixed(0)} ms`,
    );
  }
  const [first] = ours;
  const [reference] = theirs;
  const isSame = first?.saved.sha256 === reference?.sha256 && first?.saved.count === lines;
  console.log(
    `saved: ${first?.saved.count} lines in ${median(ours.map(({ saved }) => saved.seconds)).toFixed(2)} s, ` +
      `${isSame ? 'equal to' : 'DIFFERENT from'} the output of docker logs; lines found by the filters: ${first?.filters.counts.join(', ')}`,
  );
  for (const name of ['text', 'expression', 'levels'] as const)
    console.log(`filter by ${name}: ${median(ours.map(({ filters }) => filters[name])).toFixed(0)} ms for ${lines} lines`); // prettier-ignore
  if (!isSame) process.exitCode = 1;
  const result = {
    lines: Math.min(...ours.map((one) => one.lines)),
    seconds: median(ours.map(({ seconds }) => seconds)),
    ratio: median(ours.map(({ seconds }, round) => seconds / (theirs[round]?.seconds ?? 1))),
    mib: median(ours.map(({ mib }) => mib)),
    longestStallMs: median(ours.map(({ longestStallMs }) => longestStallMs)),
  };
  console.log(JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value))); // prettier-ignore
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A container whose log has this many lines of 120 bytes, as fast as it can write them; with levels. */
async function writeLog(objects: EngineObjects): Promise<string> {
  const image = await objects.image('bench-logs');
  const name = `bench-logs-${process.pid.toString(36)}`;
  const script = `BEGIN { split("INFO INFO INFO WARN INFO DEBUG INFO INFO INFO ERROR", l, " ");
    for (i = 1; i <= ${lines}; i++) printf "2026-01-02 03:04:05,123 %-5s [main] com.example.shop.Payments - line %08d payment %08d of a customer was processed\\n", l[i % 10 + 1], i, ${lines} - i }`;
  const created = await objects.docker.createContainer({
    name,
    Image: image,
    Cmd: ['awk', script],
    HostConfig: { LogConfig: { Type: 'json-file', Config: {} } },
  });
  await created.start();
  await created.wait();
  return name;
}

/** The seconds that `docker logs` takes, and the digest of its output. */
async function dockerLogs(
  socket: string,
  container: string,
): Promise<{ readonly seconds: number; readonly sha256: string }> {
  const before = performance.now();
  const hash = createHash('sha256');
  const child = spawn('docker', ['logs', container], {
    env: { ...process.env, DOCKER_HOST: `unix://${socket}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (data: Buffer) => hash.update(data));
  await new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  return { seconds: (performance.now() - before) / 1000, sha256: hash.digest('hex') };
}

/** Reads the log in a new process. */
async function read(reader: string, order: object): Promise<Result> {
  const child = spawn(process.execPath, ['--expose-gc', reader], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  cleanup.add(() => void child.kill());
  try {
    return await new Promise<Result>((resolve, reject) => {
      child.once('exit', () => reject(new Error('the reader has ended')));
      child.on('message', (message: Partial<Result>) => {
        if (message.error !== undefined) reject(new Error(message.error));
        else if (message.lines === undefined) child.send(order);
        else resolve(message as Result);
      });
    });
  } finally {
    child.kill();
  }
}
