/** Where the engine is, found as the `docker` command line finds it; the result is plain data. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, posix } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';

/** Files with PEM texts; read at connecting, so that an address can be logged. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the engine's certificate is checked. */
  readonly verify: boolean;
}

export type Place =
  /** A Unix socket, or a named pipe of Windows. */
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsFiles;
    }
  | { readonly kind: 'ssh'; readonly host: string; readonly user?: string; readonly port?: number };

export interface Address {
  readonly place: Place;
  /** What said so. */
  readonly source: 'setting' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'config' | 'default';
  /** The Docker context, where one said so. */
  readonly context?: string;
  /** As a person would write it. */
  readonly url: string;
}

/** What finding depends on besides files. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export function surroundings(): Surroundings {
  return { env: process.env, home: homedir(), platform: process.platform };
}

/** Setting, `DOCKER_HOST`, `DOCKER_CONTEXT`, current context, default: the first that speaks. */
export async function findAddress(
  setting: string,
  around: Surroundings = surroundings(),
): Promise<Address> {
  const { env } = around;
  if (setting.trim() !== '') return fromUrl(setting.trim(), 'setting', around);
  if (env.DOCKER_HOST) return fromUrl(env.DOCKER_HOST, 'DOCKER_HOST', around);
  if (env.DOCKER_CONTEXT) return fromContext(env.DOCKER_CONTEXT, 'DOCKER_CONTEXT', around);
  const current = await currentContext(around);
  return current === undefined ? fromDefault(around) : fromContext(current, 'config', around);
}

/** The folder of `config.json`. */
export function configFolder({ env, home }: Surroundings): string {
  return env.DOCKER_CONFIG ? env.DOCKER_CONFIG : join(home, '.docker');
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
  return { place: place(url, environmentTls(around), around), source, url };
}

/** `DOCKER_TLS_VERIFY` and `DOCKER_TLS` count as soon as they are not empty, whatever they say. */
function environmentTls(around: Surroundings): TlsFiles | undefined {
  const { env } = around;
  if (!env.DOCKER_TLS_VERIFY && !env.DOCKER_TLS) return undefined;
  const folder = env.DOCKER_CERT_PATH ? env.DOCKER_CERT_PATH : configFolder(around);
  return {
    ca: join(folder, 'ca.pem'),
    cert: join(folder, 'cert.pem'),
    key: join(folder, 'key.pem'),
    verify: Boolean(env.DOCKER_TLS_VERIFY),
  };
}

function place(url: string, tls: TlsFiles | undefined, around: Surroundings): Place {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'unix':
      return { kind: 'socket', path: rest === '' ? '/var/run/docker.sock' : rest };
    case 'npipe':
      return { kind: 'socket', path: rest === '' ? windowsPipe : rest.replaceAll('\\', '/') };
    case 'tcp':
    case 'http':
    case 'https':
      return tcp(url, rest, scheme.toLowerCase() === 'https', tls, around);
    case 'ssh':
      return ssh(url);
    default:
      throw unusable(url);
  }
}

const windowsPipe = '//./pipe/docker_engine';

function tcp(
  url: string,
  rest: string,
  https: boolean,
  tls: TlsFiles | undefined,
  around: Surroundings,
): Place {
  const parsed = parsedUrl(`http://${rest}`);
  const host = parsed?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (parsed === undefined || host === '' || parsed.username !== '') throw unusable(url);
  // WHATWG URLs drop port 80 of http.
  const port = /:80(?:\/|$)/.test(rest) ? 80 : Number(parsed.port);
  const secure = tls ?? (https || port === 2376 ? (environmentTls(around) ?? plainTls) : undefined);
  return {
    kind: 'tcp',
    host,
    port: port > 0 ? port : secure ? 2376 : 2375,
    ...(secure && { tls: secure }),
  };
}

const plainTls: TlsFiles = { verify: true };

