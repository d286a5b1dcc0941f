/** Reads and updates the configuration files of the docker CLI. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';

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

/** Replaces a file atomically. A symbolic link is kept and its target replaced; the permissions are kept. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  );
  const temporary = `${target}.${randomUUID()}`;
  try {
    await writeFile(temporary, text, { mode });
    // The umask of the process may have removed permissions.
    await chmod(temporary, mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('failed', t('Could not write `{0}`: {1}', file, reason), error);
  }
}
