/**
 * `npm run bench -- copy [megabytes] [files] [files of the tree] [rounds]`: copies into and out of a container, with our client
 * and with `docker cp`, on the engine that answers. Both copy in turn, each time to a new place; the figures are medians. The
 * last line is JSON: the ratios of our seconds to those of `docker cp`, `again` for a second copy over the first with the list
 * of what it overwrites, and the most memory that our client needed above what it had at the start, in MiB.
 *
 * The seconds of `docker cp` contain its start, as ours runs in a program that is running already. `curl` sends a ready archive,
 * where it is installed: this shows the time that the engine itself needs, and `curl` has the ratios of our seconds to it.
 * Local files are in the folder for temporary files; on an ext4 file system without a journal, creating files becomes slow after
 * many were removed.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cleanup } from '../setup/cleanup.mts';
import { outputOf, whereIs } from '../setup/run.mts';
import { bundleProgram } from './bundle.mts';
import { writeSources } from './copy-sources.mts';

const [megabytes = 1024, files = 20_000, treeFiles = 40_000, rounds = 5] = process.argv.slice(2).map(Number); // prettier-ignore
const cleanup = new Cleanup();

interface Answer {
  readonly seconds?: number;
  readonly overwritten?: number;
  readonly longestStop?: number;
  readonly mib?: number;
  readonly error?: string;
}

interface Copier {
  copy(isIn: boolean, source: string, target: string): Promise<Answer>;
  /** The most memory above what it had at the start, in MiB. */
  memory(): number;
}

const names = ['one', 'many', 'tree'] as const;
type Name = (typeof names)[number];

interface Found {
  readonly in: Partial<Record<Name, number>>;
  readonly out: Partial<Record<Name, number>>;
  again?: number;
  mib: number;
  readonly curl: { readonly in: Partial<Record<Name, number>>; again?: number };
}

await cleanup.during(measure);

async function measure(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-copy-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const container = await startContainer();
  await writeSources(folder, { megabytes, files, treeFiles });
  const program = path.join(folder, 'copier.cjs');
  await bundleProgram('scripts/bench/copier.ts', program);
  const found: Found = { in: {}, out: {}, mib: 0, curl: { in: {} } };
  for (const name of names) {
    // One process for each, so that its memory is not that of the one before.
    const copier = await startCopier(program, container);
    const copied = await compareIn(container, copier, path.join(folder, name));
    found.in[name] = copied.dockerCp;
    if (copied.curl !== undefined) found.curl.in[name] = copied.curl;
    if (name === 'tree') {
      const again = await compareAgain(container, copier, path.join(folder, name));
      found.again = again.dockerCp;
      if (again.curl !== undefined) found.curl.again = again.curl;
    }
    found.out[name] = (await compareOut(container, copier, { folder, name })).dockerCp;
    console.log(`${name}: ${copier.memory().toFixed(0)} MiB above the start`);
    found.mib = Math.max(found.mib, copier.memory());
  }
  console.log(JSON.stringify(found, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value))); // prettier-ignore
}

type Side = (round: number) => Promise<number>;

/** Our seconds divided by those of the others. */
interface Ratios {
  readonly dockerCp: number;
  readonly curl?: number;
}

interface Sides {
  readonly ours: Side;
  readonly 'docker cp': Side;
  readonly 'curl with a ready archive'?: Side;
}

/** The ratios of the medians of the sides, which take turns. */
async function compare(title: string, sides: Sides): Promise<Ratios> {
  const times = new Map(Object.keys(sides).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    const turn = Object.entries(sides);
    if (round % 2 === 1) turn.reverse();
    for (const [name, side] of turn) times.get(name)?.push(await (side as Side)(round));
  }
  const medians = new Map([...times].map(([name, all]) => [name, median(all)] as const));
  const ratioTo = (name: string): number => (medians.get('ours') ?? 0) / (medians.get(name) ?? 1);
  const shown = [...medians].map(([name, seconds]) => `${name} ${seconds.toFixed(2)} s`).join(', ');
  const dockerCp = ratioTo('docker cp');
  console.log(`${title}: ${shown}; ratio ${dockerCp.toFixed(2)}`);
  const hasCurl = sides['curl with a ready archive'] !== undefined;
  return { dockerCp, ...(hasCurl && { curl: ratioTo('curl with a ready archive') }) };
}

function median(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

async function compareIn(container: string, copier: Copier, source: string): Promise<Ratios> {
  const name = path.basename(source);
  const target = async (round: number, side: string) => {
    const directory = `/in/${name}-${round}-${side}`;
    await docker('exec', container, 'mkdir', '-p', directory);
    return directory;
  };
  const removed = async (directory: string, seconds: number) => {
    await docker('exec', container, 'rm', '-rf', directory);
    return seconds;
  };
  const upload = await readyArchive(container, source);
  const ratios = await compare(`in, ${name}`, {
    ours: async (round) => {
      const directory = await target(round, 'ours');
      const { seconds = 0, longestStop = 0 } = await copier.copy(true, source, directory);
      console.log(`  ${seconds.toFixed(2)} s, longest stop ${longestStop.toFixed(0)} ms`);
      return removed(directory, seconds);
    },
    'docker cp': async (round) => {
      const directory = await target(round, 'theirs');
      return removed(directory, await timed('docker', ['cp', source, `${container}:${directory}`]));
    },
    ...(upload && {
      'curl with a ready archive': async (round: number) => {
        const directory = await target(round, 'curl');
        return removed(directory, await upload(directory));
      },
    }),
  });
  await rm(`${source}.tar`, { force: true });
  return ratios;
}

/** Sends an archive of the source that is written before to a directory, and returns the seconds; undefined without curl. */
async function readyArchive(
  container: string,
  source: string,
): Promise<((directory: string) => Promise<number>) | undefined> {
  const socket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '');
  if (whereIs('curl') === undefined || !socket.startsWith('/')) return undefined;
  const archive = `${source}.tar`;
  await outputOf('tar', ['-C', path.dirname(source), '-cf', archive, path.basename(source)]);
  const type = 'Content-Type: application/x-tar';
  const args = ['-sSf', '--unix-socket', socket, '-H', type, '-T', archive];
  return (directory) =>
    timed('curl', [...args, `http://localhost/containers/${container}/archive?path=${directory}`]);
}

