/** Recognizes errors of ssh and of the docker CLI on the remote host. */
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import type { ProgramExit } from './program-stream.ts';

/** One sentence that ends with the message of the program. */
export function sshError(argv: readonly string[], { output, code }: ProgramExit): EngineError {
  const [program = ''] = argv;
  const host = argv[argv.indexOf('--') + 1] ?? program;
  const text = output.trim();
  const known = knownErrors.find(({ pattern }) => pattern.test(text));
  if (known !== undefined) return new EngineError(known.kind, known.message(host, lastLine(text)));
  const reason = text === '' ? t('{0} exited with code {1}', program, code ?? '') : text;
  return new EngineError('ssh', t('SSH connection to {0} failed: {1}', host, reason));
}

interface KnownError {
  readonly pattern: RegExp;
  readonly kind: EngineError['kind'];
  readonly message: (host: string, lastLine: string) => string;
}

/** The errors of the docker CLI come first: they mean that ssh itself succeeded. */
const knownErrors: readonly KnownError[] = [
  {
    pattern: /docker: (?:command )?not found|docker: No such file|'docker' is not recognized/i,
    kind: 'ssh',
    message: (host) =>
      t('Connected to {0} over SSH, but the docker command is not available to this user', host),
  },
  {
    pattern: /permission denied while trying to connect|dial unix .*permission denied/i,
    kind: 'ssh',
    message: (host) =>
      t(
        'Connected to {0} over SSH, but this user does not have permission to use Docker there',
        host,
      ),
  },
  {
    pattern: /cannot connect to the docker daemon|dial unix .*(?:no such file|refused)/i,
    kind: 'ssh',
    message: (host) => t('Connected to {0} over SSH, but Docker is not running there', host),
  },
  {
    pattern: /spawn \S+ ENOENT/,
    kind: 'ssh',
    message: () => t('The ssh command is not installed on this machine'),
  },
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    kind: 'ssh',
    message: (host) =>
      t(
        'The host key of {0} has changed: the host was reinstalled, or the connection is being intercepted',
        host,
      ),
  },
  {
    pattern: /host key verification failed/i,
    kind: 'ssh',
    message: (host) =>
      t('The host key of {0} is unknown; connect once with ssh in a terminal to accept it', host),
  },
  {
    pattern: /permission denied|too many authentication failures/i,
    kind: 'ssh',
    message: (host, reason) => t('SSH login to {0} without a password failed: {1}', host, reason),
  },
  {
    pattern:
      /could not resolve|connection (?:refused|reset|closed)|disconnected from|timed out|no route to host|unreachable|closed by remote/i,
    kind: 'unreachable',
    message: (host, reason) => t('SSH connection to {0} failed: {1}', host, reason),
  },
];

function lastLine(text: string): string {
  return text.split(/\r?\n/).at(-1)?.trim() ?? '';
}
