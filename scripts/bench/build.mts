/**
 * `npm run bench -- build [megabytes] [files] [rounds]`: builds with our client and with the docker CLI, on Docker 20.10 and
 * on a newer engine with buildx: seconds and bytes of first builds and of builds without a change. The last line is JSON: the
 * worst ratio of ours to the CLI's, and the most memory that our client needed. Both engines are started here and removed.
 *
 * Bytes are what both write to the engine's socket, counted by a proxy. Seconds are measured without the proxy, in pairs that
 * take turns; their ratio is the median of the pairs, so that other load matters less. Those of the CLI contain its start, as
 * ours runs in a program that is running already.
 *
 * A first build has a folder that the engine does not know: it has a new name, and a file in it is new. It would not do to delete
 * what the engine has from the builds before: ext4 does not use the numbers of deleted files again for minutes, and passes over
 * all of them for each file that it creates, which takes much longer than the build.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes, randomFillSync } from 'node:crypto';
import { connect as connectSocket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cliBuild, cliWithBuildKit } from '../../test/engine/cli-builds.ts';
import { Cleanup } from '../setup/cleanup.mts';
import { startDaemon } from '../setup/engine.mts';
import { startNewerEngine } from '../setup/newer-engine.mts';
import { outputOf } from '../setup/run.mts';
import { bundleProgram } from './bundle.mts';

const [megabytes = 1024, files = 20_000, rounds = 3] = process.argv.slice(2).map(Number);

/** Builds without a change in each round. */
const repeats = 6;

interface Bench {
  readonly name: string;
  readonly socket: string;
  readonly docker: string;
  readonly env: NodeJS.ProcessEnv;
}

interface Context {
  readonly name: string;
  /** Another one for each first build. */
  folder: string;
  /** Whether it has so few files that the engine can forget them quickly. */
  readonly isFew: boolean;
  /** Whether the Dockerfile needs only one small file of it. */
  readonly isOne: boolean;
}

/** Builds a context through a socket; resolves to the seconds that it took, and those of our processor time. */
type Build = (socket: string, context: Context) => Promise<Times>;

interface Times {
  readonly seconds: number;
  readonly processor?: number;
}

interface Figures {
  seconds: number;
  bytes: number;
}

const cleanup = new Cleanup();
await cleanup.during(measure);

async function measure(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-build-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const program = path.join(folder, 'builder.cjs');
  await bundleProgram('scripts/bench/builder.ts', program);
  const contexts = await writeContexts(folder);
  const worst = { first: none(), unchanged: none(), oneOfMany: none(), mib: 0 };
  for (const bench of await startEngines(folder)) {
    const ours = await startBuilder(program);
    const theirs = theirBuild(bench);
    for (const context of contexts) {
      const [first, unchanged] = await compare(bench, context, [ours.build, theirs]);
      if (context.isOne) raise(worst.oneOfMany, first);
      else {
        raise(worst.first, first);
        raise(worst.unchanged, unchanged);
      }
    }
    worst.mib = Math.max(worst.mib, await ours.end());
  }
  console.log(JSON.stringify(worst, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value))); // prettier-ignore
}

function none(): Figures {
  return { seconds: 0, bytes: 0 };
}

function raise(worst: Figures, { seconds, bytes }: Figures): void {
  worst.seconds = Math.max(worst.seconds, seconds);
  worst.bytes = Math.max(worst.bytes, bytes);
}

/** Ours and theirs, one after the other. */
type Couple = readonly [ours: Times, theirs: Times];

