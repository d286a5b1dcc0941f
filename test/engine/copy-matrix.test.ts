/** Copies with every kind of source, target and flag, beside `docker cp` on the installed and on a newer engine. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyIn, copyOut } from '../../client/src/copy/copy.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { readText } from './contract.ts';
import { createTargets, overwriteAll, plainSources, succeeded, targets } from './copy-cases.ts';
import { startEngines, type StartedEngine } from './two-engines.ts';

const run = promisify(execFile);

interface Case {
  readonly source: string;
  readonly target: string;
  readonly flags: readonly ('-a' | '-L')[];
}

const sources = [...plainSources, 'none', 'h', 'h/.', 'odd', 'gone'];
const cases: readonly Case[] = [
  ...sources.flatMap((source) => targets.map((target) => ({ source, target, flags: [] }))),
  ...['f', 'd', 'd/.', 'lf', 'ld', 'ld/.', 'none'].flatMap((source) =>
    ['dir', 'new', 'file', 'ldir'].map((target) => ({ source, target, flags: ['-L' as const] })),
  ),
  ...['f', 'd', 'h'].flatMap((source) =>
    ['dir', 'new'].map((target) => ({ source, target, flags: ['-a' as const] })),
  ),
]; // prettier-ignore

/** The files to copy, with times that differ, the directories last. */
const tree = `
mkdir -p src/d/sub/deep src/e src/h "src/odd/a b" && cd src
echo one > f; echo two > d/two; echo three > d/sub/three; : > d/sub/deep/empty
chmod 640 f; chmod 751 d/sub; chmod 775 d; chmod 711 e; chmod 400 d/two; chmod 555 d/sub/deep
ln -s two d/link; ln -s f lf; ln -s d ld; ln -s nothing none; ln -s /nowhere d/dangling; ln -s ../two d/sub/up
echo same > h/a; ln h/a h/b; mkdir h/c; ln h/a h/c/d
echo x > "odd/a b/é"; echo x > odd/-rf; echo x > odd/${'n'.repeat(120)}; mkdir -p odd/${'p'.repeat(60)}/${'q'.repeat(60)}
chown 1234:2345 d/two odd/-rf d/sub
find . -type f -exec touch -d @1500000001 {} +; find . -type l -exec touch -h -d @1500000002 {} +
find . -depth -type d -exec touch -d @1500000003 {} +; cd ..`;

/** The GNU tar of this machine with its libraries. */
const gnuTar = `
mkdir -p gnu/usr/bin; cp -L "$(command -v tar)" gnu/usr/bin/tar
for file in $(ldd gnu/usr/bin/tar | grep -o '/[^ ]*'); do mkdir -p "gnu$(dirname "$file")"; cp -L "$file" "gnu$file"; done`;

/** Names, types, modes, owners, times and numbers of links; then targets of links, and contents. */
const printAll = `
find . -exec stat -c "%n|%a|%F|%u:%g|%Y|%h" {} +
find . -type l -exec sh -c 'for f; do echo "$f|-> $(readlink "$f")"; done' _ {} +
find . -type f -exec sh -c 'for f; do echo "$f|: $(cat "$f")"; done' _ {} +`;

/** The lines of each case and side; times of the test itself are all the same. */
function linesOf(output: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const [, index = '', who = '', rest = ''] = /^\.\/(\d+)\/(mine|theirs)(.*)$/.exec(line) ?? [];
    const key = `${index} ${who}`;
    const shown = rest.replace(/\|1[6-9]\d{8}\|/, '|now|').replace(/\|[2-9]\d{9}\|/, '|now|');
    found.set(key, [...(found.get(key) ?? []), shown]);
  }
  for (const lines of found.values()) lines.sort();
  return found;
}

const engines = await startEngines();

afterAll(async () => {
  for (const one of engines) await one.stop();
});

