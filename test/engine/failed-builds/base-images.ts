/**
 * Base images for failing builds, made from the programs of this machine, as no registry is available. Package managers
 * that are not installed here are scripts that print what the real programs print.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The directories of both images, relative to the root. */
const folders =
  'dev etc home proc root run srv sys tmp usr/bin usr/lib usr/lib64 usr/local/bin usr/sbin var/lib var/tmp';

/** Copied into the image of Debian with the libraries that they use. */
const programs = [
  ...'apt apt-get apt-cache bash basename cat chgrp chmod chown cp curl cut date dash dd dirname dpkg env false find git git-upload-pack'.split(
    ' ',
  ),
  ...'grep groupadd gzip head id install ln ls make mkdir mktemp mv nice node printf python3 pwd readlink rm rmdir sed seq'.split(
    ' ',
  ),
  ...'sha256sum sleep sort stat tail tar tee test timeout touch tr true uname unzip useradd wc wget xargs xz'.split(
    ' ',
  ),
];

/** Copied completely, if they exist. */
const trees = [
  '/etc/apt/trusted.gpg.d',
  '/etc/login.defs',
  '/etc/debian_version',
  '/etc/os-release',
  '/usr/lib/apt',
  '/usr/share/dpkg',
  '/usr/lib/node_modules/npm',
  '/usr/lib/python3.11',
  '/usr/lib/git-core/git-remote-http',
  '/usr/lib/git-core/git-remote-https',
  '/usr/share/git-core',
];

/** Scripts that print what a package manager prints that is not installed on this machine. */
const simulated = path.join(import.meta.dirname, 'programs');

export interface BaseImages {
  /** The names of the images. */
  readonly names: readonly string[];
}

export type Docker = (...args: string[]) => Promise<unknown>;

const debianNames = [
  'debian:12',
  'node:20',
  'python:3.11',
  'golang:1.22',
  'rust:1',
  'ruby:3',
  'php:8',
  'fedora:40',
  'centos:7',
];
const alpineNames = ['alpine:3.20', 'busybox:1'];

