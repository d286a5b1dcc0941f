/** The folder and the variables that commands refer to, and files that are read and written as text. */
import { mkdir, readFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { fileErrorReason } from '../engine/file-errors.ts';
import { writeWholeFile } from '../engine/write-file.ts';
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
