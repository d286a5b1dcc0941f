/** Reads and updates the configuration files of the docker CLI. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError, isEngineError } from '../errors.ts';
import { fileErrorReason } from '../file-errors.ts';
import { readRegularFile } from '../regular-file.ts';
import { writeWholeFile } from '../write-file.ts';
import { isObject, type Json } from '../json-object.ts';
import { parseJson } from './json.ts';

/** What finding an engine depends on, besides files. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export function currentEnvironment(): Environment {
  return { env: process.env, home: homedir(), platform: process.platform };
}

/** The directory of `config.json`. */
export function configDirectory({ env, home }: Environment): string {
  return env.DOCKER_CONFIG ? env.DOCKER_CONFIG : join(home, '.docker');
}

/**
 * Undefined if the file does not exist, cannot be read, is empty or is not a JSON object, like the docker CLI, which
 * continues without it. Rejects with an EngineError if it is not valid JSON, not a regular file or too large.
 */
export async function readJson(file: string): Promise<Json | undefined> {
  const value = await readValue(file).catch((error: unknown) => {
    if (isEngineError(error)) throw error;
    return undefined;
  });
  return isObject(value) ? value : undefined;
}

/** Rejects also with the errors of Node.js. */
async function readValue(file: string): Promise<unknown> {
  return valueOf(await readRegularFile(file), file);
}

/** The value in a file of JSON, undefined if it is empty; throws an EngineError if it is not valid. */
export function valueOf(content: Buffer, file: string): unknown {
  // Windows PowerShell writes a byte order mark.
  const text = content.toString().replace(/^\uFEFF/, '');
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    throw new EngineError('misconfigured', t('`{0}` is not valid JSON', file));
  }
}

export function readConfig(environment: Environment): Promise<Json | undefined> {
  return readJson(join(configDirectory(environment), 'config.json'));
}

/**
 * Updates `config.json` and keeps unknown properties. A property set to undefined is removed. Rejects with an EngineError
 * if the file exists and its content is not known.
 */
export async function updateConfig(
  environment: Environment,
  change: (config: Json) => Json,
): Promise<void> {
  const file = join(configDirectory(environment), 'config.json');
  const before = (await readValue(file).catch(unlessMissing(file))) ?? {};
  if (!isObject(before)) {
    throw new EngineError('misconfigured', t('`{0}` is not a JSON object', file));
  }
  await replaceFile(file, JSON.stringify(change(before), undefined, '\t'));
}

function unlessMissing(file: string): (error: unknown) => undefined {
  return (error) => {
    if (isEngineError(error)) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('failed', t('Could not read `{0}`: {1}', file, reason), error);
  };
}

/** Replaces a file atomically. A symbolic link is kept and its target replaced; the permissions are kept. Rejects with EngineError. */
export async function replaceFile(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWholeFile(file, text, 0o600);
  } catch (error) {
    const reason = fileErrorReason(error);
    throw new EngineError('failed', t('Could not write `{0}`: {1}', file, reason), error);
  }
}
