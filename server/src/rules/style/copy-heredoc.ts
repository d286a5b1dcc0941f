/** tally prefer-copy-heredoc. Off: it needs Dockerfile 1.4, and one short line is as plain with `echo`. */
import { t } from '@vscode/l10n';
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { lineBreak } from '../lines.ts';

export default rule({
  summary: 'Write files with a heredoc of COPY instead of echo',
  why: 'What stands between the lines of a heredoc is the file, letter by letter: no quotes to escape, no `\\n`, and no shell that reads it first. Heredocs need `# syntax=docker/dockerfile:1` or Docker 23.',
  severity: 'off',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/prefer-copy-heredoc'] },
  links: ['https://docs.docker.com/reference/dockerfile/#here-documents'],
  on: { commands: ['echo', 'printf'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN «echo 'name = "site"' > /etc/site.conf»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY <<"EOF" /etc/site.conf
        name = "site"
        EOF
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands('echo', 'printf')) {
      const { command, via, run } = at;
      const [only, second] = model.script(run)?.statements ?? [];
      const [redirect, other] = command.redirects;
      if (via !== 'direct' || only !== command || second !== undefined || other !== undefined)
        continue;
      const target = redirect?.operator === '>' ? redirect.target : undefined;
      if (target?.literal !== true || target.raw !== target.text) continue;
      if (!command.args.every(({ literal }) => literal) || !target.text.startsWith('/')) continue;
      if (run.heredocs.length > 0 || run.flags.length > 0) continue;
      const fix = run.onbuild === true ? undefined : asHeredoc(model, at, target);
      report({
        at: command,
        message: t('`COPY` can write `{0}` without a shell', target.text),
        ...(fix && { fix }),
      });
    }
  },
});

/** Where the text is known to the letter. */
function asHeredoc(model: Model, { command, run }: CommandAt, target: ShellWord): Fix | undefined {
  const { name, args } = command;
  const isPlain = args.every(({ literal, text }) => literal && !/[\\%\r\n]/.test(text));
  if (!isPlain || args[0]?.text.startsWith('-') === true) return undefined;
  if (name?.text !== 'echo') return undefined;
  const body = args.map(({ text }) => text).join(' ');
  const br = lineBreak(model);
  if (body === 'EOF') return undefined;
  const text = `COPY <<"EOF" ${target.text}${br}${body}${br}EOF`;
  return { title: t('Write it with COPY'), edits: [replace(run.span, text)], safe: false };
}