async function compareAgain(container: string, copier: Copier, source: string): Promise<Ratios> {
  const upload = await readyArchive(container, source);
  for (const side of ['ours', 'theirs', ...(upload ? ['curl'] : [])]) {
    await docker('exec', container, 'mkdir', '-p', `/again/${side}`);
    await docker('cp', source, `${container}:/again/${side}`);
  }
  const ratios = await compare(`again, ${path.basename(source)}`, {
    ours: async () => {
      const { seconds = 0, overwritten = 0 } = await copier.copy(true, source, '/again/ours');
      if (overwritten < treeFiles) throw new Error(`only ${overwritten} files are overwritten`);
      return seconds;
    },
    'docker cp': () => timed('docker', ['cp', source, `${container}:/again/theirs`]),
    ...(upload && { 'curl with a ready archive': () => upload('/again/curl') }),
  });
  await rm(`${source}.tar`, { force: true });
  return ratios;
}

async function compareOut(
  container: string,
  copier: Copier,
  { folder, name }: { readonly folder: string; readonly name: Name },
): Promise<Ratios> {
  await docker('exec', container, 'mkdir', '-p', '/out');
  await docker('cp', path.join(folder, name), `${container}:/out`);
  const target = async (round: number, side: string) => {
    const directory = path.join(folder, `out-${name}-${round}-${side}`);
    await mkdir(directory);
    return directory;
  };
  const removed = async (directory: string, seconds: number) => {
    await rm(directory, { recursive: true });
    return seconds;
  };
  const ratios = await compare(`out, ${name}`, {
    ours: async (round) => {
      const directory = await target(round, 'ours');
      const { seconds = 0, longestStop = 0 } = await copier.copy(false, `/out/${name}`, directory);
      console.log(`  ${seconds.toFixed(2)} s, longest stop ${longestStop.toFixed(0)} ms`);
      return removed(directory, seconds);
    },
    'docker cp': async (round) => {
      const directory = await target(round, 'theirs');
      return removed(directory, await timed('docker', ['cp', `${container}:/out/${name}`, directory])); // prettier-ignore
    },
  });
  await docker('exec', container, 'rm', '-rf', '/out', '/in', '/again');
  return ratios;
}

/** Seconds. */
async function timed(program: string, args: readonly string[]): Promise<number> {
  const before = performance.now();
  await outputOf(program, args);
  return (performance.now() - before) / 1000;
}

async function docker(...args: readonly string[]): Promise<string> {
  return outputOf('docker', args);
}

/** A container with the busybox of this machine. */
async function startContainer(): Promise<string> {
  const busybox = whereIs('busybox');
  if (busybox === undefined) throw new Error('apt-get install busybox-static');
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-bench-image-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, 'bin'));
  await outputOf('cp', ['-L', busybox, path.join(folder, 'bin/busybox')]);
  for (const applet of ['sh', 'find', 'stat', 'mkdir', 'rm', 'tar', 'sleep'])
    await symlink('busybox', path.join(folder, 'bin', applet));
  const archive = path.join(folder, 'image.tar');
  await outputOf('tar', ['-C', folder, '-cf', archive, 'bin']);
  const image = 'localhost/drydock-bench:copy';
  await docker('import', '--change', 'ENV PATH=/bin', archive, image);
  cleanup.add(async () => {
    await docker('image', 'rm', '--force', image);
  });
  const id = (await docker('run', '--detach', '--init=false', image, 'sleep', '100000')).trim();
  cleanup.add(async () => {
    await docker('rm', '--force', id);
  });
  return id;
}

/** A process that copies what it is sent, like the extension host. */
async function startCopier(program: string, container: string): Promise<Copier> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  cleanup.add(() => void child.kill());
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error('the copier has ended')));
  });
  ended.catch(() => undefined);
  const answer = (): Promise<Answer> => {
    const message = new Promise<Answer>((resolve) => child.once('message', resolve));
    return Promise.race([message, ended]);
  };
  const { mib: atStart = 0 } = await answer();
  let most = atStart;
  return {
    copy: async (isIn, source, target) => {
      const answered = answer();
      child.send({ container, source, target, isIn });
      const result = await answered;
      if (result.error !== undefined) throw new Error(result.error);
      most = Math.max(most, result.mib ?? 0);
      return result;
    },
    memory: () => most - atStart,
  };
}
