/** Copies of many small files, which `tar` in the container packs and extracts where it can, and the engine where not. */
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyIn, copyOut, type CopyOptions } from '../../client/src/copy/copy.ts';
import { withMemoryMounts } from '../../client/src/copy/memory-mounts.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { fileEntry } from '../../client/src/engine/tar.ts';
import { engineErrorOf } from './contract.ts';
import { overwriteAll } from './copy-cases.ts';
import { directory, distrolessFiles, importImage, link, shellFiles } from './file-images.ts';
import { startEngines } from './two-engines.ts';

const engines = await startEngines();
const count = 1500;
/** For every engine, though tar is faster only than newer ones. */
const many: CopyOptions = { ...overwriteAll, tarFrom: 1000 };
let here: string;

beforeAll(async () => {
  here = await mkdtemp(join(tmpdir(), 'drydock-many-'));
  await mkdir(join(here, 'app/sub'), { recursive: true });
  for (let index = 0; index < count; index++)
    await writeFile(join(here, 'app/sub', `file ${index}`), `content ${index}`, { mode: 0o640 });
  await symlink('file 1', join(here, 'app/sub/link'));
  await writeFile(join(here, 'app', 'n'.repeat(200)), 'long name');
  await writeFile(join(here, 'app/é'), 'not ASCII');
  await chmod(join(here, 'app/sub'), 0o750);
  await utimes(join(here, 'app/sub'), 1_500_000_000, 1_500_000_000);
});
afterAll(async () => {
  await Promise.all(engines.map((one) => one.stop()));
  await rm(here, { recursive: true, force: true });
});

test('an engine is available', () => {
  expect(engines.length).toBeGreaterThan(0);
});

