/** Reads and updates the configuration files of the docker CLI. */
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import { fileErrorReason } from '../file-errors.ts';
import { writeWholeFile } from '../write-file.ts';

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

export type Json = Readonly<Record<string, unknown>>;

/** Undefined if the file does not exist or is not a JSON object; rejects if it is not valid JSON. */
export async function readJson(file: string): Promise<Json | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    throw new EngineError('misconfigured', t('`{0}` is not valid JSON', file));
  }
}

export function readConfig(environment: Environment): Promise<Json | undefined> {
  return readJson(join(configDirectory(environment), 'config.json'));
}

/** Updates `config.json` and keeps unknown properties. A property set to undefined is removed. */
export async function updateConfig(
  environment: Environment,
  change: (config: Json) => Json,
): Promise<void> {
  const file = join(configDirectory(environment), 'config.json');
  const changed = change((await readConfig(environment)) ?? {});
  await replaceFile(file, JSON.stringify(changed, undefined, '\t'));
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