/** The ratios of ours to theirs, of the first build and of one without a change. */
async function compare(
  bench: Bench,
  context: Context,
  builds: readonly [ours: Build, theirs: Build],
): Promise<readonly [first: Figures, unchanged: Figures]> {
  const bytes: [first: number, unchanged: number][] = [];
  for (const build of builds) bytes.push([await bytesOf(bench, context, build), await bytesOf(bench, context, build, false)]); // prettier-ignore
  const first: Couple[] = [];
  const unchanged: Couple[] = [];
  for (let round = 0; round < rounds; round++) {
    const renewed = () => renew(bench, context);
    const couple = (before?: () => Promise<void>) =>
      coupleOf(builds, { before, isSwapped: round % 2 > 0, run: (build) => build(bench.socket, context) }); // prettier-ignore
    first.push(await couple(renewed));
    // Only the files of one of them are known now.
    await couple();
    for (let i = 0; i < repeats; i++) unchanged.push(await couple());
  }
  const title = `${bench.name}, ${context.name}`;
  const ratioOf = (kind: 0 | 1) => (bytes[0]?.[kind] ?? 0) / (bytes[1]?.[kind] ?? 0);
  return [
    report(`${title}, first`, first, { bytes, kind: 0, ratio: ratioOf(0) }),
    report(`${title}, unchanged`, unchanged, { bytes, kind: 1, ratio: ratioOf(1) }),
  ];
}

interface CoupleOptions {
  readonly before: (() => Promise<void>) | undefined;
  /** Theirs is built first. */
  readonly isSwapped: boolean;
  readonly run: (build: Build) => Promise<Times>;
}

async function coupleOf(
  [ours, theirs]: readonly [Build, Build],
  { before, isSwapped, run }: CoupleOptions,
): Promise<Couple> {
  const timed = async (build: Build): Promise<Times> => {
    await before?.();
    return run(build);
  };
  if (!isSwapped) return [await timed(ours), await timed(theirs)];
  const second = await timed(theirs);
  return [await timed(ours), second];
}

interface Sent {
  /** Of ours and of theirs. */
  readonly bytes: readonly (readonly number[])[];
  readonly kind: 0 | 1;
  readonly ratio: number;
}

