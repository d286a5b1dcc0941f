/** Where the engine is, found as the `docker` command line finds it; the result is plain data. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join, posix } from 'node:path';
import { t } from '@vscode/l10n';
import { readConfig, readJson, surroundings, type Surroundings } from './config-file.ts';
import { contextPlaces, endpointOf } from './context-files.ts';
import { EngineError } from '../errors.ts';
import { environmentTls, placeOf, windowsPipe } from './endpoint-url.ts';
import type { Address, TlsFiles } from '../address.ts';

/**
 * The context chosen for this window, the setting, `DOCKER_HOST`, `DOCKER_CONTEXT`, the current
 * context, the default: the first that speaks.
 */
export async function findAddress(
  setting: string,
  around: Surroundings = surroundings(),
  chosen?: string,
): Promise<Address> {
  const { env } = around;
  if (chosen !== undefined) return fromContext(chosen, 'window', around);
  if (setting.trim() !== '') return fromUrl(setting.trim(), 'setting', around);
  if (env.DOCKER_HOST) return fromUrl(env.DOCKER_HOST, 'DOCKER_HOST', around);
  if (env.DOCKER_CONTEXT) return fromContext(env.DOCKER_CONTEXT, 'DOCKER_CONTEXT', around);
  const current = await currentContext(around);
  return current === undefined ? fromDefault(around) : fromContext(current, 'config', around);
}

/** Whether a program that serves or speaks to an engine is installed. */
export async function engineInstalled(around: Surroundings): Promise<boolean> {
  const { env, platform } = around;
  const windows = platform === 'win32';
  const separator = windows ? ';' : platform === process.platform ? delimiter : ':';
  const folders = (env.PATH ?? env.Path ?? '').split(separator).filter((folder) => folder !== '');
  // Daemons live in sbin, which the PATH of a desktop session often lacks.
  if (!windows) folders.push('/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin');
  const names = ['docker', 'dockerd', 'podman'].map((name) => (windows ? `${name}.exe` : name));
  const files = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = await Promise.all(files.map((file) => exists(file)));
  return found.includes(true);
}

function fromUrl(url: string, source: Address['source'], around: Surroundings): Address {
  return { place: placeOf(url, environmentTls(around), around), source, url };
}

/** The context that the docker command line would use where no environment speaks; `default` is none. */
export async function currentContext(around: Surroundings): Promise<string | undefined> {
  const name = (await readConfig(around))?.currentContext;
  return typeof name === 'string' && name !== '' && name !== 'default' ? name : undefined;
}

async function fromContext(
  context: string,
  source: Address['source'],
  around: Surroundings,
): Promise<Address> {
  if (context === 'default') {
    const { DOCKER_HOST: host } = around.env;
    const address = host ? fromUrl(host, 'DOCKER_HOST', around) : await fromDefault(around);
    return { ...address, ...(source === 'window' && { source, context }) };
  }
  const { meta, tls: folder } = contextPlaces(around, context);
  const endpoint = endpointOf(await readJson(meta));
  if (endpoint === undefined) {
    throw new EngineError('misconfigured', t('There is no Docker context named `{0}`', context));
  }
  const tls = await contextTls(folder, endpoint.skipVerify);
  return { place: placeOf(endpoint.host, tls, around), source, context, url: endpoint.host };
}

async function contextTls(folder: string, skipVerify: boolean): Promise<TlsFiles | undefined> {
  const file = async (name: string) =>
    (await exists(join(folder, name))) ? join(folder, name) : undefined;
  const [ca, cert, key] = await Promise.all([file('ca.pem'), file('cert.pem'), file('key.pem')]);
  if (!ca && !cert && !key && !skipVerify) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), verify: !skipVerify };
}

/** The first socket that this user may open, else the first that is there, else the usual one. */
async function fromDefault(around: Surroundings): Promise<Address> {
  if (around.platform === 'win32') return socketAt(windowsPipe, `npipe://${windowsPipe}`);
  const paths = usualSockets(around);
  const open = await Promise.all(
    paths.map((path) => access(path, constants.R_OK | constants.W_OK).then(yes, no)),
  );
  const there = await Promise.all(paths.map((path) => exists(path)));
  const path = paths[open.indexOf(true)] ?? paths[there.indexOf(true)] ?? '/var/run/docker.sock';
  return socketAt(path, `unix://${path}`);
}

/** Where engines listen: the machine's, this user's own, those of desktop products, Podman's last. */
export function usualSockets({ env, home, platform }: Surroundings): readonly string[] {
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
  return { place: { kind: 'socket', path }, source: 'default', url };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(yes, no);
}

const yes = () => true;
const no = () => false;
