/** tally prefer-nginx-sigquit and prefer-systemd-sigrtmin-plus-3, for what the file itself starts. */
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Of } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { lineAbove } from '../../lint/edits/lines.ts';
import { rootStage, lastIn } from '../../model/lineage.ts';
import { startCommands, firstWords } from '../../model/start-commands.ts';
import { isOnWindows } from '../../model/windows.ts';

/** What ends each in good order, and what `SIGTERM` does to it. */
const expected: readonly { readonly program: RegExp; readonly signal: string }[] = [
  { program: /^(?:\/usr)?(?:\/local)?(?:\/s?bin\/)?(?:nginx|openresty)$/, signal: 'SIGQUIT' },
  { program: /^(?:(?:\/usr)?\/s?bin\/init|(?:\/usr)?(?:\/lib\/systemd\/|\/bin\/)?systemd)$/, signal: 'SIGRTMIN+3' }, // prettier-ignore
];

export default rule({
  summary: 'Stop nginx with SIGQUIT and systemd with SIGRTMIN+3',
  why: '`SIGTERM`, the default, means something else to them: nginx drops the requests that it is answering, and systemd takes no notice as process 1, so that after ten seconds everything in the container is killed.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-nginx-sigquit', 'tally/prefer-systemd-sigrtmin-plus-3'] },
  links: [
    'https://nginx.org/en/docs/control.html',
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.html#Signals',
  ],
  on: { instructions: ['CMD', 'ENTRYPOINT'] },
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
    const wanted = expected.find(({ program }) => program.test(firstWords(start)[0] ?? ''));
    if (wanted === undefined || isOnWindows(model, start)) return;
    const problem = problemOf(model, { target, start, signal: wanted.signal });
    if (problem) report(problem);
  },
});

interface Started {
  readonly target: Stage;
  readonly start: Of<'ENTRYPOINT'> | Of<'CMD'>;
  readonly signal: string;
}

function problemOf(model: Model, { target, start, signal }: Started): Problem | undefined {
  const program = firstWords(start)[0] ?? '';
  const [written] = lastIn(target, 'STOPSIGNAL')?.args ?? [];
  if (written === undefined) {
    if (bringsItsOwn(rootStage(target))) return undefined;
    const text = `STOPSIGNAL ${signal}`;
    const edit = lineAbove(model, start, text);
    return {
      at: start,
      message: t('`{0}` is to be stopped with `{1}`', program, signal),
      fix: { title: t('Add {0}', text), edits: [edit], safe: false },
    };
  }
  if (written.variables.length > 0) return undefined;
  const name = written.text.toUpperCase().replace(/^SIG/, '');
  if (name === signal.slice(3) || name === '3' || name === '37') return undefined;
  return {
    at: written,
    message: t('`{0}` is to be stopped with `{1}`', program, signal),
    fix: { title: t('Write {0}', signal), edits: [replace(written.span, signal)], safe: false },
  };
}

/** Images of the program itself set the signal. */
function bringsItsOwn({ base, image = '' }: Stage): boolean {
  return base === undefined || /nginx|openresty|systemd|(?:^|[/-])init/.test(image);
}