function report(title: string, couples: readonly Couple[], { bytes, kind, ratio }: Sent): Figures {
  const seconds = median(couples.map(([ours, theirs]) => ours.seconds / theirs.seconds));
  const [ours, theirs] = [0, 1].map((i) => {
    const time = median(couples.map((couple) => couple[i]?.seconds ?? 0));
    return text({ seconds: time, bytes: bytes[i]?.[kind] ?? 0 });
  });
  const processor = median(couples.map(([{ processor: time = 0 }]) => time));
  console.log(
    `${title}: ours ${ours ?? ''} (${processor.toFixed(2)} s of processor time), docker ${theirs ?? ''}; ` +
      `ratio ${seconds.toFixed(2)} of the seconds, ${ratio.toFixed(2)} of the bytes`,
  );
  return { seconds, bytes: ratio };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function text({ seconds, bytes }: Figures): string {
  return `${seconds.toFixed(2)} s and ${(bytes / 1e6).toFixed(3)} MB`;
}

/** The bytes that a build writes to the socket of the engine. */
async function bytesOf(
  bench: Bench,
  context: Context,
  build: Build,
  isFirst = true,
): Promise<number> {
  if (isFirst) await renew(bench, context);
  let bytes = 0;
  const proxy = createServer({ allowHalfOpen: true }, (client) => {
    const engine = connectSocket({ path: bench.socket, allowHalfOpen: true });
    for (const one of [client, engine]) one.on('error', () => undefined);
    client.on('data', (data) => (bytes += data.length));
    client.pipe(engine).pipe(client);
  });
  const socket = `${bench.socket}.${Date.now()}`;
  await new Promise<void>((ready) => proxy.listen(socket, ready));
  await build(socket, context);
  proxy.close();
  return bytes;
}

/** Makes it a folder that the engine does not know. */
async function renew(bench: Bench, context: Context): Promise<void> {
  const before = context.folder;
  context.folder = path.join(path.dirname(before), randomBytes(6).toString('hex'));
  await rename(before, context.folder);
  await writeFile(path.join(context.folder, 'small'), randomBytes(16));
  if (context.isFew) await pruneCache(bench);
}

async function pruneCache({ docker, env, socket }: Bench): Promise<void> {
  const host = { ...env, DOCKER_HOST: `unix://${socket}` };
  await outputOf(docker, ['builder', 'prune', '--all', '--force'], { env: host });
  await outputOf(docker, ['image', 'prune', '--force'], { env: host });
}

function theirBuild({ docker, env }: Bench): Build {
  return async (socket, { folder }) => {
    const before = performance.now();
    const host = { ...env, DOCKER_HOST: `unix://${socket}` };
    const { succeeded, output } = await cliBuild(host, [folder], docker);
    if (!succeeded) throw new Error(output);
    return { seconds: (performance.now() - before) / 1000 };
  };
}

/** The engines that are available; says what is missing. */
async function startEngines(folder: string): Promise<readonly Bench[]> {
  const found: Bench[] = [];
  const docker = await cliWithBuildKit();
  if (docker === undefined)
    console.log('Skipped: there is no docker CLI that contains BuildKit (docker.io of Debian 12)');
  else {
    const daemon = await startDaemon({ socket: path.join(folder, 'engine.sock'), secluded: true });
    cleanup.add(() => daemon.stop());
    found.push({ name: 'Docker of this machine', socket: daemon.socket, docker, env: process.env });
  }
  try {
    const newer = await startNewerEngine();
    cleanup.add(() => newer.stop());
    const { socket, env } = newer;
    found.push({ name: 'newer Docker with buildx', socket, docker: 'docker', env });
  } catch (error) {
    console.log(`Skipped: ${error instanceof Error ? error.message : String(error)}`);
  }
  return found;
}

async function writeContexts(folder: string): Promise<readonly Context[]> {
  const large = path.join(folder, 'large');
  const many = path.join(folder, 'many');
  const one = path.join(folder, 'one');
  for (const [context, copied] of [
    [large, '.'],
    [many, '.'],
    [one, 'small'],
  ] as const) {
    await mkdir(context, { recursive: true });
    await writeFile(path.join(context, 'Dockerfile'), `FROM scratch\nCOPY ${copied} /\n`);
  }
  for (let i = 0; i < 16; i++) await writeRandom(path.join(large, `part${i}`), megabytes / 16);
  await writeRandom(path.join(one, 'large'), megabytes);
  for (let i = 0; i < files; i++) {
    const directory = path.join(many, `d${Math.floor(i / 100)}`);
    if (i % 100 === 0) await mkdir(directory);
    await writeFile(path.join(directory, `f${i}`), randomFillSync(Buffer.allocUnsafe(1500)));
  }
  return [
    { name: `${megabytes} MiB`, folder: large, isFew: true, isOne: false },
    { name: `${files} small files`, folder: many, isFew: false, isOne: false },
    { name: `one file beside ${megabytes} MiB`, folder: one, isFew: true, isOne: true },
  ];
}

async function writeRandom(file: string, size: number): Promise<void> {
  const handle = await open(file, 'w');
  for (let i = 0; i < size; i++) await handle.write(randomFillSync(Buffer.allocUnsafe(1 << 20)));
  await handle.close();
}

interface Builder {
  readonly build: Build;
  /** Resolves to the most memory that it had, in MiB. */
  end(): Promise<number>;
}

interface Answer {
  readonly seconds?: number;
  readonly processor?: number;
  readonly mib?: number;
  readonly error?: string;
}

/** A process that builds what it is sent, like the extension host. */
async function startBuilder(program: string): Promise<Builder> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  cleanup.add(() => void child.kill());
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error('the builder has ended')));
  });
  ended.catch(() => undefined);
  const answer = (): Promise<Answer> => {
    const message = new Promise<Answer>((resolve) => child.once('message', resolve));
    return Promise.race([message, ended]);
  };
  await answer();
  const ask = async (message: object) => {
    const answered = answer();
    child.send(message);
    const result = await answered;
    if (result.error !== undefined) throw new Error(result.error);
    return result;
  };
  return {
    build: async (socket, { folder }) => {
      const { seconds = 0, processor = 0 } = await ask({ socket, folder });
      return { seconds, processor };
    },
    end: async () => {
      const { mib = 0 } = await ask({});
      child.kill();
      return mib;
    },
  };
}
