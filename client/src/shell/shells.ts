/**
 * Finds the shells of a container. On Linux this reads its files and starts nothing in it, so that nothing appears in its
 * processes or logs.
 */
import { posix } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import { readSmallFile } from './small-files.ts';

/** The commands of the shells in a running container, the best first; empty if there are none. Rejects with EngineError. */
export async function shellsOf(
  engine: Engine,
  container: string,
  env: readonly string[] = [],
): Promise<readonly string[]> {
  const { os } = await engine.version();
  return os === 'windows' ? windowsShells(engine, container) : unixShells(engine, container, env);
}

/** The paths of shells in the files of a container, which need not run. */
export async function unixShells(
  engine: Engine,
  container: string,
  env: readonly string[] = [],
): Promise<readonly string[]> {
  const listed = listedShells(await readSmallFile(engine, container, '/etc/shells'));
  const found = await existing(engine, container, [...knownPaths, ...listed]);
  if (found.length > 0) return found;
  const others = searchPath(env).flatMap((folder) =>
    ['bash', 'ash', 'sh', 'zsh'].map((name) => posix.join(folder, name)),
  );
  return existing(engine, container, others);
}

/** The login shell of a user, if it is not one of the plain shells that images set by default. */
export function preferredShell(
  shells: readonly string[],
  loginShell: string | undefined,
): string | undefined {
  const chosen = shells.find((shell) => shell === loginShell && !plainShells.has(nameOf(shell)));
  return chosen ?? shells[0];
}

/** `bash` of `/bin/bash`. */
export function nameOf(shell: string): string {
  return shell.split(/[/\\]/).at(-1) ?? shell;
}

const plainShells = new Set(['sh', 'ash', 'dash']);

/** The best first; shells that are not in this list come last. */
const ranking = ['bash', 'ash', 'sh', 'dash', 'zsh', 'fish', 'ksh'];

const knownPaths = [
  '/bin/bash',
  '/usr/bin/bash',
  '/usr/local/bin/bash',
  '/bin/ash',
  '/bin/sh',
  '/usr/bin/sh',
  '/busybox/sh',
];

/** Programs in `/etc/shells` that are not useful here. */
const notInteractive = /\/(?:nologin|false|true|git-shell|rbash|rzsh|screen|tmux)$/;

function listedShells(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines.filter((line) => /^\/[^\s]+$/.test(line) && !notInteractive.test(line)).slice(0, 30);
}

function searchPath(env: readonly string[]): readonly string[] {
  const value = env.find((one) => one.startsWith('PATH='))?.slice('PATH='.length) ?? '';
  const folders = value.split(':').filter((folder) => folder.startsWith('/'));
  return [...new Set([...folders, '/usr/local/bin', '/usr/bin', '/bin', '/sbin'])].slice(0, 20);
}

/** Those that are executable files, once per name, the best first. */
async function existing(
  engine: Engine,
  container: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const unique = [...new Set(paths)];
  const checks = await Promise.all(unique.map((path) => isProgram(engine, container, path)));
  const byName = new Map<string, string>();
  for (const [index, path] of unique.entries())
    if (checks[index] === true && !byName.has(nameOf(path))) byName.set(nameOf(path), path);
  const rank = (name: string): number => {
    const at = ranking.indexOf(name);
    return at === -1 ? ranking.length : at;
  };
  return [...byName].sort(([a], [b]) => rank(a) - rank(b)).map(([, path]) => path);
}

/** Links are followed, as far as Linux would follow them. */
async function isProgram(engine: Engine, container: string, path: string): Promise<boolean> {
  let target = path;
  try {
    for (let links = 0; links < 40; links++) {
      const { kind, mode, linkTarget = '' } = await engine.stat(container, target);
      if (kind !== 'link') return kind === 'file' && (mode & 0o111) !== 0;
      const next = posix.resolve(posix.dirname(target), linkTarget);
      if (next === target) return false;
      target = next;
    }
    return false;
  } catch (error) {
    // A folder on the way may be a file, or a link that leads nowhere.
    if (isEngineError(error) && (error.kind === 'missing' || error.kind === 'failed')) return false;
    throw error;
  }
}

/** Files of a running Windows container cannot be read, so each shell is started once. */
async function windowsShells(engine: Engine, container: string): Promise<readonly string[]> {
  const probes = [
    ['pwsh', '-NoProfile', '-Command', 'exit 0'],
    ['powershell', '-NoProfile', '-Command', 'exit 0'],
    ['cmd', '/c', 'exit 0'],
  ];
  const found: string[] = [];
  for (const probe of probes) {
    if (await exitsWithZero(engine, container, probe)) found.push(probe[0] ?? '');
  }
  return found;
}

async function exitsWithZero(
  engine: Engine,
  container: string,
  argv: readonly string[],
): Promise<boolean> {
  try {
    const process = await engine.exec(container, argv, { tty: false });
    process.end();
    // The exit code is available only after the output.
    const output = process.output[Symbol.asyncIterator]();
    while ((await output.next()).done !== true);
    return (await process.exit) === 0;
  } catch (error) {
    // Newer engines reject a program that they cannot find. Other errors are reported.
    const { kind, message } = isEngineError(error) ? error : { kind: '', message: '' };
    if (kind === 'failed' || (kind === 'missing' && /executable|not found/.test(message)))
      return false;
    throw error;
  }
}
