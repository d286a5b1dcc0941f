/** hadolint DL3003, where a RUN begins with it: a `cd` further in is often the plainest way. */
import { t } from '@vscode/l10n';
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import type { Chain } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, remove } from '../../text/edit.ts';
import { lineBreak } from '../lines.ts';

export default rule({
  summary: 'Change the folder with WORKDIR instead of a first `cd`',
  why: '`cd` holds to the end of its `RUN` only, and each step has to repeat it. `WORKDIR` says it once for all that follows, makes the folder, and is seen by those who read the image.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3003'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3003'],
  on: { commands: ['cd'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY . /app
        RUN «cd /app» && npm ci
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY . /app
        WORKDIR /app
        RUN npm ci
      `,
    },
  ],
  *check({ model }) {
    for (const at of model.commands('cd')) {
      const { command, run, inside } = at;
      const script = model.script(run);
      const [first] = script?.statements ?? [];
      const begins = first?.kind === 'chain' && first.parts[0] === command;
      const [folder] = command.args;
      if (!begins || folder === undefined || inside.length !== 1) continue;
      const fix =
        script?.statements.length === 1 ? asWorkdir(at, first, lineBreak(model)) : undefined;
      yield {
        at: command,
        message: t('`cd {0}` holds for this step only', folder.text),
        ...(fix && { fix }),
      };
    }
  },
});

/** In front of the step, for it and all that follow; not where a shell reads the folder another way than Docker. */
function asWorkdir({ command, run }: CommandAt, { parts }: Chain, br: string): Fix | undefined {
  const [folder, more] = command.args;
  const [, next] = parts;
  if (folder === undefined || more !== undefined || next === undefined) return undefined;
  if (!/^[\w./-]*\w[\w./-]*$/.test(folder.raw) || folder.raw.startsWith('-')) return undefined;
  if (run.onbuild === true || run.heredocs.length > 0 || command.redirects.length > 0)
    return undefined;
  const text = `WORKDIR ${folder.raw}`;
  const edits = [
    insert(run.span.start, `${text}${br}`),
    remove({ start: command.span.start, end: next.span.start }),
  ];
  return { title: t('Write {0}', text), edits, safe: false };
}
