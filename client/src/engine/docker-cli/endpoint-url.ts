/** Parses engine addresses in the format of the `docker` CLI. */
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { Endpoint, TlsFiles } from '../address.ts';
import { configDirectory, type Environment } from './config-file.ts';
import { EngineError } from '../errors.ts';

/** Parses the URL of an engine; throws if it is not valid. */
export function parseEndpoint(
  url: string,
  tls: TlsFiles | undefined,
  environment: Environment,
): Endpoint {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(url) ?? [];
  switch (scheme.toLowerCase()) {
    case 'unix':
      return { kind: 'socket', path: rest === '' ? '/var/run/docker.sock' : rest };
    case 'npipe':
      return { kind: 'socket', path: rest === '' ? windowsPipe : rest.replaceAll('\\', '/') };
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(url, rest, scheme.toLowerCase() === 'https', tls, environment);
    case 'ssh':
      return parseSsh(url);
    default:
      throw invalidAddress(url);
  }
}

export const windowsPipe = '//./pipe/docker_engine';

function parseTcp(
  url: string,
  rest: string,
  https: boolean,
  tls: TlsFiles | undefined,
  environment: Environment,
): Endpoint {
  const parsed = parseUrl(`http://${rest}`);
  const host = parsed?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (parsed === undefined || host === '' || parsed.username !== '') throw invalidAddress(url);
  // WHATWG URLs omit port 80 for http.
  const port = /:80(?:\/|$)/.test(rest) ? 80 : Number(parsed.port);
  const secure =
    tls ?? (https || port === 2376 ? (environmentTls(environment) ?? defaultTls) : undefined);
  return {
    kind: 'tcp',
    host,
    port: port > 0 ? port : secure ? 2376 : 2375,
    ...(secure && { tls: secure }),
  };
}

const defaultTls: TlsFiles = { verify: true };

function parseSsh(url: string): Endpoint {
  const parsed = parseUrl(url);
  const user = decode(parsed?.username ?? '');
  const host = decode(parsed?.hostname ?? '').replace(/^\[|\]$/g, '');
  const port = Number(parsed?.port);
  // ssh would parse an argument that starts with a dash as an option.
  const unsafe = [user, host].some((part) => /^-|[\s\0]/.test(part));
  if (parsed === undefined || host === '' || unsafe || parsed.password !== '')
    throw invalidAddress(url);
  const socket = decode(parsed.pathname).replace(/^\/$/, '');
  // The remote shell parses it, so characters that are special in a shell are not allowed.
  if (!/^[\w./@%+-]*$/.test(socket)) throw invalidAddress(url);
  return {
    kind: 'ssh',
    host,
    ...(user !== '' && { user }),
    ...(port > 0 && { port }),
    ...(socket !== '' && { socket }),
  };
}

/** The Node.js of the oldest supported VS Code does not have `URL.parse`. */
function parseUrl(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function invalidAddress(url: string): EngineError {
  return new EngineError(
    'misconfigured',
    t('`{0}` is not a valid engine address, such as unix:///var/run/docker.sock', url),
  );
}

/** `DOCKER_TLS_VERIFY` and `DOCKER_TLS` enable TLS with any value that is not empty. */
export function environmentTls(environment: Environment): TlsFiles | undefined {
  const { env } = environment;
  if (!env.DOCKER_TLS_VERIFY && !env.DOCKER_TLS) return undefined;
  const directory = env.DOCKER_CERT_PATH ? env.DOCKER_CERT_PATH : configDirectory(environment);
  return {
    ca: join(directory, 'ca.pem'),
    cert: join(directory, 'cert.pem'),
    key: join(directory, 'key.pem'),
    verify: Boolean(env.DOCKER_TLS_VERIFY),
  };
}