describe.each(engines)('copies on Docker $version are like those of docker cp', (started) => {
  const { engine, docker } = started;
  let here: string;
  let container: string;
  beforeAll(async () => {
    here = await mkdtemp(join(tmpdir(), 'drydock-copy-matrix-'));
    container = await startContainer(here, started);
  });
  afterAll(async () => {
    await docker('rm', '--force', container);
    await rm(here, { recursive: true, force: true });
  });
  const inside = (script: string) => runInside(engine, container, script);
  const outside = async (folder: string, script: string) =>
    (await run('sh', ['-c', script], { cwd: folder, maxBuffer: 1 << 26 })).stdout;

  /** Runs all cases, and compares whether they succeed and what is there afterwards. */
  const compare = async (
    copy: (one: Case, index: number) => readonly [mine: Promise<unknown>, theirs: Promise<unknown>],
    print: () => Promise<string>,
  ) => {
    const differences: string[] = [];
    for (let at = 0; at < cases.length; at += 4)
      await Promise.all(
        cases.slice(at, at + 4).map(async (one, more) => {
          const [mine, theirs] = copy(one, at + more);
          const other = theirs.then(() => true, () => false); // prettier-ignore
          const results = await Promise.all([succeeded(mine), other]);
          if (results[0] !== results[1]) differences.push(`${titleOf(one)}: ${results.join(' ')}`);
        }),
      );
    const lines = linesOf(await print());
    for (const [index, one] of cases.entries()) {
      const [mine = [], theirs = []] = ['mine', 'theirs'].map((who) => lines.get(`${index} ${who}`)); // prettier-ignore
      expect(mine.length).toBeGreaterThan(5);
      const onlyOurs = mine.filter((line) => !theirs.includes(line));
      const onlyTheirs = theirs.filter((line) => !mine.includes(line));
      if (onlyOurs.length + onlyTheirs.length > 0)
        differences.push(`${titleOf(one)}: ours ${onlyOurs.join(' ')}; theirs ${onlyTheirs.join(' ')}`); // prettier-ignore
    }
    expect(differences).toEqual([]);
    console.log(`${cases.length} cases like docker cp`);
  };

  describe.each([
    { by: 'the engine', tarFrom: Infinity },
    { by: 'tar of busybox', tarFrom: 0 },
    { by: 'GNU tar', tarFrom: 0 },
  ])('with $by', ({ by, tarFrom }) => {
    const folder = by.replaceAll(' ', '-');
    const options = { ...overwriteAll, tarFrom };
    let used = 0;
    const counting: Engine = {
      ...engine,
      exec: (id, argv, more) => {
        if (argv.some((one) => one.includes('exec tar'))) used++;
        return engine.exec(id, argv, more);
      },
    };
    beforeAll(async () => {
      if (by !== 'GNU tar') return;
      await run('sh', ['-c', gnuTar], { cwd: here });
      await docker('cp', `${here}/gnu/.`, `${container}:/`);
      expect(await inside('/usr/bin/tar --version')).toContain('GNU tar');
    });
    afterAll(() => {
      console.log(`${by}: tar was used ${used} times`);
      expect(used > 40).toBe(tarFrom === 0);
    });
    test('into a container', { timeout: 600_000 }, async () => {
      const local = join(here, folder, 'in');
      await mkdir(local, { recursive: true });
      await outside(local, `${tree}\nchmod 4755 src/odd/-rf; chmod 1777 "src/odd/a b"`);
      await inside(`mkdir -p /c/${folder}; cd /c/${folder}; ${createTargets(cases.length)}`);
      await compare(
        ({ source, target, flags }, index) => {
          const from = join(local, 'src') + `/${source}`;
          const to = (who: string) => `/c/${folder}/${index}/${who}/${target}`;
          const request = { container, sources: [from], target: to('mine'), followLinks: flags.includes('-L') }; // prettier-ignore
          const theirs = docker('cp', '--quiet', ...flags, from, `${container}:${to('theirs')}`);
          return [copyIn(counting, request, options), theirs];
        },
        () => inside(`cd /c/${folder}; ${printAll}`),
      );
    });

    test('out of a container', { timeout: 600_000 }, async () => {
      await inside(`mkdir -p /out/${folder}; cd /out/${folder}; ${tree}`);
      const local = join(here, folder, 'out');
      await mkdir(local, { recursive: true });
      await outside(local, createTargets(cases.length));
      await compare(
        ({ source, target, flags }, index) => {
          const path = `/out/${folder}/src/${source}`;
          const to = (who: string) => `${local}/${index}/${who}/${target}`;
          const request = { container, path, target: to('mine'), followLinks: flags.includes('-L') }; // prettier-ignore
          const theirs = docker('cp', '--quiet', ...flags, `${container}:${path}`, to('theirs'));
          return [copyOut(counting, request, options), theirs];
        },
        () => outside(local, printAll),
      );
    });
  });
});

function titleOf({ source, target, flags }: Case): string {
  return [...flags, source, '→', target].join(' ');
}

/** A container with the busybox of this machine. */
async function startContainer(folder: string, { docker }: StartedEngine): Promise<string> {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));
  if (busybox === undefined) throw new Error('apt-get install busybox-static');
  await mkdir(join(folder, 'image/bin'), { recursive: true });
  await cp(busybox, join(folder, 'image/bin/busybox'), { dereference: true });
  for (const applet of applets) await symlink('busybox', join(folder, 'image/bin', applet));
  const archive = join(folder, 'image.tar');
  await run('tar', ['-C', join(folder, 'image'), '-cf', archive, 'bin']);
  const image = 'localhost/drydock-test:copy';
  await docker('import', '--change', 'ENV PATH=/bin', archive, image);
  return (await docker('run', '--detach', image, 'sleep', '100000')).stdout.trim();
}

const applets = 'sh cat chmod chown cp echo find ln ls mkdir readlink rm sleep stat tar touch'.split(' '); // prettier-ignore

async function runInside(engine: Engine, container: string, script: string): Promise<string> {
  const process = await engine.exec(container, ['sh', '-c', script], { tty: false });
  process.end();
  const output = await readText(process.output);
  expect(await process.exit, output).toBe(0);
  return output;
}
