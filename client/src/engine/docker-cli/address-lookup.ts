/** Finds the address of the engine like the `docker` CLI does; the result is plain data. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, posix } from 'node:path';
import { t } from '@vscode/l10n';
import { readConfig, readJson, currentEnvironment, type Environment } from './config-file.ts';
import { contextPaths, endpointOf } from './context-files.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { environmentTls, parseEndpoint, windowsPipe } from './endpoint-url.ts';
import type { Address, TlsFiles } from '../address.ts';

/**
 * In this order: the context selected for this window, the setting, `DOCKER_HOST`, `DOCKER_CONTEXT`, the
 * current context, the default. The first one that is set is used.
 */
export async function findAddress(
  setting: string,
  environment: Environment = currentEnvironment(),
  chosen?: string,
): Promise<Address> {
  const { env } = environment;
  if (chosen !== undefined) return fromContext(chosen, 'window', environment);
  if (setting.trim() !== '') return fromUrl(setting.trim(), 'setting', environment);
  if (env.DOCKER_HOST) return fromUrl(env.DOCKER_HOST, 'DOCKER_HOST', environment);
  if (env.DOCKER_CONTEXT) return fromContext(env.DOCKER_CONTEXT, 'DOCKER_CONTEXT', environment);
  const current = await currentContext(environment);
  return current === undefined
    ? fromDefault(environment)
    : fromContext(current, 'config', environment);
}

/** Whether a container engine or its client is installed. */
export async function engineInstalled(environment: Environment): Promise<boolean> {
  const { env, platform } = environment;
  const windows = platform === 'win32';
  const separator = windows ? ';' : platform === process.platform ? delimiter : ':';
  const directories = (env.PATH ?? env.Path ?? '')
    .split(separator)
    .filter((directory) => directory !== '');
  // Daemons are in sbin directories, which the PATH of a desktop session often does not contain.
  if (!windows) directories.push('/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin');
  const names = ['docker', 'dockerd', 'podman'].map((name) => (windows ? `${name}.exe` : name));
  const files = directories.flatMap((directory) => names.map((name) => join(directory, name)));
  const found = await Promise.all(files.map((file) => exists(file)));
  return found.includes(true);
}

function fromUrl(
  url: string,
  source: 'setting' | 'DOCKER_HOST',
  environment: Environment,
): Address {
  const place = source === 'setting' ? t('setting drydock.engine.host') : source;
  const endpoint = atPlace(place, () =>
    parseEndpoint(url, environmentTls(environment), environment),
  );
  return { endpoint, source, url };
}

/** Adds to an error where the address is configured, since an invalid address has no other sign of its origin. */
function atPlace<T>(place: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new EngineError(
      error.kind,
      t('Invalid address in {0}: {1}', place, error.message),
      error,
    );
  }
}

/** The current context of the docker CLI, ignoring environment variables; undefined for `default`. */
export async function currentContext(environment: Environment): Promise<string | undefined> {
  const name = (await readConfig(environment))?.currentContext;
  return typeof name === 'string' && name !== '' && name !== 'default' ? name : undefined;
}

async function fromContext(
  context: string,
  source: Address['source'],
  environment: Environment,
): Promise<Address> {
  if (context === 'default') {
    const { DOCKER_HOST: host } = environment.env;
    const address = host
      ? fromUrl(host, 'DOCKER_HOST', environment)
      : await fromDefault(environment);
    return { ...address, ...(source === 'window' && { source, context }) };
  }
  const { meta, tls: tlsDirectory } = contextPaths(environment, context);
  const endpoint = endpointOf(await readJson(meta));
  if (endpoint === undefined) {
    throw new EngineError('misconfigured', t('Docker context `{0}` was not found', context));
  }
  const tls = await contextTls(tlsDirectory, endpoint.skipVerify);
  const url = endpoint.host;
  const parsed = atPlace(t('Docker context `{0}`', context), () =>
    parseEndpoint(url, tls, environment),
  );
  return { endpoint: parsed, source, context, url };
}

async function contextTls(directory: string, skipVerify: boolean): Promise<TlsFiles | undefined> {
  const file = async (name: string) =>
    (await exists(join(directory, name))) ? join(directory, name) : undefined;
  const [ca, cert, key] = await Promise.all([file('ca.pem'), file('cert.pem'), file('key.pem')]);
  if (!ca && !cert && !key && !skipVerify) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), verify: !skipVerify };
}

/** The first socket that this user can open, else the first one that exists, else the default path. */
async function fromDefault(environment: Environment): Promise<Address> {
  if (environment.platform === 'win32') return socketAt(windowsPipe, `npipe://${windowsPipe}`);
  const paths = defaultSockets(environment);
  const accessible = await Promise.all(
    paths.map((path) => access(path, constants.R_OK | constants.W_OK).then(yes, no)),
  );
  const existing = await Promise.all(paths.map((path) => exists(path)));
  const path =
    paths[accessible.indexOf(true)] ?? paths[existing.indexOf(true)] ?? '/var/run/docker.sock';
  return socketAt(path, `unix://${path}`);
}

/** Default sockets of engines: system-wide, of this user, of desktop products, and last of Podman. */
export function defaultSockets({ env, home, platform }: Environment): readonly string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  const mac = platform === 'darwin';
  return [
    '/var/run/docker.sock',
    ...(runtime ? [posix.join(runtime, 'docker.sock')] : []),
    posix.join(home, '.docker/run/docker.sock'),
    posix.join(home, '.docker/desktop/docker.sock'),
    posix.join(home, '.rd/docker.sock'),
    ...(mac ? [posix.join(home, '.orbstack/run/docker.sock')] : []),
    ...(mac ? [posix.join(home, '.colima/default/docker.sock')] : []),
    ...(mac ? [posix.join(home, '.local/share/containers/podman/machine/podman.sock')] : []),
    ...(runtime ? [posix.join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}

function socketAt(path: string, url: string): Address {
  return { endpoint: { kind: 'socket', path }, source: 'default', url };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(yes, no);
}

const yes = () => true;
const no = () => false;
