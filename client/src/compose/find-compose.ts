/** Finds Docker Compose on this machine, and the environment in which it uses the engine of this window. */
import path from 'node:path';
import type { Address } from '../engine/address.ts';
import type { Environment } from '../engine/docker-cli/config-file.ts';
import { outputOf } from './program.ts';

/** How Compose is called. */
export interface ComposeProgram {
  /** The words before the arguments of Compose. */
  readonly command: readonly string[];
  /** Such as `2.40.3`. */
  readonly version: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The plugin, else `docker-compose` of any version; undefined if neither is installed. */
export async function findCompose(
  env: Variables,
  folder: string,
): Promise<ComposeProgram | undefined> {
  for (const command of [['docker', 'compose'], ['docker-compose']]) {
    const argv = [...command, 'version', '--short'];
    const { code, output } = await outputOf({ argv, folder, env });
    const version = /\d+\.\d+\.\d+/.exec(output)?.[0];
    if (code === 0 && version !== undefined) return { command, version };
  }
  return undefined;
}

/** The words that select the engine. Version 1 reads the context only from an option. */
export function contextOptions(
  { version }: ComposeProgram,
  address: Address | undefined,
): readonly string[] {
  const context = contextOf(address);
  return version.startsWith('1.') && context !== undefined ? ['--context', context] : [];
}

/** The environment with the engine of this window, and with the folders in which Docker is usually installed. */
export function composeEnvironment(
  address: Address | undefined,
  { env, home, platform }: Environment,
): Variables {
  const variables = { ...env, PATH: searchPath(env, { home, platform }) };
  if (address === undefined) return variables;
  const context = contextOf(address);
  return context === undefined
    ? { ...variables, DOCKER_HOST: hostOf(address), DOCKER_CONTEXT: undefined }
    : { ...variables, DOCKER_HOST: undefined, DOCKER_CONTEXT: context };
}

/** The context that has its own address; `default` stands for the variables and the default socket. */
function contextOf(address: Address | undefined): string | undefined {
  return address?.context === 'default' ? undefined : address?.context;
}

/** As the docker CLI accepts it. */
function hostOf({ url }: Address): string {
  return url.replace(/^https?:\/\//, 'tcp://');
}

/** Programs of a desktop session often have a shorter PATH than terminals. */
function searchPath(env: Variables, { home, platform }: Omit<Environment, 'env'>): string {
  const given = env.PATH ?? env.Path ?? '';
  if (platform === 'win32') return given;
  const usual = ['/usr/local/bin', '/opt/homebrew/bin', path.posix.join(home, '.docker/bin')];
  const folders = given.split(':').filter((folder) => folder !== '');
  return [...folders, ...usual.filter((folder) => !folders.includes(folder))].join(':');
}
