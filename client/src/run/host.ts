/** Files, their owners and the NVIDIA driver of this machine. */
import { readFile, stat } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import type { PathFacts } from './check-mounts.ts';

/** The kind and owner of each path. */
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

/** Texts of files, by path. Rejects with EngineError. */
export async function readTexts(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(
    paths.map(async (path) => {
      try {
        return [path, await readFile(path, 'utf8')] as const;
      } catch (error) {
        throw new EngineError('failed', t('Could not read {0}', path), error);
      }
    }),
  );
  return new Map(texts);
}

/** Version of the NVIDIA driver of this machine; undefined without one. */
export async function driverVersion(): Promise<string | undefined> {
  const text = await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => '');
  return /Kernel Module(?: for \S+)?\s+(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
}
