/** ShellCheck SC2061, for `find` only. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** Tests of `find` that take a pattern. */
const tests = new Set(['-name', '-iname', '-path', '-ipath', '-wholename', '-iwholename', '-lname', '-ilname']); // prettier-ignore

export default rule({
  summary: 'Quote the patterns of `find -name`',
  why: 'The shell expands an unquoted pattern to the matching file names of the working directory before `find` runs. With one match, `find` searches for that name only; with several, it fails. Quotes pass the pattern to `find` unchanged.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['SC2061'] },
  links: ['https://www.shellcheck.net/wiki/SC2061'],
  on: { commands: ['find'] },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        RUN find /usr/local/lib -name «*.pyc» -delete
      `,
      good: dockerfile`
        FROM python:3.13-slim
        RUN find /usr/local/lib -name '*.pyc' -delete
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run, via } of model.commands('find')) {
      const { dialect } = model.script(run) ?? {};
      if (dialect !== 'sh' && dialect !== 'bash') continue;
      for (const [i, word] of command.args.entries()) {
        if (!tests.has(command.args[i - 1]?.text ?? '')) continue;
        const { raw } = word;
        if (raw !== word.text || word.literal || !/[*?[]/.test(raw) || /[$`]/.test(raw)) continue;
        report({
          at: word,
          message: t('The shell expands this pattern before `find` sees it'),
          ...(via === 'direct' && {
            fix: {
              title: t('Add single quotes'),
              edits: [replace(word.span, `'${word.raw}'`)],
              safe: false,
            },
          }),
        });
      }
    }
  },
});