describe.each(engines)('$version', ({ version, engine: direct, docker }) => {
  const packed: string[] = [];
  /** The engine, with a record of who copied. */
  const engine = withMemoryMounts({
    ...direct,
    exec: (id, argv, options) => {
      const program = /exec tar -[cx]/.exec(argv.join(' '));
      if (program) packed.push(program[0]);
      return direct.exec(id, argv, options);
    },
  });
  beforeEach(() => {
    packed.length = 0;
  });
  beforeAll(async () => {
    const shell = await shellFiles();
    await importImage(docker, 'many', shell);
    const broken = '#!/bin/sh\n/bin/busybox tar "$@"\nexit 2\n';
    const others = shell.filter(({ name }) => name !== 'bin/tar');
    await importImage(docker, 'many-broken', [...others, fileEntry('bin/tar', Buffer.from(broken), 0o755)]); // prettier-ignore
    await importImage(docker, 'many-none', others);
    const evil = [directory('evil'), fileEntry('evil/tar', Buffer.from('#!/bin/sh\n: > /used\n'), 0o755)]; // prettier-ignore
    await importImage(docker, 'many-evil', [...shell, ...evil], ['ENV PATH=/evil:/bin']);
    await importImage(docker, 'many-distroless', await distrolessFiles(), ['ENV PATH=/app']);
    await importImage(docker, 'many-link', [...shell, directory('etc/other'), link('srv', 'etc'), directory('data'), link('data/sub', '../etc/other')]); // prettier-ignore
  });
  const started = async (image: string, ...args: string[]): Promise<string> => {
    const { stdout } = await docker('run', '-d', '--network=none', ...args, image, ...(image === 'many-distroless' ? ['/app/busybox'] : []), 'sleep', '1000'); // prettier-ignore
    return stdout.trim();
  };
  const copied = (id: string, target: string, more: Partial<Engine> = {}) =>
    copyIn({ ...engine, ...more }, { container: id, sources: [join(here, 'app')], target, owner: { user: 1000, group: 7 } }, many); // prettier-ignore
  const inside = async (id: string, script: string) =>
    (await docker('exec', id, 'sh', '-c', script)).stdout.trim();
  const states = "cd /tmp/app; ls sub | wc -l; stat -c '%a %u:%g %Y' sub; stat -c '%a %u:%g' 'sub/file 7' sub/link; cat 'sub/file 1499' é n*"; // prettier-ignore

  test('are the same with every program, and with none', async () => {
    const results: string[] = [];
    for (const image of ['many', 'many-broken', 'many-none', 'many-evil']) {
      const id = await started(image);
      packed.length = 0;
      const { entries } = await copied(id, '/tmp');
      expect(entries).toBe(count + 5);
      expect(packed).toContain('exec tar -x');
      results.push(await inside(id, states));
      const target = join(here, `out-${image}-${id.slice(0, 8)}`);
      const back = await copyOut(engine, { container: id, path: '/tmp/app', target }, many);
      expect(back.entries).toBe(count + 5);
      expect(packed).toContain('exec tar -c');
      expect(await readdir(join(target, 'sub'))).toHaveLength(count + 1);
      expect(await readFile(join(target, 'sub/file 1499'), 'utf8')).toBe('content 1499');
      expect(await readFile(join(target, 'é'), 'utf8')).toBe('not ASCII');
      expect((await lstat(join(target, 'sub'))).mtimeMs).toBe(1_500_000_000_000);
      expect(await inside(id, 'ls -d /used 2>/dev/null || echo unused')).toBe('unused');
    }
    const expected = `${count + 1}\n750 1000:7 1500000000\n640 1000:7\n777 1000:7\ncontent 1499not ASCIIlong name`;
    expect(results).toEqual(Array.from({ length: 4 }, () => expected));
  });

  test('come from a program only where the engine is slower', async () => {
    const id = await started('many');
    const into = { container: id, sources: [join(here, 'app')], target: '/tmp' };
    await copyIn(engine, into, overwriteAll);
    const target = join(here, `default-${id.slice(0, 8)}`);
    await copyOut(engine, { container: id, path: '/tmp/app', target }, overwriteAll);
    expect(packed).toEqual(version === '20.10' ? [] : ['exec tar -x', 'exec tar -c']);
  });

  test.each(['many-distroless', 'stopped', 'paused'])('come from the engine if no program can run: %s', async (image) => {
    const id = await started(image === 'many-distroless' ? image : 'many');
    if (image === 'stopped') await docker('kill', id);
    if (image === 'paused') await docker('pause', id);
    const { entries } = await copied(id, '/etc');
    expect(entries).toBe(count + 5);
    const target = join(here, `out-${id.slice(0, 8)}`);
    await copyOut(engine, { container: id, path: '/etc/app', target }, many);
    expect(await readdir(join(target, 'sub'))).toHaveLength(count + 1);
    if (image === 'paused') await docker('unpause', id);
  }); // prettier-ignore

  test('replace files, and never what a link leads to', async () => {
    const id = await started('many-link');
    await copied(id, '/tmp');
    await inside(id, "echo old > '/tmp/app/sub/file 7'; ln -sf /etc/passwd '/tmp/app/sub/file 8'");
    packed.length = 0;
    await copied(id, '/tmp');
    expect(packed).toEqual(['exec tar -x']);
    expect(await inside(id, "cat '/tmp/app/sub/file 7' '/tmp/app/sub/file 8'; head -n 1 /etc/passwd")).toBe('content 7content 8root:x:0:0::/:'); // prettier-ignore
    packed.length = 0;
    const request = { container: id, sources: [`${here}/app/.`], target: '/data' };
    expect((await engineErrorOf(copyIn(engine, request, many))).message).toMatch(/sub/);
    expect(packed).toEqual([]);
    expect(await inside(id, 'ls /etc/other')).toBe('');
  });

  test('do not use what only programs see', async () => {
    const id = await started('many', '--tmpfs', '/tmp/app/sub');
    await copied(id, '/tmp');
    expect(packed).toEqual([]);
    expect(await inside(id, 'ls /tmp/app/sub')).toBe('');
  });

  test('are complete files after a cancellation, and nothing else follows', async () => {
    const id = await started('many');
    const stop = new AbortController();
    const options = {
      ...many,
      signal: stop.signal,
      report: (_: number, __?: number, at?: { copied: number }) => {
        if ((at?.copied ?? 0) > 100) stop.abort();
      },
    };
    const request = { container: id, sources: [join(here, 'app')], target: '/tmp' };
    const { kind } = await engineErrorOf(copyIn(engine, request, options));
    expect(kind).toBe('cancelled');
    expect(packed).toEqual(['exec tar -x']);
    const bad = "cd /tmp/app/sub; for f in *; do i=${f#file }; [ \"$(cat \"$f\")\" = \"content $i\" ] || echo \"$f\"; done"; // prettier-ignore
    expect(await inside(id, bad)).toBe('');
  });
});
