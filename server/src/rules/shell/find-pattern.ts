/** ShellCheck SC2061, and of `find` alone. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** What `find` compares with a pattern of its own. */
const tests = new Set(['-name', '-iname', '-path', '-ipath', '-wholename', '-iwholename', '-lname', '-ilname']); // prettier-ignore

export default rule({
  summary: 'Quote the patterns that `find` is to look for',
  why: 'The shell puts the files of the folder in the place of an open pattern before `find` reads it: with one such file there, `find` looks for that name alone, and with several it fails. In quotes the pattern reaches `find`.',
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
          message: t('The shell puts file names in the place of this before `find` sees it'),
          ...(via === 'direct' && {
            fix: {
              title: t('Write {0}', `'${word.raw}'`),
              edits: [replace(word.span, `'${word.raw}'`)],
              safe: false,
            },
          }),
        });
      }
    }
  },
});
