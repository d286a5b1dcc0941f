/** Copies into and out of tmpfs mounts and file systems of the kernel, which the engine's archive does not see. */
import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, rm, symlink, utimes, writeFile } from 'node:fs/promises'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyAcross } from '../../client/src/copy/copy-across.ts';
import { copyIn, copyOut, type CopyOptions } from '../../client/src/copy/copy.ts';
import { withMemoryMounts } from '../../client/src/copy/memory-mounts.ts';
import { engineErrorOf } from './contract.ts';
import { overwriteAll } from './copy-cases.ts';
import { distrolessFiles, importImage, shellFiles } from './file-images.ts';
import { startEngines } from './two-engines.ts';

const engines = await startEngines();
let here: string;

beforeAll(async () => {
  here = await mkdtemp(join(tmpdir(), 'drydock-memory-'));
  await mkdir(join(here, 'from/sub'), { recursive: true });
  await writeFile(join(here, 'from/text'), 'text');
  await chmod(join(here, 'from/text'), 0o640);
  await utimes(join(here, 'from/text'), 1_600_000_000, 1_600_000_000);
  await symlink('../text', join(here, 'from/sub/link'));
  await writeFile(join(here, 'from/sub/large'), Buffer.alloc(8 << 20, 'drydock'));
  await writeFile(join(here, "from/it's a\nname"), 'x');
});
afterAll(async () => {
  await Promise.all(engines.map((one) => one.stop()));
  await rm(here, { recursive: true, force: true });
});

test('an engine is available', () => {
  expect(engines.length).toBeGreaterThan(0);
});

describe.each(engines)('$version', ({ engine: direct, docker }) => {
  const engine = withMemoryMounts(direct);
  const started = async (image: string, ...args: string[]): Promise<string> => {
    const { stdout } = await docker('run', '-d', '--tmpfs', '/t', image, ...args);
    return stdout.trim();
  };

  test('copies into tmpfs, asks before it overwrites, and copies it out again', async () => {
    await importImage(docker, 'shell', await shellFiles());
    const id = await started('shell', 'sleep', '1000');
    const into = { container: id, sources: [join(here, 'from')], target: '/t' };
    await copyIn(engine, { ...into, owner: { user: 1000, group: 7 } }, overwriteAll);
    const shown = await docker('exec', id, 'stat', '-c', '%a %u:%g %Y', '/t/from/text');
    expect(shown.stdout.trim()).toBe('640 1000:7 1600000000');
    const asked: string[] = [];
    const asking: CopyOptions = {
      ...overwriteAll,
      confirmOverwrite: (paths) => Promise.resolve(asked.push(...paths) > 0),
    };
    await copyIn(engine, into, asking);
    expect(asked.sort()).toEqual(["/t/from/it's a\\nname", '/t/from/sub/large', '/t/from/sub/link', '/t/from/text']); // prettier-ignore
    const target = join(here, `out-${id}`);
    await copyOut(engine, { container: id, path: '/t/from', target }, overwriteAll);
    expect((await readFile(join(target, 'sub/large'))).equals(Buffer.alloc(8 << 20, 'drydock'))).toBe(true); // prettier-ignore
    expect(await readlink(join(target, 'sub/link'))).toBe('../text');
    expect(await readFile(join(target, "it's a\nname"), 'utf8')).toBe('x');
    const { mode, mtimeMs } = await lstat(join(target, 'text'));
    expect([mode & 0o777, mtimeMs]).toEqual([0o640, 1_600_000_000_000]);
    await direct.remove(id, { force: true });
  });

  test('copies through links that lead into tmpfs', async () => {
    const id = await started('shell', 'sleep', '1000');
    await docker('exec', id, 'sh', '-c', 'mkdir -p /t/deep /a; ln -s ../t/deep /a/in; ln -s /a /b; ln -s loop /a/loop'); // prettier-ignore
    const into = { container: id, sources: [join(here, 'from')], target: '/b/in' };
    await copyIn(engine, into, overwriteAll);
    expect((await docker('exec', id, 'cat', '/t/deep/from/text')).stdout).toBe('text');
    const target = join(here, `through-${id}`);
    await copyOut(engine, { container: id, path: '/b/in/from', target }, overwriteAll);
    expect(await readFile(join(target, 'text'), 'utf8')).toBe('text');
    const looping = copyIn(engine, { ...into, target: '/a/loop/x' }, overwriteAll);
    expect((await engineErrorOf(looping)).message).not.toBe('');
    await direct.remove(id, { force: true });
  });

  test('copies from one container to another', async () => {
    const [one, other] = [await started('shell', 'sleep', '1000'), await started('shell', 'sleep', '1000')]; // prettier-ignore
    await copyIn(engine, { container: one, sources: [join(here, 'from')], target: '/t' }, overwriteAll); // prettier-ignore
    await copyAcross(engine, { from: { container: one, path: '/t/from' }, to: { container: other, target: '/t/copy' } }, overwriteAll); // prettier-ignore
    expect((await docker('exec', other, 'cat', '/t/copy/text')).stdout).toBe('text');
    await direct.remove(one, { force: true });
    await direct.remove(other, { force: true });
  });

  test('copies single files of the kernel out, and says what is not possible', async () => {
    const id = await started('shell', 'sleep', '1000');
    const target = join(here, `comm-${id}`);
    await copyOut(engine, { container: id, path: '/proc/1/comm', target }, overwriteAll);
    expect(await readFile(target, 'utf8')).toBe('sleep\n');
    const whole = copyOut(engine, { container: id, path: '/proc/1', target: here }, overwriteAll);
    expect((await engineErrorOf(whole)).message).toMatch(/cannot be copied as a whole/);
    const file = { container: id, sources: [join(here, 'from/text')] };
    const refused = copyIn(engine, { ...file, target: '/proc/1' }, overwriteAll);
    expect((await engineErrorOf(refused)).message).not.toBe('');
    await direct.kill(id);
    // The mount is gone: this is the directory that is below it.
    await copyIn(engine, { ...file, target: '/t' }, overwriteAll);
    expect((await direct.stat(id, '/t/text')).size).toBe(4);
    await direct.remove(id, { force: true });
  });

  test('says what a container without programs needs', async () => {
    await importImage(docker, 'distroless', await distrolessFiles());
    const id = await started('distroless', '/app/busybox', 'sleep', '1000');
    const into = { container: id, sources: [join(here, 'from')], target: '/t' };
    expect((await engineErrorOf(copyIn(engine, into, overwriteAll))).message).toBe(
      '/t is only in the memory of the container. It can be copied while the container runs, if it has a shell and tar.',
    );
    await direct.remove(id, { force: true });
  });

  test('ends a copy that is cancelled, and leaves no incomplete file', async () => {
    const id = await started('shell', 'sleep', '1000');
    const stop = new AbortController();
    const options: CopyOptions = {
      ...overwriteAll,
      signal: stop.signal,
      report: (bytes) => {
        if (bytes > 0) stop.abort();
      },
    };
    const into = { container: id, sources: [join(here, 'from/sub/large')], target: '/t' };
    expect((await engineErrorOf(copyIn(engine, into, options))).kind).toBe('cancelled');
    expect((await docker('exec', id, 'ls', '/t')).stdout).toBe('');
    await direct.remove(id, { force: true });
  });
});
