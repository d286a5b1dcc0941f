/** Addresses of engines as the `docker` command line writes them: text → place. */
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { Place, TlsFiles } from '../address.ts';
import { configFolder, type Surroundings } from './config-file.ts';
import { EngineError } from '../errors.ts';

/** The place that a URL of an engine names; rejects what is none. */
export function placeOf(url: string, tls: TlsFiles | undefined, around: Surroundings): Place {
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

export const windowsPipe = '//./pipe/docker_engine';

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
  const socket = decoded(parsed.pathname).replace(/^\/$/, '');
  // The shell over there reads it: nothing in it may mean something to a shell.
  if (!/^[\w./@%+-]*$/.test(socket)) throw unusable(url);
  return {
    kind: 'ssh',
    host,
    ...(user !== '' && { user }),
    ...(port > 0 && { port }),
    ...(socket !== '' && { socket }),
  };
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
    'misconfigured',
    t('`{0}` is no address of a Docker engine, such as unix:///var/run/docker.sock', url),
  );
}

/** `DOCKER_TLS_VERIFY` and `DOCKER_TLS` count as soon as they are not empty, whatever they say. */
export function environmentTls(around: Surroundings): TlsFiles | undefined {
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
