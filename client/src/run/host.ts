/** This machine, as far as a container asks for it: files, their owners, the driver of its GPUs. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import type { PathFacts } from './check-mounts.ts';
import type { Surroundings } from './words.ts';

/** What a line may ask of this machine. */
export function surroundings(folder: string | undefined): Surroundings {
  const { uid, gid, username } = userInfo();
  return {
    folder,
    variables: { USER: username, ...process.env, HOME: homedir() },
    // Windows has none.
    ...(uid >= 0 && { uid, gid }),
  };
}

/** What lies at each path, and whose it is. */
export async function pathFacts(paths: readonly string[]): Promise<ReadonlyMap<string, PathFacts>> {
  const facts = await Promise.all(paths.map(async (path) => [path, await factsOf(path)] as const));
  return new Map(facts);
}

async function factsOf(path: string): Promise<PathFacts> {
  try {
    const found = await stat(path);
    const kind = found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'other';
    const owner = process.platform === 'win32' ? {} : { uid: found.uid, gid: found.gid };
    return { kind, ...owner };
  } catch {
    return { kind: 'missing' };
  }
}

/** Texts of files that a container's description is read from; rejects with EngineError. */
export async function readTexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(
    paths.map(async (path) => {
      try {
        return [path, await readFile(path, 'utf8')] as const;
      } catch (error) {
        throw new EngineError('failed', t('{0} cannot be read', path), error);
      }
    }),
  );
  return new Map(texts);
}

/** The text of a file; empty where there is none. Rejects with EngineError. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return '';
    throw new EngineError('failed', t('{0} cannot be read', path), error);
  }
}

/** Writes a file, with the folder around it. Rejects with EngineError. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new EngineError('failed', t('{0} cannot be written', path), error);
  }
}

/** Version of NVIDIA's driver here; undefined where there is none. */
export async function driverVersion(): Promise<string | undefined> {
  const text = await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => '');
  return /Kernel Module(?: for \S+)?\s+(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
}
