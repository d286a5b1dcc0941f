/** Files, their owners and the NVIDIA driver of this machine. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { fileErrorReason } from '../engine/file-errors.ts';
import { writeWholeFile } from '../engine/write-file.ts';
import type { PathFacts } from './check-mounts.ts';
import type { LineContext } from './words.ts';

/** The folder, variables and user that a command can refer to. */
export function lineContext(folder: string | undefined): LineContext {
  const { uid, gid, username } = userInfo();
  return {
    folder,
    variables: { USER: username, ...process.env, HOME: homedir() },
    // Windows has no numeric user ids.
    ...(uid >= 0 && { uid, gid }),
  };
}

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

/** The text of a file; empty if it does not exist. Rejects with EngineError. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return '';
    throw new EngineError('failed', t('Could not read {0}', path), error);
  }
}

/** Writes a file and creates its folder. Rejects with EngineError. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeWholeFile(path, text);
  } catch (error) {
    throw new EngineError(
      'failed',
      t('Could not write {0}: {1}', path, fileErrorReason(error)),
      error,
    );
  }
}

/** Version of the NVIDIA driver of this machine; undefined without one. */
export async function driverVersion(): Promise<string | undefined> {
  const text = await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => '');
  return /Kernel Module(?: for \S+)?\s+(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
}
