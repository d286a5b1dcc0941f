/** BuildKit instructions/parse.go: "unknown instruction"; hadolint stops at it. */
import { closestMatch } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { instructions } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

const keywords = instructions.map((instruction) => instruction.keyword);

export default rule({
  summary: 'Start each instruction with a valid Dockerfile keyword',
  why: 'A line that does not start with a Dockerfile instruction fails the build with `unknown instruction`. Often the keyword is misspelled, or the line above is missing the `\\` that continues it.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/unknown-instruction'] },
  links: ['https://docs.docker.com/reference/dockerfile/#format'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        «COPPY» app /app
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY app /app
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'unknown-instruction')) {
      const [keyword] = trouble.values;
      const suggestion = closestMatch(keyword, keywords);
      if (suggestion !== undefined) {
        report({
          at: trouble,
          message: t(
            '`{0}` is not a Dockerfile instruction; did you mean `{1}`?',
            keyword,
            suggestion,
          ),
          fix: {
            title: t('Replace `{0}` with `{1}`', keyword, suggestion),
            edits: [replace(trouble.span, suggestion)],
            safe: false,
          },
        });
      } else {
        report({
          at: trouble,
          message: /^[^A-Za-z]|^[a-z-]+$/.test(keyword)
            ? t(
                '`{0}` is not a Dockerfile instruction; is the `{1}` on the line above missing?',
                keyword,
                model.tree.escape,
              )
            : t('`{0}` is not a Dockerfile instruction', keyword),
        });
      }
    }
  },
});
