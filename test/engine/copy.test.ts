import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyIn, copyOut, type CopyOptions } from '../../client/src/copy/copy.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { shellOf } from '../../client/src/shell/shells.ts';
import { failure, textOf, type Bench } from './contract.ts';
import { realBench, realEngine } from './real.ts';

const real = await realEngine();
const run = promisify(execFile);
const cli = await run('docker', ['--version']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
);
console.log(cli === undefined ? 'No docker command line to compare with.' : `Compared with ${cli}`);

const sources = ['f', 'd', 'd/', 'd/.', 'lf', 'ld', 'ld/', 'ld/.', 'e'];
const targets = [
  'dir',
  'dir/',
  'dir/.',
  'file',
  'file/',
  'new',
  'new/',
  'no/new',
  'ldir',
  'lfile',
  'lnone',
];
const cases = sources.flatMap((source) => targets.map((target) => ({ source, target })));
const yes: CopyOptions = {
  signal: new AbortController().signal,
  report: () => undefined,
  confirmOverwrite: () => Promise.resolve(true),
};

/** The same tree on both sides: what is copied, and where to. */
const tree = `
mkdir -p src/d/sub src/e; echo one > src/f; echo two > src/d/two; echo three > src/d/sub/three
chmod 640 src/f; chmod 751 src/d/sub; ln -s two src/d/link; ln -s f src/lf; ln -s d src/ld
ln -s /nowhere src/d/dangling`;
const place = `
mkdir dir inner; echo old > file; ln -s dir ldir; ln -s file lfile; ln -s nothing lnone`;

const words = cases.map((_, index) => index).join(' ');
const everyPlace = `
here=$PWD
for i in ${words}; do for who in mine theirs; do
  mkdir -p $here/$i/$who; cd $here/$i/$who; ${place.trim()}
done; done`;

