/** Who we are at a registry, by the docker configuration and its helpers, as the docker command line finds it. */
import { spawn } from 'node:child_process';
import type { Credentials } from '../credentials.ts';
import { readConfig, surroundings, type Surroundings } from './config-file.ts';

/** For the registry of an image; undefined for a stranger, also where configuration or helper fail. */
export async function credentialsFor(
  reference: string,
  around: Surroundings = surroundings(),
): Promise<Credentials | undefined> {
  return credentialsAt(registryOf(reference), around);
}

/** By the registry's host. */
export async function credentialsAt(
  host: string,
  around: Surroundings = surroundings(),
): Promise<Credentials | undefined> {
  const registry = registryKey(host);
  const config: Config = (await readConfig(around).catch(() => undefined)) ?? {};
  const helper = helperFor(config, registry);
  return helper === undefined ? fromFile(config, registry) : fromHelper(helper, registry, around);
}

/** How a registry is named in the configuration: Docker Hub has an address of its own. */
export function registryKey(host: string): string {
  return hubs.has(host) ? hub : host;
}

/** The helper that keeps the secrets of a registry: what follows `docker-credential-`. */
export function helperFor(config: Config, registry: string): string | undefined {
  const { credHelpers, credsStore } = config;
  const helper = credHelpers?.[registry] ?? credHelpers?.[hostOf(registry)] ?? credsStore;
  return typeof helper === 'string' && helper !== '' ? helper : undefined;
}

const hub = 'https://index.docker.io/v1/';
const hubs = new Set([hub, 'docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The first word of a reference is a host where it has a dot, a port, an upper-case letter or is localhost. */
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
    // Old command lines padded the text with zeros.
    return { username: user, password: secret.replace(/\0+$/, ''), serveraddress: registry };
  }
  return typeof username === 'string' && typeof password === 'string'
    ? { username, password, serveraddress: registry }
    : undefined;
}

async function fromHelper(
  name: string,
  registry: string,
  around: Surroundings,
): Promise<Credentials | undefined> {
  const answer = await runHelper(name, { verb: 'get', input: registry }, around);
  if (!answer.done) return undefined;
  const { Username, Secret } = parsed(answer.text);
  if (typeof Username !== 'string' || typeof Secret !== 'string') return undefined;
  return Username === '<token>'
    ? { identitytoken: Secret, serveraddress: registry }
    : { username: Username, password: Secret, serveraddress: registry };
}

function parsed(text: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    return JSON.parse(text) as { readonly Username?: unknown; readonly Secret?: unknown };
  } catch {
    return {};
  }
}

/** What is asked of a helper, and what it reads. */
export interface Asked {
  readonly verb: 'get' | 'store' | 'erase';
  readonly input: string;
}

/** Whether a helper did it, and what it printed: a secret, or why not. */
export function runHelper(
  name: string,
  { verb, input }: Asked,
  { env }: Surroundings,
): Promise<{ readonly done: boolean; readonly text: string }> {
  // The name becomes part of a program's name: it must not become a path.
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
