/** What ssh and the docker command line behind it say of their failure, told apart. */
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';

/** How a program that should have carried the connection ended. */
export interface Ending {
  /** What it wrote, or why it did not start. */
  readonly complaint: string;
  readonly code?: number;
}

/** One sentence, with the program's own words as the last. */
export function programTrouble(argv: readonly string[], { complaint, code }: Ending): EngineError {
  const [program = ''] = argv;
  const host = argv[argv.indexOf('--') + 1] ?? program;
  const words = complaint.trim();
  const found = troubles.find(({ signs }) => signs.test(words));
  if (found !== undefined)
    return new EngineError(found.kind, found.sentence(host, lastLine(words)));
  const said = words === '' ? t('{0} ended with exit code {1}', program, code ?? '') : words;
  return new EngineError('ssh', t('{0} cannot be reached by ssh: {1}', host, said));
}

interface Known {
  readonly signs: RegExp;
  readonly kind: EngineError['kind'];
  readonly sentence: (host: string, words: string) => string;
}

/** What comes from the docker command line of the other machine stands first: ssh has done its part. */
const troubles: readonly Known[] = [
  {
    signs: /docker: (?:command )?not found|docker: No such file|'docker' is not recognized/i,
    kind: 'ssh',
    sentence: (host) => t('{0} answers by ssh, but has no docker command for this user', host),
  },
  {
    signs: /permission denied while trying to connect|dial unix .*permission denied/i,
    kind: 'ssh',
    sentence: (host) => t('{0} answers by ssh, but this user may not use Docker there', host),
  },
  {
    signs: /cannot connect to the docker daemon|dial unix .*(?:no such file|refused)/i,
    kind: 'ssh',
    sentence: (host) => t('{0} answers by ssh, but Docker does not run there', host),
  },
  {
    signs: /spawn \S+ ENOENT/,
    kind: 'ssh',
    sentence: () => t('The program ssh is not installed on this machine'),
  },
  {
    signs: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    kind: 'ssh',
    sentence: (host) =>
      t(
        '{0} shows another host key than before: it was set up anew, or someone stands between',
        host,
      ),
  },
  {
    signs: /host key verification failed/i,
    kind: 'ssh',
    sentence: (host) =>
      t('The host key of {0} is not known yet: connect once with ssh in a terminal', host),
  },
  {
    signs: /permission denied|too many authentication failures/i,
    kind: 'ssh',
    sentence: (host, words) =>
      t('{0} does not let this user in without a password: {1}', host, words),
  },
  {
    signs:
      /could not resolve|connection (?:refused|reset|closed)|disconnected from|timed out|no route to host|unreachable|closed by remote/i,
    kind: 'unreachable',
    sentence: (host, words) => t('{0} cannot be reached by ssh: {1}', host, words),
  },
];

function lastLine(words: string): string {
  return words.split(/\r?\n/).at(-1)?.trim() ?? '';
}
