/** Finds the credentials for a registry in the docker configuration and its credential helpers, like the docker CLI. */
import { spawn } from 'node:child_process';
import type { Credentials } from '../credentials.ts';
import { readConfig, currentEnvironment, type Environment } from './config-file.ts';

/** Credentials for the registry of an image; undefined if there are none, or if the configuration or the helper fails. */
export async function credentialsFor(
  reference: string,
  environment: Environment = currentEnvironment(),
): Promise<Credentials | undefined> {
  return credentialsAt(registryOf(reference), environment);
}

/** Credentials for a registry, by its host. */
export async function credentialsAt(
  host: string,
  environment: Environment = currentEnvironment(),
): Promise<Credentials | undefined> {
  const registry = registryKey(host);
  const config: Config = (await readConfig(environment).catch(() => undefined)) ?? {};
  const helper = helperFor(config, registry);
  return helper === undefined
    ? fromFile(config, registry)
    : fromHelper(helper, registry, environment);
}

/** The key of a registry in the configuration: Docker Hub has a special key. */
export function registryKey(host: string): string {
  return hubs.has(host) ? hub : host;
}

/** The credential helper of a registry: the program name without `docker-credential-`. */
export function helperFor(config: Config, registry: string): string | undefined {
  const { credHelpers, credsStore } = config;
  const helper = credHelpers?.[registry] ?? credHelpers?.[hostOf(registry)] ?? credsStore;
  return typeof helper === 'string' && helper !== '' ? helper : undefined;
}

const hub = 'https://index.docker.io/v1/';
const hubs = new Set([hub, 'docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The part before the first slash is a host if it has a dot, a port or an uppercase letter, or is localhost. */
export function registryOf(reference: string): string {
  const first = reference.includes('/') ? (reference.split('/')[0] ?? '') : '';
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return !isHost || hubs.has(first) ? hub : first;
}

interface Auth {
  readonly auth?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly identitytoken?: unknown;
}

export interface Config {
  readonly auths?: Readonly<Record<string, Auth | undefined>>;
  readonly credHelpers?: Readonly<Record<string, unknown>>;
  readonly credsStore?: unknown;
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

function fromFile({ auths = {} }: Config, registry: string): Credentials | undefined {
  const key = Object.keys(auths).find((one) => hostOf(one) === hostOf(registry));
  const entry = auths[registry] ?? auths[key ?? ''];
  if (entry === undefined) return undefined;
  const { auth, username, password, identitytoken } = entry;
  if (typeof identitytoken === 'string' && identitytoken !== '') {
    return { identitytoken, serveraddress: registry };
  }
  if (typeof auth === 'string' && auth !== '') {
    const [, user = '', secret = ''] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? [];
    // Old versions of the docker CLI padded the text with null characters.
    return { username: user, password: secret.replace(/\0+$/, ''), serveraddress: registry };
  }
  return typeof username === 'string' && typeof password === 'string'
    ? { username, password, serveraddress: registry }
    : undefined;
}

async function fromHelper(
  name: string,
  registry: string,
  environment: Environment,
): Promise<Credentials | undefined> {
  const answer = await runHelper(name, { verb: 'get', input: registry }, environment);
  if (!answer.done) return undefined;
  const { Username, Secret } = parseSecret(answer.text);
  if (typeof Username !== 'string' || typeof Secret !== 'string') return undefined;
  return Username === '<token>'
    ? { identitytoken: Secret, serveraddress: registry }
    : { username: Username, password: Secret, serveraddress: registry };
}

function parseSecret(text: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    return JSON.parse(text) as { readonly Username?: unknown; readonly Secret?: unknown };
  } catch {
    return {};
  }
}

/** A command of a credential helper, and its input. */
export interface HelperRequest {
  readonly verb: 'get' | 'store' | 'erase';
  readonly input: string;
}

/** Runs a credential helper; resolves to whether it succeeded and its output: a secret or an error message. */
export function runHelper(
  name: string,
  { verb, input }: HelperRequest,
  { env }: Environment,
): Promise<{ readonly done: boolean; readonly text: string }> {
  // The name becomes part of a program name and must not contain a path.
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve({ done: false, text: '' });
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${name}`, [verb], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 20_000,
      windowsHide: true,
    });
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => resolve({ done: false, text: error.message }));
    child.on('close', (code) => resolve({ done: code === 0, text }));
    child.stdin.end(input);
  });
}
