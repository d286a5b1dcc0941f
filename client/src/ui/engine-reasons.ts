/**
 * What the messages of engines, registries and runtimes mean: one sentence, and what helps. Engines forward errors as chains of
 * the Go programs that they passed through. Those of pulls were seen on Docker 20.10; the others are from the sources of Docker
 * 20.10 to 29, and of the registries of Docker Hub, GitHub and CNCF Distribution.
 */
import { t } from '@vscode/l10n';

/** What a person can do about it. */
export type Remedy = 'login' | 'platform' | 'registry-settings';

export interface Reason {
  /** Without a period, as it follows "Could not pull x: ". */
  readonly sentence: string;
  readonly remedies: readonly Remedy[];
}

/** The reason for a message; undefined if the message is already a plain sentence. */
export function reasonOf(message: string): Reason | undefined {
  const text = message.trim();
  for (const { pattern, reason } of reasons) {
    const found = pattern.exec(text);
    if (found !== null) return reason({ host: hostIn(text), name: found[1] ?? '' });
  }
  const rest = withoutChain(text);
  return rest === text ? undefined : { sentence: rest, remedies: [] };
}

/** The host of the address in the message; a registry is named by it. */
function hostIn(message: string): string {
  const [, host = ''] =
    /"https?:\/\/([^/"]+)/.exec(message) ?? /lookup ([^\s:]+)/.exec(message) ?? [];
  return host === 'registry-1.docker.io' || host === 'auth.docker.io' ? 'Docker Hub' : host;
}

interface Found {
  /** Empty if the message names none. */
  readonly host: string;
  /** The first group of the pattern. */
  readonly name: string;
}

interface Row {
  readonly pattern: RegExp;
  readonly reason: (found: Found) => Reason;
}

const registry = (host: string): string => (host === '' ? t('the registry') : host);

/** The first that matches is taken, so the more specific ones come first. */
const reasons: readonly Row[] = [
  {
    pattern:
      /no matching manifest for (\S+(?: \S+)?) in the manifest list|does not provide the specified platform|does not match the specified platform/i,
    reason: ({ name }) => ({
      sentence: name === '' ? t('there is no image for this platform') : t('there is no image for {0}', name), // prettier-ignore
      remedies: ['platform'],
    }),
  },
  {
    pattern: /toomanyrequests|pull rate limit/i,
    reason: () => ({
      sentence: t('the pull limit of the registry is reached; log in, or use a mirror'),
      remedies: ['login', 'registry-settings'],
    }),
  },
  {
    pattern: /server gave HTTP response to HTTPS client/i,
    reason: ({ host }) => ({
      sentence: t('{0} uses HTTP, which requires an entry in insecure-registries', registry(host)),
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern: /x509: certificate has expired/i,
    reason: ({ host }) => ({
      sentence: t('the certificate of {0} has expired', registry(host)),
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern: /x509: certificate is (?:valid for|not valid for)/i,
    reason: ({ host }) => ({
      sentence: t('the certificate of {0} is for another host', registry(host)),
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern: /x509:|certificate signed by unknown authority/i,
    reason: ({ host }) => ({
      sentence: t('the engine does not trust the certificate of {0}', registry(host)),
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern: /pull access denied|repository does not exist or may require/i,
    reason: () => ({
      sentence: t('the repository does not exist, or requires a login'),
      remedies: ['login'],
    }),
  },
  {
    pattern: /manifest unknown|manifest for \S+ not found|not found: manifest/i,
    reason: () => ({ sentence: t('there is no such tag in the repository'), remedies: [] }),
  },
  {
    pattern: /repository name not known to registry|name unknown/i,
    reason: () => ({ sentence: t('there is no such repository in the registry'), remedies: [] }),
  },
  {
    pattern: /no basic auth credentials|authentication required|incorrect username or password/i,
    reason: ({ host }) => ({
      sentence: t('{0} requires a login', registry(host)),
      remedies: ['login'],
    }),
  },
  {
    pattern:
      /access to the resource is denied|insufficient_scope|^denied\b|: denied\b|\bunauthorized\b|403 Forbidden/i,
    reason: ({ host }) => ({
      sentence: t('{0} denied access', registry(host)),
      remedies: ['login'],
    }),
  },
  {
    pattern:
      /no such host|server misbehaving|Temporary failure in name resolution|lookup .*(?:connection refused|network is unreachable|i\/o timeout)/i,
    reason: ({ host }) => ({
      sentence: t('the engine cannot resolve {0}; check the name, the network or the proxy', registry(host)), // prettier-ignore
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern:
      /(?:Get|Head|Post|Put|Patch|dial|proxyconnect).*(?:connection refused|connection reset|no route to host|network is unreachable)/i,
    reason: ({ host }) => ({
      sentence: t('the engine cannot connect to {0}', registry(host)),
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern:
      /(?:https?:\/\/|lookup |dial ).*(?:i\/o timeout|context deadline exceeded|request canceled)|TLS handshake timeout|Client\.Timeout exceeded/i,
    reason: ({ host }) => ({
      sentence: t('{0} does not respond', registry(host)),
      remedies: ['registry-settings'],
    }),
  },
  {
    pattern:
      /unexpected (?:HTTP )?status(?: code)?(?: from \S+ request to \S+)?:? (\d{3}(?: [A-Z][\w ]+)?)/i,
    reason: ({ host, name }) => ({
      sentence: t('{0} responded with {1}', registry(host), name),
      remedies: [],
    }),
  },
  // Processes in containers.
  {
    pattern: /exec: "([^"]+)": (?:executable file not found|stat .*no such file)/,
    reason: ({ name }) => ({ sentence: t('{0} does not exist in the container', name), remedies: [] }), // prettier-ignore
  },
  {
    pattern: /exec: "([^"]+)": permission denied/,
    reason: ({ name }) => ({ sentence: t('{0} is not executable', name), remedies: [] }),
  },
  {
    pattern: /unable to find (?:user|group) ([^\s:]+)/,
    reason: ({ name }) => ({ sentence: t('user {0} does not exist in the container', name), remedies: [] }), // prettier-ignore
  },
  {
    pattern: /chdir to cwd \("([^"]+)"\)/,
    reason: ({ name }) => ({ sentence: t('directory {0} does not exist in the container', name), remedies: [] }), // prettier-ignore
  },
  {
    pattern: /[Cc]ontainer [0-9a-f]{12,64} is not running/,
    reason: () => ({ sentence: t('the container is not running'), remedies: [] }),
  },
  {
    pattern: /[Cc]ontainer [0-9a-f]{12,64} is paused/,
    reason: () => ({ sentence: t('the container is paused; unpause it first'), remedies: [] }),
  },
];

/** The last error of a chain: what other errors only pass on says nothing to a person. */
function withoutChain(message: string): string {
  return message
    .replace(/^(?:Error response from daemon: |rpc error: code = \w+ desc = )+/, '')
    .replace(/^(?:failed to [\w ]+: |error [\w ]+: )*(?:Get|Head|Post|Put|Patch) "[^"]*": /i, '')
    .replace(/^OCI runtime (?:exec|create) failed: (?:[\w ]+: )*(?=\S)/, '')
    .replace(/: unknown$/, '');
}