/** Makes the images in an engine that is used for nothing else, as they have the names of official images. */
export async function importBaseImages(docker: Docker): Promise<BaseImages> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-base-images-'));
  try {
    await importImage(docker, await debianRoot(path.join(folder, 'debian')), debianNames);
    await importImage(docker, await alpineRoot(path.join(folder, 'alpine')), alpineNames);
    return { names: [...debianNames, ...alpineNames] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Imports an image with these programs of this machine, the libraries that they use, and a shell. */
export async function importPrograms(
  docker: Docker,
  image: string,
  names: readonly string[],
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-programs-'));
  try {
    const root = path.join(folder, 'root');
    await programRoot(root, ['dash', ...names]);
    await importImage(docker, root, [image]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importImage(docker: Docker, root: string, names: readonly string[]): Promise<void> {
  const [first = '', ...others] = names;
  const tar = `${root}.tar`;
  await run('tar', ['--create', '--file', tar, '--directory', root, '.']);
  const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  await docker('import', '--change', path, tar, first);
  for (const name of others) await docker('tag', first, name);
}

async function emptyRoot(root: string): Promise<void> {
  for (const folder of folders.split(' '))
    await mkdir(path.join(root, folder), { recursive: true });
  for (const name of ['bin', 'lib', 'lib64', 'sbin'])
    await symlink(`usr/${name}`, path.join(root, name));
  await chmod(path.join(root, 'tmp'), 0o1777);
  await writeFile(
    path.join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\nwww:x:33:33:www:/srv:/bin/sh\n',
  );
  await writeFile(path.join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\nwww:x:33:\n');
}

async function programRoot(root: string, names: readonly string[]): Promise<void> {
  await emptyRoot(root);
  const libraries = new Set<string>();
  for (const name of names) await copyProgram(root, name, libraries);
  for (const file of await moreLibraries()) libraries.add(file);
  for (const file of libraries) await copyFile(root, file);
  await symlink('dash', path.join(root, 'usr/bin/sh'));
}

async function debianRoot(root: string): Promise<string> {
  await programRoot(root, programs);
  for (const tree of trees.filter(existsSync))
    await cp(await realpath(tree), path.join(root, tree), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isWanted,
    });
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', path.join(root, 'usr/bin/npm'));
  await copyPip(root);
  await addAptIndex(root);
  await addSimulated(root);
  return root;
}

function isWanted(file: string): boolean {
  return !/\/(?:test|tests|__pycache__|idlelib|tkinter|man|docs?|EXTERNALLY-MANAGED)$|\/config-3/.test(
    file,
  );
}

/** Libraries that programs load when they run. */
async function moreLibraries(): Promise<readonly string[]> {
  const { stdout } = await run('sh', [
    '-c',
    'ls /lib/x86_64-linux-gnu/libnss_*.so.2 /lib/*-linux-gnu/libresolv.so.2 2>/dev/null; true',
  ]);
  const found = stdout.split('\n').filter(Boolean);
  const linked: string[] = [];
  for (const file of [
    '/usr/lib/apt/methods/http',
    '/usr/lib/apt/methods/file',
    '/usr/lib/git-core/git-remote-http',
  ])
    if (existsSync(file)) linked.push(...(await librariesOf(file)));
  return [...found, ...linked];
}

async function librariesOf(file: string): Promise<readonly string[]> {
  const { stdout } = await run('ldd', [file]).catch(() => ({ stdout: '' }));
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, name = '']) => name);
}

async function copyProgram(root: string, name: string, libraries: Set<string>): Promise<void> {
  const file = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']
    .map((one) => `${one}/${name}`)
    .find(existsSync);
  if (file === undefined) return;
  const real = await realpath(file);
  await cp(real, path.join(root, file.replace(/^\/(?=s?bin)/, '/usr/')), { dereference: true });
  for (const library of await librariesOf(real)) libraries.add(library);
}

/** Copies a library to the path by which programs load it. */
async function copyFile(root: string, file: string): Promise<void> {
  const target = path.join(root, file.replace(/^\/(?=lib)/, '/usr/'));
  await mkdir(path.dirname(target), { recursive: true });
  await cp(await realpath(file), target);
}

/** pip of whichever Python is the first in PATH. */
async function copyPip(root: string): Promise<void> {
  const { stdout } = await run('python3', ['-c', 'import pip; print(pip.__path__[0])']).catch(
    () => ({ stdout: '' }),
  );
  const source = stdout.trim();
  if (source === '') return;
  const site = '/usr/local/lib/python3.11/dist-packages';
  await mkdir(path.join(root, site), { recursive: true });
  await cp(source, path.join(root, site, 'pip'), { recursive: true, filter: isWanted });
  const script =
    '#!/bin/sh\nexport PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_RETRIES=0 PIP_ROOT_USER_ACTION=ignore\nexec python3 -m pip "$@"\n';
  for (const name of ['pip', 'pip3'])
    await writeFile(path.join(root, 'usr/bin', name), script, { mode: 0o755 });
}

/** An index with a few packages, so that apt-get knows some names and versions. */
async function addAptIndex(root: string): Promise<void> {
  const packages = [
    'curl 7.88.1-10',
    'git 1:2.39.5-0',
    'nginx 1.22.1-9',
    'libssl-dev 3.0.16-1',
  ].map((one) => {
    const [name = '', version = ''] = one.split(' ');
    const lines = [
      `Package: ${name}`,
      `Version: ${version}`,
      'Architecture: amd64',
      'Maintainer: nobody <nobody@example.org>',
    ];
    return `${[...lines, `Filename: ./${name}.deb`, 'Size: 10', `SHA256: ${'0'.repeat(64)}`, 'Description: test'].join('\n')}\n`;
  });
  await mkdir(path.join(root, 'srv/apt'), { recursive: true });
  await writeFile(path.join(root, 'srv/apt/Packages'), packages.join('\n'));
  await mkdir(path.join(root, 'etc/apt'), { recursive: true });
  await writeFile(path.join(root, 'etc/apt/sources.list'), 'deb [trusted=yes] file:/srv/apt ./\n');
  for (const one of [
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'var/lib/dpkg/info',
    'var/lib/dpkg/updates',
    'var/lib/apt/lists/partial',
    'var/cache/apt/archives/partial',
    'var/log/apt',
  ])
    await mkdir(path.join(root, one), { recursive: true });
  await writeFile(path.join(root, 'var/lib/dpkg/status'), '');
}

async function addSimulated(root: string): Promise<void> {
  const script = await readFile(path.join(simulated, 'debian.sh'));
  await addScripts(
    root,
    script,
    'apk dnf yum microdnf zypper pacman go cargo gem bundle composer yarn pnpm mvn'.split(' '),
  );
  // npm itself is real, and its registry is a server of the image.
  await cp(path.join(simulated, 'registry.cjs'), path.join(root, 'usr/local/lib/registry.cjs'));
  await cp(path.join(simulated, 'npm.sh'), path.join(root, 'usr/local/bin/npm'));
  await chmod(path.join(root, 'usr/local/bin/npm'), 0o755);
}

async function addScripts(root: string, script: Buffer, names: readonly string[]): Promise<void> {
  for (const name of names)
    await writeFile(path.join(root, 'usr/local/bin', name), script, { mode: 0o755 });
}

async function alpineRoot(root: string): Promise<string> {
  await emptyRoot(root);
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find(existsSync) ?? '';
  await cp(await realpath(busybox), path.join(root, 'usr/bin/busybox'));
  const { stdout } = await run(busybox, ['--list']);
  for (const name of stdout.split('\n').filter((one) => one !== '' && one !== 'busybox'))
    await symlink('busybox', path.join(root, 'usr/bin', name));
  await addScripts(root, await readFile(path.join(simulated, 'debian.sh')), ['apk']);
  return root;
}
