/** tally prefer-nginx-sigquit and prefer-systemd-sigrtmin-plus-3, for programs that the file itself starts. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { InstructionOf } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';
import { rootStage, lastIn } from '../../model/lineage.ts';
import { startCommands, firstWords } from '../../model/start-commands.ts';
import { isOnWindows } from '../../model/windows.ts';

/** The signal for a graceful shutdown of each program. */
const expected: readonly { readonly program: RegExp; readonly signal: string }[] = [
  { program: /^(?:\/usr)?(?:\/local)?(?:\/s?bin\/)?(?:nginx|openresty)$/, signal: 'SIGQUIT' },
  { program: /^(?:(?:\/usr)?\/s?bin\/init|(?:\/usr)?(?:\/lib\/systemd\/|\/bin\/)?systemd)$/, signal: 'SIGRTMIN+3' }, // prettier-ignore
];

export default rule({
  summary: 'Set `STOPSIGNAL SIGQUIT` for nginx and `SIGRTMIN+3` for systemd',
  why: '`docker stop` sends `SIGTERM` by default. On `SIGTERM`, nginx drops the requests that it is serving; on `SIGQUIT`, it completes them first. systemd as PID 1 re-executes itself on `SIGTERM` instead of shutting down, so the container is killed after ten seconds; `SIGRTMIN+3` shuts it down.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-nginx-sigquit', 'tally/prefer-systemd-sigrtmin-plus-3'] },
  links: [
    'https://nginx.org/en/docs/control.html',
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.html#Signals',
  ],
  on: {
    instructions: ['CMD', 'ENTRYPOINT'],
    words: ['nginx', 'openresty', 'bin/init', 'systemd'],
  },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache nginx
        «CMD ["nginx", "-g", "daemon off;"]»
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache nginx
        STOPSIGNAL SIGQUIT
        CMD ["nginx", "-g", "daemon off;"]
      `,
    },
  ],
  check({ model, report }) {
    const { target } = model;
    const [start] = target ? startCommands(target) : [];
    if (target === undefined || start === undefined || start.command?.form !== 'exec') return;
    const match = expected.find(({ program }) => program.test(firstWords(start)[0] ?? ''));
    if (match === undefined || isOnWindows(model, start)) return;
    const problem = problemOf(model, { target, start, signal: match.signal });
    if (problem) report(problem);
  },
});

interface Start {
  readonly target: Stage;
  readonly start: InstructionOf<'ENTRYPOINT'> | InstructionOf<'CMD'>;
  readonly signal: string;
}

function problemOf(model: Model, { target, start, signal }: Start): Problem | undefined {
  const program = firstWords(start)[0] ?? '';
  const message = t('`{0}` requires `STOPSIGNAL {1}` for a graceful shutdown', program, signal);
  const [current] = lastIn(target, 'STOPSIGNAL')?.args ?? [];
  if (current === undefined) {
    if (setsOwnSignal(rootStage(target))) return undefined;
    return {
      at: start,
      message,
      fix: addLineAbove(model, start, `STOPSIGNAL ${signal}`),
    };
  }
  if (current.variables.length > 0) return undefined;
  const name = current.text.toUpperCase().replace(/^SIG/, '');
  if (name === signal.slice(3) || name === '3' || name === '37') return undefined;
  return {
    at: current,
    message,
    fix: {
      title: t('Replace `{0}` with `{1}`', current.text, signal),
      edits: [replace(current.span, signal)],
      safe: false,
    },
  };
}

/** Whether the base image is one of the program itself, which sets the signal. */
function setsOwnSignal({ base, image = '' }: Stage): boolean {
  return base === undefined || /nginx|openresty|systemd|(?:^|[/-])init/.test(image);
}
