import { execFileSync } from 'node:child_process';
import { chmod, link, lstat, mkdir, mkdtemp, open, readFile, readdir, readlink, rm, stat, symlink, writeFile, type FileHandle } from 'node:fs/promises'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineError } from './errors.ts';
import { fileErrorReason } from './file-errors.ts';
import { writeFileFromStream, writeWholeFile } from './write-file.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-write-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(home, { recursive: true });
});

const local = (name: string) => join(home, name);
const text = (name: string) => readFile(local(name), 'utf8');
const isRoot = process.getuid?.() === 0;

async function* chunks(...parts: readonly string[]) {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}

/** The object with the methods of all open files, whose methods can be replaced. */
async function fileMethods(): Promise<FileHandle> {
  const handle = await open(local('any'), 'w');
  await handle.close();
  await rm(local('any'));
  return Object.getPrototypeOf(handle) as FileHandle;
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: in words of the system`), { code });
}

/** What both functions promise; each is called with a name and a content. */
const writers: readonly [string, (name: string, content: string) => Promise<unknown>][] = [
  ['a stream', (name, content) => writeFileFromStream(local(name), chunks(content.slice(0, 3), content.slice(3)))],
  ['a text', (name, content) => writeWholeFile(local(name), content)],
]; // prettier-ignore

describe.each(writers)('writing %s', (_, write) => {
  test('creates a file, or replaces one and keeps its permissions', async () => {
    await write('new', 'content');
    expect(await text('new')).toBe('content');
    await writeFile(local('old'), 'much longer than before');
    await chmod(local('old'), 0o640);
    await write('old', 'content');
    expect(await text('old')).toBe('content');
    expect((await stat(local('old'))).mode & 0o7777).toBe(0o640);
    expect((await readdir(home)).sort()).toEqual(['new', 'old']);
  });

  test('writes everything when the system writes one byte at a time', async () => {
    const methods = await fileMethods();
    const original: unknown = Reflect.get(methods, 'write');
    vi.spyOn(methods, 'write').mockImplementation(function (
      this: FileHandle,
      ...[bytes, at, , position]: unknown[]
    ) {
      return Reflect.apply(original as () => never, this, [bytes, at, 1, position]) as never;
    });
    await write('x', 'the whole content');
    expect(await text('x')).toBe('the whole content');
  });

  test.each(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG'])(
    'leaves the file as it was and nothing else if a write fails with %s',
    async (code) => {
      await writeFile(local('x'), 'before');
      const methods = await fileMethods();
      vi.spyOn(methods, 'write').mockRejectedValue(systemError(code));
      const failure = write('x', 'content');
      await expect(failure).rejects.toMatchObject({ name: 'EngineError', kind: 'failed' });
      await expect(failure).rejects.not.toThrow('in words of the system');
      expect(await text('x')).toBe('before');
      expect(await readdir(home)).toEqual(['x']);
    },
  );

  test('notices that the disk is full when the content is flushed', async () => {
    await writeFile(local('x'), 'before');
    vi.spyOn(await fileMethods(), 'sync').mockRejectedValueOnce(systemError('ENOSPC'));
    await expect(write('x', 'content')).rejects.toThrow('No space left on device');
    expect(await text('x')).toBe('before');
    expect(await readdir(home)).toEqual(['x']);
  });

  test('works on file systems without `fsync`', async () => {
    vi.spyOn(await fileMethods(), 'sync').mockRejectedValue(systemError('EINVAL'));
    await write('x', 'content');
    expect(await text('x')).toBe('content');
  });

  test('does not write to files that a guessed name leads to', async () => {
    await writeFile(local('victim'), 'mine');
    for (const name of ['x.part', 'x.tmp', '.x', 'x~']) await symlink('victim', local(name));
    await write('x', 'content');
    expect(await text('victim')).toBe('mine');
  });

  test.runIf(process.platform === 'linux')('refuses folders, pipes and devices', async () => {
    await mkdir(local('folder'));
    execFileSync('mkfifo', [local('pipe')]);
    await expect(write('folder', 'x')).rejects.toThrow(`${local('folder')} is a folder`);
    await expect(write('pipe', 'x')).rejects.toThrow(`${local('pipe')} is not a regular file`);
    expect((await lstat(local('pipe'))).isFIFO()).toBe(true);
    await expect(write('none/x', 'x')).rejects.toThrow('No such file or folder');
  });

  test.runIf(process.platform === 'linux' && isRoot)('leaves nothing on a full disk', async () => {
    const disk = local('disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]);
    try {
      await writeFile(join(disk, 'x'), 'before');
      await expect(write('disk/x', 'y'.repeat(1 << 20))).rejects.toThrow('No space left on device');
      expect(await readdir(disk)).toEqual(['x']);
      expect(await text('disk/x')).toBe('before');
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('writing a stream', () => {
  test('reports the bytes and resolves to their number', async () => {
    const reports: number[] = [];
    const report = (bytes: number) => void reports.push(bytes);
    expect(await writeFileFromStream(local('x'), chunks('ab', 'c'), { report })).toBe(3);
    expect(reports).toEqual([2, 3]);
  });

  test('replaces a symbolic link and not the file that it leads to', async () => {
    await writeFile(local('victim'), 'mine');
    await symlink('victim', local('x'));
    await writeFileFromStream(local('x'), chunks('content'));
    expect(await text('victim')).toBe('mine');
    expect((await lstat(local('x'))).isFile()).toBe(true);
  });

  test('leaves no file if the stream fails or is cancelled, also if it then just ends', async () => {
    const stop = new AbortController();
    async function* failing() {
      yield* chunks('part');
      throw new EngineError('failed', 'the engine stopped');
    }
    async function* ending() {
      yield* chunks('part');
      stop.abort();
    }
    await expect(writeFileFromStream(local('x'), failing())).rejects.toThrow('the engine stopped');
    await expect(
      writeFileFromStream(local('x'), ending(), { signal: stop.signal }),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await readdir(home)).toEqual([]);
  });
});

describe('writing a text', () => {
  test('keeps a symbolic link and replaces its target, also one that does not exist', async () => {
    await mkdir(local('real'));
    await writeFile(local('real/file'), 'before', { mode: 0o600 });
    await symlink('real/file', local('link'));
    await symlink('link', local('second'));
    await symlink('real/new', local('dangling'));
    await writeWholeFile(local('second'), 'after');
    await writeWholeFile(local('dangling'), 'created', 0o600);
    expect(await readlink(local('link'))).toBe('real/file');
    expect([await text('real/file'), await text('real/new')]).toEqual(['after', 'created']);
    expect((await stat(local('real/file'))).mode & 0o777).toBe(0o600);
    expect((await stat(local('real/new'))).mode & 0o777).toBe(0o600);
  });

  test('rejects a link that leads to itself', async () => {
    await symlink('x', local('x'));
    await expect(writeWholeFile(local('x'), '')).rejects.toThrow('Too many symbolic links');
  });

  test.runIf(isRoot)('keeps the owner', async () => {
    await writeFile(local('x'), 'before');
    execFileSync('chown', ['1234:2345', local('x')]);
    await writeWholeFile(local('x'), 'after');
    const { uid, gid } = await stat(local('x'));
    expect([uid, gid]).toEqual([1234, 2345]);
  });

  test('writes into the file if it cannot be replaced, and restores it if that fails too', async () => {
    await writeFile(local('x'), 'before');
    await link(local('x'), local('same'));
    const methods = await fileMethods();
    vi.spyOn(methods, 'sync').mockRejectedValueOnce(systemError('EBUSY'));
    await writeWholeFile(local('x'), 'now');
    expect([await text('x'), await text('same')]).toEqual(['now', 'now']);
    vi.spyOn(methods, 'sync')
      .mockRejectedValueOnce(systemError('EBUSY'))
      .mockRejectedValueOnce(systemError('ENOSPC'));
    await expect(writeWholeFile(local('x'), 'a longer text')).rejects.toThrow(
      'No space left on device',
    );
    expect([await text('x'), await text('same')]).toEqual(['now', 'now']);
    expect((await readdir(home)).sort()).toEqual(['same', 'x']);
  });

  test.runIf(process.platform === 'linux' && isRoot)('writes a file that is a mount', async () => {
    await writeFile(local('original'), 'before');
    await writeFile(local('mounted'), '');
    execFileSync('mount', ['--bind', local('original'), local('mounted')]);
    try {
      await writeWholeFile(local('mounted'), 'after');
      expect(await text('original')).toBe('after');
    } finally {
      execFileSync('umount', [local('mounted')]);
    }
  });
});

test('errors of the file system are sentences with the path', () => {
  const reasons =
    ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOENT', 'ENAMETOOLONG', 'EBUSY', 'EMFILE'] // prettier-ignore
      .map((code) => fileErrorReason(systemError(code), '/a'));
  for (const reason of reasons) expect(reason).not.toMatch(/E[A-Z]{3}|in words of the system/);
  expect(fileErrorReason(systemError('EACCES'), '/a')).toBe('Permission denied: /a');
  expect(fileErrorReason(systemError('EODD'))).toBe('EODD: in words of the system');
});
