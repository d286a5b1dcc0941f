/** Who we are at a registry, by the docker configuration and its helpers, as the docker command line finds it. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configFolder, surroundings, type Surroundings } from './address.ts';

/** What the engine takes as `X-Registry-Auth`. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly serveraddress: string;
}

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
  const registry = hubs.has(host) ? hub : host;
  const config = await readConfig(around);
  const { credHelpers, credsStore } = config;
  const helper = credHelpers?.[registry] ?? credHelpers?.[hostOf(registry)] ?? credsStore;
  return typeof helper === 'string' && helper !== ''
    ? fromHelper(helper, registry, around)
    : fromFile(config, registry);
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

interface Config {
  readonly auths?: Readonly<Record<string, Auth | undefined>>;
  readonly credHelpers?: Readonly<Record<string, unknown>>;
  readonly credsStore?: unknown;
}

async function readConfig(around: Surroundings): Promise<Config> {
  try {
    const text = await readFile(join(configFolder(around), 'config.json'), 'utf8');
    return (JSON.parse(text) as Config | null) ?? {};
  } catch {
    return {};
  }
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
  // The name becomes part of a program's name: it must not become a path.
  if (!/^[\w.-]+$/.test(name)) return undefined;
  const answer = await output(`docker-credential-${name}`, registry, around);
  if (answer === undefined) return undefined;
  const { Username, Secret } = parsed(answer);
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

/** What a helper prints on `get`, where it succeeds. */
function output(
  program: string,
  input: string,
  { env }: Surroundings,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, ['get'], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 20_000,
      windowsHide: true,
    });
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? text : undefined));
    child.stdin.end(input);
  });
}
