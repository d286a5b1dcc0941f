/** Finds the credentials for a registry in the docker configuration and its credential helpers, like the docker CLI. */
import type { Credentials } from '../credentials.ts';
import { readConfig, currentEnvironment, type Environment } from './config-file.ts';
import { runHelper } from './credential-helper.ts';
import { isObject, type Json } from '../json-object.ts';
import { objectAt, parseJson, textAt, valueAt } from './json.ts';

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
  const config = (await readConfig(environment).catch(() => undefined)) ?? {};
  const helper = helperFor(config, registry);
  return helper === undefined
    ? credentialsIn(config, registry)
    : fromHelper(helper, registry, environment);
}

/** The key of a registry in the configuration: Docker Hub has a special key. */
export function registryKey(host: string): string {
  return hubs.has(host) ? hub : host;
}

/** The credential helper of a registry: the program name without `docker-credential-`. */
export function helperFor(config: Json, registry: string): string | undefined {
  const helpers = objectAt(config, 'credHelpers');
  const own = [registry, hostOf(registry)]
    .map((key) => valueAt(helpers, key))
    .find((helper) => typeof helper === 'string');
  // An empty name means that the credentials of this registry are in the file.
  return own === undefined ? textAt(config, 'credsStore') : own === '' ? undefined : own;
}

const hub = 'https://index.docker.io/v1/';
const hubs = new Set([hub, 'docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The part before the first slash is a host if it has a dot, a port or an uppercase letter, or is localhost. */
export function registryOf(reference: string): string {
  const first = reference.includes('/') ? (reference.split('/')[0] ?? '') : '';
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return !isHost || hubs.has(first) ? hub : first;
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

/** The credentials for a registry in the file itself, by the key of the registry. */
export function credentialsIn(config: Json, registry: string): Credentials | undefined {
  const auths = objectAt(config, 'auths');
  const key = Object.keys(auths).find((one) => hostOf(one) === hostOf(registry));
  const entry = valueAt(auths, registry) ?? valueAt(auths, key ?? '');
  if (!isObject(entry)) return undefined;
  const identitytoken = textAt(entry, 'identitytoken');
  if (identitytoken !== undefined) return { identitytoken, serveraddress: registry };
  const decoded = Buffer.from(textAt(entry, 'auth') ?? '', 'base64').toString();
  const [, user, secret = ''] = /^([^:]*):(.*)$/s.exec(decoded) ?? [];
  if (user !== undefined) {
    // Old versions of the docker CLI padded the text with null characters.
    return { username: user, password: withoutNulls(secret), serveraddress: registry };
  }
  const { username, password } = entry;
  return typeof username === 'string' && typeof password === 'string'
    ? { username, password, serveraddress: registry }
    : undefined;
}

function withoutNulls(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\0') end--;
  return text.slice(0, end);
}

async function fromHelper(
  name: string,
  registry: string,
  environment: Environment,
): Promise<Credentials | undefined> {
  const answer = await runHelper(name, { verb: 'get', input: registry }, environment);
  return answer.done ? credentialsOf(answer.text, registry) : undefined;
}

/** The credentials in the output of a helper. */
export function credentialsOf(output: string, registry: string): Credentials | undefined {
  const { Username, Secret } = parseSecret(output);
  if (typeof Username !== 'string' || typeof Secret !== 'string') return undefined;
  return Username === '<token>'
    ? { identitytoken: Secret, serveraddress: registry }
    : { username: Username, password: Secret, serveraddress: registry };
}

function parseSecret(text: string): Json {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
