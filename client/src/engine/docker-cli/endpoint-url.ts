/** Parses engine addresses in the format of the `docker` CLI. */
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { Endpoint, TlsFiles } from '../address.ts';
import { configDirectory, type Environment } from './config-file.ts';
import { EngineError } from '../errors.ts';

/** Parses the URL of an engine; throws an EngineError that says what is accepted if it is not valid. */
export function parseEndpoint(
  url: string,
  tls: TlsFiles | undefined,
  environment: Environment,
): Endpoint {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(url) ?? [];
  // The URL parser of Node.js removes tabs and line breaks.
  if (controlCharacter.test(url)) throw invalidAddress(url);
  switch (scheme.toLowerCase()) {
    case 'unix':
      return parseSocket(rest === '' ? '/var/run/docker.sock' : rest, environment);
    case 'npipe':
      return { kind: 'socket', path: localPipe(rest === '' ? windowsPipe : rest) };
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

const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;
const controlCharacters = new RegExp(controlCharacter, 'g');

/** On Windows, a path with two leading separators can name another machine. */
function parseSocket(path: string, { platform }: Environment): Endpoint {
  const isWindowsShare = platform === 'win32' && /^[\\/]{2}/.test(path);
  return { kind: 'socket', path: isWindowsShare ? localPipe(path) : path };
}

/**
 * The path of a named pipe of this machine. Opening the pipe of another one would send it the password hash of this user,
 * and `..` in a name can lead there.
 */
function localPipe(path: string): string {
  const pipe = path.replaceAll('\\', '/');
  if (/^\/\/\.\/pipe\/[\w{}.-]+$/i.test(pipe) && !/\/\.+$/.test(pipe)) return pipe;
  throw misconfigured(
    t('`{0}` is not a named pipe of this machine, such as npipe:////./pipe/docker_engine', path),
  );
}

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

/** Host names, aliases in the configuration of ssh, and IPv4 addresses; not an option, which starts with a dash. */
const sshHost = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
/** An IPv6 address, with the network interface after `%`. */
const sshAddress = /^(?=.*:)[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?$/;
const sshUser = /^[A-Za-z0-9_.+@][A-Za-z0-9_.+@-]*$/;
/** The shell of the remote machine reads it. */
const sshSocket = /^(?:\/[A-Za-z0-9_.@+-]+)+$/;

/** The parser of Node.js does not accept network interfaces in IPv6 addresses. */
const sshParts =
  /^ssh:\/\/(?:([^/?#]*)@)?(\[[^\]@/?#]*\]|[^:[\]@/?#]+)(?::(\d{1,5}))?(\/[^?#]*)?$/i;

/** Programs that the configuration of ssh starts can contain host and user, and a shell reads their command lines. */
function parseSsh(url: string): Endpoint {
  const parts = sshParts.exec(url);
  if (parts === null) throw invalidAddress(url);
  const [, userInfo = '', hostname = '', portText, path = ''] = parts;
  const user = decode(userInfo);
  const host = sshHostOf(hostname);
  const port = portText === undefined ? undefined : Number(portText);
  const socket = decode(path).replace(/^\/$/, '');
  if (user !== '' && !sshUser.test(user)) {
    throw misconfigured(
      t('`{0}` is not a valid SSH user; use letters, digits, `.`, `_`, `-`, `+` and `@`', user),
    );
  }
  if (port !== undefined && (port < 1 || port > 65_535)) throw invalidAddress(url);
  if (socket !== '' && !sshSocket.test(socket)) {
    throw misconfigured(
      t('`{0}` is not a valid socket path; use letters, digits, `/`, `.`, `_`, `-`, `+` and `@`', socket), // prettier-ignore
    );
  }
  return {
    kind: 'ssh',
    host,
    ...(user !== '' && { user }),
    ...(port !== undefined && { port }),
    ...(socket !== '' && { socket }),
  };
}

function sshHostOf(hostname: string): string {
  const decoded = decode(hostname);
  const address = /^\[(.*)\]$/s.exec(decoded)?.[1];
  const isValid = address === undefined ? sshHost.test(decoded) : sshAddress.test(address);
  if (isValid) return address ?? decoded;
  throw misconfigured(
    t('`{0}` is not a valid SSH host; use letters, digits, `.`, `-` and `_`, or an IPv6 address in brackets', decoded), // prettier-ignore
  );
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
  return misconfigured(
    t('`{0}` is not a valid engine address, such as unix:///var/run/docker.sock', url),
  );
}

function misconfigured(message: string): EngineError {
  return new EngineError('misconfigured', message.replaceAll(controlCharacters, '\uFFFD'));
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
