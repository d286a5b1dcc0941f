/** The keys that disconnect a terminal from a process without ending it, as the docker CLI is configured. */
import { readConfig, type Environment } from '../engine/docker-cli/config-file.ts';

/** The default of the engine. */
export const defaultKeys = 'ctrl-p,ctrl-q';

/** The property `detachKeys` of `config.json`; undefined if it is not set or the file cannot be read, like the docker CLI. */
export async function configuredKeys(environment: Environment): Promise<string | undefined> {
  const config = await readConfig(environment).catch(() => undefined);
  const keys = config?.detachKeys;
  return typeof keys === 'string' && keys.trim() !== '' ? keys.trim() : undefined;
}

/** For people: `Ctrl+P, Ctrl+Q`. */
export function formatKeys(keys: string): string {
  return keys
    .split(',')
    .map((key) => key.replace(/^ctrl-(.)$/i, (_, letter: string) => `Ctrl+${letter.toUpperCase()}`))
    .join(', ');
}
