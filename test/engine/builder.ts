/** Builds Dockerfiles with BuildKit, on a base image whose package managers only print their arguments. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileEntry, packTar, type TarEntry } from '../../client/src/engine/tar.ts';
import { Unavailable, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from './buildkit.ts';

export interface BuildResult {
  /** The image config: environment, user, command, labels and more. */
  readonly config: unknown;
  /** Calls of the programs in the base image with their arguments, sorted because stages run in parallel. */
  readonly calls: readonly string[];
}

export interface Builder {
  /** Rejects if the build fails. */
  build(dockerfile: string): Promise<BuildResult>;
  stop(): Promise<void>;
}

/** Starts a builder whose build context has a file for each name. Undefined if no engine is available. */
export function startBuilder(
  base: string,
  context: readonly string[],
): Promise<Builder | undefined> {
  return withNewerEngine((engine) => createBuilder(engine, base, context));
}

const run = promisify(execFile);

async function createBuilder(
  engine: NewerEngine,
  base: string,
  context: readonly string[],
): Promise<Builder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-builder-'));
  const stop = async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const docker = (...args: string[]) => run('docker', args, { env: engine.env, cwd: folder });
  try {
    const tar = path.join(folder, 'base.tar');
    await writeFile(tar, packTar(rootFiles()));
    await docker('import', tar, base);
    await mkdir(path.join(folder, 'context'));
    for (const name of context) await writeFile(path.join(folder, 'context', name), name);
    let count = 0;
    const build = async (dockerfile: string): Promise<BuildResult> => {
      const image = `drydock-built:${String(count++)}`;
      const file = path.join(folder, `${image}.Dockerfile`);
      await writeFile(file, dockerfile);
      // Without the cache, as cached steps do not call programs.
      const args = ['--no-cache', '--progress=plain', '--provenance=false', '--tag', image];
      const { stderr } = await docker('buildx', 'build', ...args, '--file', file, 'context');
      const { stdout } = await docker('image', 'inspect', '--format', '{{json .Config}}', image);
      return { config: JSON.parse(stdout) as unknown, calls: callsIn(stderr) };
    };
    return { build, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function callsIn(log: string): readonly string[] {
  return Array.from(log.matchAll(/^#\d+ [\d.]+ called: (.*)$/gm), ([, call = '']) => call).sort();
}

const applets = ['sh', 'cat', 'echo', 'mkdir', 'rm', 'test'];
const programs = ['apk', 'apt', 'apt-get', 'dnf', 'npm', 'pip'];

function rootFiles(): readonly TarEntry[] {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));
  if (busybox === undefined) throw new Unavailable('busybox is not installed');
  const link = (name: string, linkTarget: string): TarEntry => {
    return { name: `bin/${name}`, kind: 'link', mode: 0o777, size: 0, linkTarget };
  };
  return [
    fileEntry('bin/busybox', readFileSync(busybox), 0o755),
    ...applets.map((name) => link(name, 'busybox')),
    fileEntry('bin/called', '#!/bin/sh\necho "called: ${0##*/} $*"\n', 0o755),
    ...programs.map((name) => link(name, 'called')),
    fileEntry('var/lib/apt/lists/stale', ''),
  ];
}
