/** The configuration of the docker command line on disk: read by many, changed with care. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';

/** What finding an engine depends on besides files. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export function surroundings(): Surroundings {
  return { env: process.env, home: homedir(), platform: process.platform };
}

/** The folder of `config.json`. */
export function configFolder({ env, home }: Surroundings): string {
  return env.DOCKER_CONFIG ? env.DOCKER_CONFIG : join(home, '.docker');
}

export type Json = Readonly<Record<string, unknown>>;

/** Undefined where there is no such file; rejects where it is no JSON object. */
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

export function readConfig(around: Surroundings): Promise<Json | undefined> {
  return readJson(join(configFolder(around), 'config.json'));
}

/** Changes `config.json` and leaves what it does not know; undefined in the result removes a key. */
export async function changeConfig(
  around: Surroundings,
  change: (config: Json) => Json,
): Promise<void> {
  const file = join(configFolder(around), 'config.json');
  const changed = change((await readConfig(around)) ?? {});
  await replaceFile(file, JSON.stringify(changed, undefined, '\t'));
}

/** Never half-written; a link stays a link, and the file keeps its permissions. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (found) => found.mode & 0o777,
    () => 0o600,
  );
  const beside = `${target}.${randomUUID()}`;
  try {
    await writeFile(beside, text, { mode });
    // What the mask of the process took away.
    await chmod(beside, mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    const fact = error instanceof Error ? error.message : String(error);
    throw new EngineError('failed', t('`{0}` was not written: {1}', file, fact), error);
  }
}