function ssh(url: string): Place {
  const parsed = parsedUrl(url);
  const user = decoded(parsed?.username ?? '');
  const host = decoded(parsed?.hostname ?? '').replace(/^\[|\]$/g, '');
  const port = Number(parsed?.port);
  // What begins with a dash would be read by ssh as an option.
  const hostile = [user, host].some((word) => /^-|[\s\0]/.test(word));
  if (parsed === undefined || host === '' || hostile || parsed.password !== '') throw unusable(url);
  return { kind: 'ssh', host, ...(user !== '' && { user }), ...(port > 0 && { port }) };
}

/** `URL.parse` is newer than the Node.js of the oldest VS Code that we run in. */
function parsedUrl(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unusable(url: string): EngineError {
  return new EngineError(
    'failed',
    t('`{0}` is no address of a Docker engine, such as unix:///var/run/docker.sock', url),
  );
}

async function currentContext(around: Surroundings): Promise<string | undefined> {
  const config = await readJson(join(configFolder(around), 'config.json'));
  const name = config?.currentContext;
  return typeof name === 'string' && name !== '' && name !== 'default' ? name : undefined;
}

async function fromContext(
  context: string,
  source: Address['source'],
  around: Surroundings,
): Promise<Address> {
  if (context === 'default') return fromDefault(around);
  const id = createHash('sha256').update(context).digest('hex');
  const folder = join(configFolder(around), 'contexts');
  const meta = await readJson(join(folder, 'meta', id, 'meta.json'));
  const endpoint = dockerEndpoint(meta);
  if (endpoint === undefined) {
    throw new EngineError('failed', t('There is no Docker context named `{0}`', context));
  }
  const tls = await contextTls(join(folder, 'tls', id, 'docker'), endpoint.skipVerify);
  return { place: place(endpoint.host, tls, around), source, context, url: endpoint.host };
}

function dockerEndpoint(
  meta: Readonly<Record<string, unknown>> | undefined,
): { readonly host: string; readonly skipVerify: boolean } | undefined {
  const endpoints = meta?.Endpoints as Record<string, Record<string, unknown>> | undefined;
  const host = endpoints?.docker?.Host;
  if (typeof host !== 'string' || host === '') return undefined;
  return { host, skipVerify: endpoints?.docker?.SkipTLSVerify === true };
}

async function contextTls(folder: string, skipVerify: boolean): Promise<TlsFiles | undefined> {
  const file = async (name: string) =>
    (await exists(join(folder, name))) ? join(folder, name) : undefined;
  const [ca, cert, key] = await Promise.all([file('ca.pem'), file('cert.pem'), file('key.pem')]);
  if (!ca && !cert && !key && !skipVerify) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), verify: !skipVerify };
}

/** The first socket that this user may open, else the first that is there, else the usual one. */
async function fromDefault({ env, home, platform }: Surroundings): Promise<Address> {
  if (platform === 'win32') return socketAt(windowsPipe, `npipe://${windowsPipe}`);
  const runtime = env.XDG_RUNTIME_DIR;
  const paths = [
    '/var/run/docker.sock',
    ...(runtime ? [posix.join(runtime, 'docker.sock')] : []),
    posix.join(home, '.docker/run/docker.sock'),
    posix.join(home, '.docker/desktop/docker.sock'),
    ...(runtime ? [posix.join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  const open = await Promise.all(
    paths.map((path) => access(path, constants.R_OK | constants.W_OK).then(yes, no)),
  );
  const there = await Promise.all(paths.map((path) => exists(path)));
  const path = paths[open.indexOf(true)] ?? paths[there.indexOf(true)] ?? '/var/run/docker.sock';
  return socketAt(path, `unix://${path}`);
}

function socketAt(path: string, url: string): Address {
  return { place: { kind: 'socket', path }, source: 'default', url };
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    throw new EngineError('failed', t('`{0}` is not valid JSON', file));
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(yes, no);
}

const yes = () => true;
const no = () => false;
