/** Images for tests of files in containers, made from Debian's busybox and loaded without a registry. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileEntry, packTar, type TarEntry } from '../../client/src/engine/tar.ts';

const applets =
  'sh ash cat chmod chown cp echo env find head ln ls mkdir mkfifo mknod mv printf rm sleep stat tar test touch'.split(
    ' ',
  );

export const directory = (name: string, mode = 0o755): TarEntry => ({
  name,
  kind: 'directory',
  mode,
  size: 0,
});

export const link = (name: string, linkTarget: string): TarEntry => ({
  name,
  kind: 'link',
  mode: 0o777,
  size: 0,
  linkTarget,
});

export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

async function busybox(): Promise<Uint8Array> {
  const file = ['/bin/busybox', '/usr/bin/busybox'].find((one) => existsSync(one));
  if (file === undefined) throw new Error('apt-get install busybox-static');
  return readFile(file);
}

/** A small system with a shell. */
export async function shellFiles(): Promise<readonly TarEntry[]> {
  return [
    directory('bin'),
    fileEntry('bin/busybox', await busybox(), 0o755),
    ...applets.map((name) => link(`bin/${name}`, 'busybox')),
    directory('etc'),
    fileEntry('etc/passwd', 'root:x:0:0::/:\nweb:x:1000:1000::/:\n'),
    fileEntry('etc/group', 'root:x:0:\nstaff:x:1000:\n'),
    directory('tmp', 0o1777),
    directory('proc'),
  ];
}

/** One program and no shell. */
export async function distrolessFiles(): Promise<readonly TarEntry[]> {
  return [
    directory('app'),
    fileEntry('app/busybox', await busybox(), 0o755),
    fileEntry('app/settings.json', '{}\n', 0o640),
    directory('etc'),
    fileEntry('etc/passwd', 'root:x:0:0::/:\nweb:x:1000:1000::/:\n'),
  ];
}

type Docker = (...args: string[]) => Promise<unknown>;

/** Makes an image of the files. */
export async function importImage(
  docker: Docker,
  name: string,
  files: readonly TarEntry[],
  changes: readonly string[] = ['ENV PATH=/bin'],
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-image-'));
  try {
    const tar = path.join(folder, 'image.tar');
    await writeFile(tar, packTar(files));
    await docker('import', ...changes.flatMap((change) => ['--change', change]), tar, name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
