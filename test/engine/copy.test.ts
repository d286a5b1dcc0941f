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
import { shellsOf } from '../../client/src/shell/shells.ts';
import { createTargets, overwriteAll, plainSources, succeeded, targets } from './copy-cases.ts';
import { engineErrorOf, readText, type EngineFixture } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
const run = promisify(execFile);
const cli = await run('docker', ['--version']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
);
console.log(
  cli === undefined
    ? 'The Docker CLI is not installed, so there is nothing to compare with.'
    : `Compared with ${cli}`,
);

const cases = plainSources.flatMap((source) => targets.map((target) => ({ source, target })));

/** The files to copy and the targets, which are the same inside and outside of the container. */
const tree = `
mkdir -p src/d/sub src/e; echo one > src/f; echo two > src/d/two; echo three > src/d/sub/three
chmod 640 src/f; chmod 751 src/d/sub; chmod 775 src/d; chmod 711 src/e; ln -s two src/d/link; ln -s f src/lf; ln -s d src/ld
ln -s /nowhere src/d/dangling`;
const indexes = cases.map((_, index) => index).join(' ');

describe.skipIf(real === undefined)('copying', () => {
  let fixture: EngineFixture;
  let here: string;
  let container: string;
  beforeAll(async () => {
    if (real === undefined) return;
    fixture = await createFixture(real);
    here = await mkdtemp(join(tmpdir(), 'drydock-copying-'));
    container = await fixture.create();
  });
  afterAll(async () => {
    await fixture.close();
    await rm(here, { recursive: true, force: true });
  });

  const inside = async (script: string): Promise<string> => {
    const process = await fixture.engine.exec(container, ['sh', '-c', script], { tty: false });
    process.end();
    const output = await readText(process.output);
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
  /** Prints names, types, modes, owners, link targets and contents of all files. */
  const printTree =
    'for i in $(find . | sort); do stat -c "%n %a %F %u:%g" "$i"; readlink "$i" || true; [ -f "$i" ] && cat "$i" || true; done';

  test.skipIf(cli === undefined)(
    'into a container gives the same result as docker cp',
    async () => {
      await mkdir(join(here, 'in'));
      await outside(join(here, 'in'), tree);
      await chown(join(here, 'in/src/d/two'), 1234, 2345);
      await inside(`mkdir /c; cd /c; ${createTargets(cases.length)}`);
      const differences: string[] = [];
      for (const [index, { source, target }] of cases.entries()) {
        const from = join(here, 'in/src') + `/${source}`;
        const to = (who: string) => `/c/${index}/${who}/${target}`;
        const into = { container, sources: [from], target: to('mine') };
        const [mine, theirs] = await Promise.all([
          succeeded(copyIn(fixture.engine, into, overwriteAll)),
          dockerCopy(from, `${container}:${to('theirs')}`),
        ]);
        if (mine !== theirs) differences.push(`${source} → ${target}: ${String(mine)}`);
      }
      const trees = async (who: string) =>
        inside(`for i in ${indexes}; do cd /c/$i/${who}; echo "== $i"; ${printTree}; done`);
      expect(differences).toEqual([]);
      expect(await trees('mine')).toContain('three');
      expect(await trees('mine')).toEqual(await trees('theirs'));
      console.log(`${cases.length} cases into a container like docker cp`);
    },
  );

  test.skipIf(cli === undefined)(
    'out of a container gives the same result as docker cp',
    async () => {
      await inside(`mkdir /out; cd /out; ${tree}`);
      await mkdir(join(here, 'out'));
      await outside(join(here, 'out'), createTargets(cases.length));
      const differences: string[] = [];
      for (const [index, { source, target }] of cases.entries()) {
        const to = (who: string) => `${here}/out/${index}/${who}/${target}`;
        const from = { container, path: `/out/src/${source}`, target: to('mine') };
        const [mine, theirs] = await Promise.all([
          succeeded(copyOut(fixture.engine, from, overwriteAll)),
          dockerCopy(`${container}:/out/src/${source}`, to('theirs')),
        ]);
        if (mine !== theirs) differences.push(`${source} → ${target}: ${String(mine)}`);
      }
      const trees = (who: string) =>
        outside(
          here,
          `for i in ${indexes}; do cd ${here}/out/$i/${who}; echo "== $i"; ${printTree}; done`,
        );
      expect(await trees('mine')).toContain('three');
      expect(await trees('mine')).toEqual(await trees('theirs'));
      expect(differences).toEqual([]);
      console.log(`${cases.length} cases out of a container like docker cp`);
    },
  );

  test('keeps files with hostile names inside the target, and skips devices', async () => {
    await inside(
      'mkdir /h; cd /h; echo x > "a b"; echo x > "-rf"; ln -s /etc/passwd out; ln -s .. up; mknod dev c 1 3; mkfifo pipe; chmod 4755 "a b"',
    );
    const target = join(here, 'hostile');
    const { skipped } = await copyOut(
      fixture.engine,
      { container, path: '/h', target },
      overwriteAll,
    );
    expect([...skipped].sort()).toEqual(['h/dev', 'h/pipe']);
    expect((await stat(join(target, 'a b'))).mode & 0o7777).toBe(0o755);
  });

  test('does not change the mode of the folder that the contents are copied to', async () => {
    await inside('mkdir -p /open/sub /closed; chmod 777 /open; chmod 711 /open/sub; echo x > /closed/x; chmod 0 /closed'); // prettier-ignore
    const target = join(here, 'own');
    await mkdir(target, { mode: 0o750 });
    for (const path of ['/open/.', '/closed/.'])
      await copyOut(fixture.engine, { container, path, target }, overwriteAll);
    expect((await stat(target)).mode & 0o777).toBe(0o750);
    expect((await stat(join(target, 'sub'))).mode & 0o777).toBe(0o711);
    const created = join(here, 'created');
    await copyOut(fixture.engine, { container, path: '/closed/.', target: created }, overwriteAll);
    expect((await stat(created)).mode & 0o777).toBe(0);
  });

  test('keeps names that are not UTF-8 in both directions, like docker cp', async () => {
    const folder = join(here, 'bytes');
    await outside(
      here,
      'mkdir -p bytes/odd; cd bytes/odd; a="$(printf "a\\376")"; b="$(printf "a\\377")"; echo a > "$a"; echo b > "$b"; ln -s "$b" l; ln "$a" h',
    );
    const into = { container, sources: [join(folder, 'odd')], target: '/tmp' };
    await copyIn(fixture.engine, into, overwriteAll);
    await mkdir(join(folder, 'mine'));
    await copyOut(
      fixture.engine,
      { container, path: '/tmp/odd', target: join(folder, 'mine') },
      overwriteAll,
    );
    const list = 'find . | LC_ALL=C sort | od -c; cat */*; readlink */l | od -c';
    const original = await outside(folder, 'cd odd; find . | LC_ALL=C sort | od -c');
    expect(await outside(join(folder, 'mine/odd'), 'find . | LC_ALL=C sort | od -c')).toBe(
      original,
    );
    if (cli === undefined) return;
    await mkdir(join(folder, 'theirs'));
    expect(await dockerCopy(`${container}:/tmp/odd`, join(folder, 'theirs'))).toBe(true);
    expect(await outside(join(folder, 'mine'), list)).toBe(
      await outside(join(folder, 'theirs'), list),
    );
  });

  test('copies the contents of /etc', async () => {
    const target = join(here, 'root');
    await mkdir(target);
    await copyOut(fixture.engine, { container, path: '/etc/.', target }, overwriteAll);
    expect(await readFile(join(target, 'passwd'), 'utf8')).toMatch(/^root:/);
  });

  test('copies a large file in and out unchanged, and reports every byte', async () => {
    const file = join(here, 'large');
    await writeFile(file, Buffer.alloc(64 << 20, 'drydock'));
    await chmod(file, 0o600);
    const reports: [number, number?][] = [];
    const options: CopyOptions = {
      ...overwriteAll,
      report: (copied, total) => reports.push(total === undefined ? [copied] : [copied, total]),
    };
    await copyIn(fixture.engine, { container, sources: [file], target: '/tmp' }, options);
    expect(reports.at(-1)).toEqual([64 << 20, 64 << 20]);
    const back = join(here, 'back');
    await copyOut(fixture.engine, { container, path: '/tmp/large', target: back }, options);
    expect(reports.at(-1)).toEqual([64 << 20, 64 << 20]);
    expect((await readFile(back)).equals(await readFile(file))).toBe(true);
  });

  test('leaves no file in the container after a cancellation', async () => {
    const file = join(here, 'huge');
    await writeFile(file, Buffer.alloc(64 << 20));
    const stop = new AbortController();
    const options: CopyOptions = {
      ...overwriteAll,
      signal: stop.signal,
      report: (copied) => {
        if (copied > 0) stop.abort();
      },
    };
    const into = { container, sources: [file], target: '/tmp/never' };
    expect((await engineErrorOf(copyIn(fixture.engine, into, options))).kind).toBe('cancelled');
    expect(await inside('ls /tmp')).not.toContain('never');
  });

  test('follows a local link to a directory if its path ends with a slash', async () => {
    await mkdir(join(here, 'folder'));
    await writeFile(join(here, 'folder/x'), 'x');
    await symlink('folder', join(here, 'alias'));
    await copyIn(
      fixture.engine,
      { container, sources: [join(here, 'alias/')], target: '/tmp' },
      overwriteAll,
    );
    expect(await inside('cat /tmp/alias/x')).toBe('x');
  });

  test('finds the shell of the container', async () => {
    expect(await shellsOf(fixture.engine, container)).toEqual(['/bin/ash', '/bin/sh']);
  });
});
