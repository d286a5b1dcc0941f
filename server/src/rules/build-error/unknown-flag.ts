/** BuildKit instructions/bflag.go: "unknown flag". */
import { closestMatch } from '../../text/closest-match.ts';
import { removeWord } from '../../lint/edits/remove-word.ts';
import { rule } from '../../lint/rule.ts';
import { instructionInfo } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use only flags that the instruction supports',
  why: 'A flag that the instruction does not support fails the build with `unknown flag`. Flag names are case-sensitive. In `RUN`, put the options of a command after the command, not directly after `RUN`.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «--chwon=app» app /app
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --chown=app app /app
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'unknown-flag')) {
      const [flag, keyword] = trouble.values;
      const names = instructionInfo(keyword)?.flags.map(({ name }) => name) ?? [];
      const suggestion = closestMatch(flag, names);
      if (suggestion === undefined) {
        report({
          at: trouble,
          message:
            names.length === 0
              ? t('Unknown flag `--{1}`: `{0}` has no flags', keyword, flag)
              : t('Unknown flag `--{1}` for `{0}`', keyword, flag),
          others: [
            {
              title: t('Remove `{0}`', `--${flag}`),
              edits: [removeWord(model.tree.text, trouble.span, model.tree.escape)],
              safe: false,
            },
          ],
        });
        continue;
      }
      const start = trouble.span.start + '--'.length;
      report({
        at: trouble,
        message: t(
          'Unknown flag `--{1}` for `{0}`; did you mean `--{2}`?',
          keyword,
          flag,
          suggestion,
        ),
        fix: {
          title: t('Replace `{0}` with `{1}`', `--${flag}`, `--${suggestion}`),
          edits: [replace({ start, end: start + flag.length }, suggestion)],
          safe: false,
        },
      });
    }
  },
});