describe.skipIf(real === undefined)('copying', () => {
  let bench: Bench;
  let here: string;
  let container: string;
  beforeAll(async () => {
    if (real === undefined) return;
    bench = await realBench(real);
    here = await mkdtemp(join(tmpdir(), 'drydock-copying-'));
    container = await bench.create();
  });
  afterAll(async () => {
    await bench.close();
    await rm(here, { recursive: true, force: true });
  });

  const inside = async (script: string): Promise<string> => {
    const process = await bench.engine.exec(container, ['sh', '-c', script], { tty: false });
    process.end();
    const output = await textOf(process.output);
    expect(await process.exit, output).toBe(0);
    return output;
  };
  const outside = async (folder: string, script: string): Promise<string> =>
    (await run('sh', ['-c', script], { cwd: folder, encoding: 'utf8' })).stdout;
  const dockerCopy = (from: string, to: string): Promise<boolean> =>
    run('docker', ['-H', real?.address.url ?? '', 'cp', from, to]).then(
      () => true,
      () => false,
    );
  /** False where it was refused; any other error than ours fails the test. */
  const done = (attempt: Promise<unknown>): Promise<boolean> =>
    attempt.then(
      () => true,
      (error: unknown) => {
        if (isEngineError(error)) return false;
        throw error;
      },
    );
  /** Names, kinds, modes, owners, link targets and contents of all below. */
  const look =
    'for i in $(find . | sort); do stat -c "%n %a %F %u:%g" "$i"; readlink "$i" || true; [ -f "$i" ] && cat "$i" || true; done';

  test.skipIf(cli === undefined)(
    'into a container is what docker cp does, case by case',
    async () => {
      await mkdir(join(here, 'in'));
      await outside(join(here, 'in'), tree);
      await chown(join(here, 'in/src/d/two'), 1234, 2345);
      await inside(`mkdir /c; cd /c; ${everyPlace}`);
      const unlike: string[] = [];
      for (const [index, { source, target }] of cases.entries()) {
        const from = join(here, 'in/src') + `/${source}`;
        const to = (who: string) => `/c/${index}/${who}/${target}`;
        const into = { container, sources: [from], target: to('mine') };
        const [mine, theirs] = await Promise.all([
          done(copyIn(bench.engine, into, yes)),
          dockerCopy(from, `${container}:${to('theirs')}`),
        ]);
        if (mine !== theirs) unlike.push(`${source} → ${target}: ${String(mine)}`);
      }
      const trees = async (who: string) =>
        inside(`for i in ${words}; do cd /c/$i/${who}; echo "== $i"; ${look}; done`);
      expect(unlike).toEqual([]);
      expect(await trees('mine')).toContain('three');
      expect(await trees('mine')).toEqual(await trees('theirs'));
      console.log(`${cases.length} cases into a container like docker cp`);
    },
  );

  test.skipIf(cli === undefined)(
    'out of a container is what docker cp does, case by case',
    async () => {
      await inside(`mkdir /out; cd /out; ${tree}`);
      await mkdir(join(here, 'out'));
      await outside(join(here, 'out'), everyPlace);
      const unlike: string[] = [];
      for (const [index, { source, target }] of cases.entries()) {
        const to = (who: string) => `${here}/out/${index}/${who}/${target}`;
        const from = { container, path: `/out/src/${source}`, target: to('mine') };
        const [mine, theirs] = await Promise.all([
          done(copyOut(bench.engine, from, yes)),
          dockerCopy(`${container}:/out/src/${source}`, to('theirs')),
        ]);
        if (mine !== theirs) unlike.push(`${source} → ${target}: ${String(mine)}`);
      }
      const trees = (who: string) =>
        outside(
          here,
          `for i in ${words}; do cd ${here}/out/$i/${who}; echo "== $i"; ${look}; done`,
        );
      expect(await trees('mine')).toContain('three');
      expect(await trees('mine')).toEqual(await trees('theirs'));
      expect(unlike).toEqual([]);
      console.log(`${cases.length} cases out of a container like docker cp`);
    },
  );

  test('hostile names of a container stay inside, and devices are skipped', async () => {
    await inside(
      'mkdir /h; cd /h; echo x > "a b"; echo x > "-rf"; ln -s /etc/passwd out; ln -s .. up; mknod dev c 1 3; mkfifo pipe; chmod 4755 "a b"',
    );
    const target = join(here, 'hostile');
    const { skipped } = await copyOut(bench.engine, { container, path: '/h', target }, yes);
    expect([...skipped].sort()).toEqual(['h/dev', 'h/pipe']);
    expect((await stat(join(target, 'a b'))).mode & 0o7777).toBe(0o755);
  });

  test('the whole file system of a container is refused nothing but what cannot be', async () => {
    const target = join(here, 'root');
    await mkdir(target);
    await copyOut(bench.engine, { container, path: '/etc/.', target }, yes);
    expect(await readFile(join(target, 'passwd'), 'utf8')).toMatch(/^root:/);
  });

  test('a large file goes in and out unchanged, with every byte reported', async () => {
    const file = join(here, 'large');
    await writeFile(file, Buffer.alloc(64 << 20, 'drydock'));
    await chmod(file, 0o600);
    const reports: [number, number?][] = [];
    const talk: CopyOptions = {
      ...yes,
      report: (copied, total) => reports.push(total === undefined ? [copied] : [copied, total]),
    };
    await copyIn(bench.engine, { container, sources: [file], target: '/tmp' }, talk);
    expect(reports.at(-1)).toEqual([64 << 20, 64 << 20]);
    const back = join(here, 'back');
    await copyOut(bench.engine, { container, path: '/tmp/large', target: back }, talk);
    expect(reports.at(-1)).toEqual([64 << 20, 64 << 20]);
    expect((await readFile(back)).equals(await readFile(file))).toBe(true);
  });

  test('cancel on the way in leaves no file in the container', async () => {
    const file = join(here, 'huge');
    await writeFile(file, Buffer.alloc(64 << 20));
    const stop = new AbortController();
    const talk: CopyOptions = {
      ...yes,
      signal: stop.signal,
      report: (copied) => {
        if (copied > 0) stop.abort();
      },
    };
    const into = { container, sources: [file], target: '/tmp/never' };
    expect((await failure(copyIn(bench.engine, into, talk))).kind).toBe('cancelled');
    expect(await inside('ls /tmp')).not.toContain('never');
  });

  test('a link to a folder here is followed where it is named as a folder', async () => {
    await mkdir(join(here, 'folder'));
    await writeFile(join(here, 'folder/x'), 'x');
    await symlink('folder', join(here, 'alias'));
    await copyIn(bench.engine, { container, sources: [join(here, 'alias/')], target: '/tmp' }, yes);
    expect(await inside('cat /tmp/alias/x')).toBe('x');
  });

  test('the shell of the container is found', async () => {
    expect(await shellOf(bench.engine, container)).toEqual(['ash']);
  });
});
