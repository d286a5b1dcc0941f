/** BuildKit instructions/parse.go: "unknown instruction"; hadolint stops at it. */
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { instructions } from '../../reference/instructions.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

const keywords = instructions.map(({ keyword }) => keyword);

export default rule({
  summary: 'Begin each instruction with a keyword that Docker knows',
  why: 'A line that begins with any other word fails the build. Often a keyword is misspelt, or the line above lost the `\\` that joins the two.',
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
      const [written = ''] = trouble.values;
      const meant = nearest(written, keywords);
      if (meant !== undefined) {
        report({
          at: trouble,
          message: t('`{0}` is no instruction; did you mean `{1}`?', written, meant),
          fix: { title: t('Write {0}', meant), edits: [replace(trouble.span, meant)], safe: false },
        });
      } else {
        report({
          at: trouble,
          message: /^[^A-Za-z]|^[a-z-]+$/.test(written)
            ? t(
                '`{0}` is no instruction; does the line above lack its `{1}`?',
                written,
                model.tree.escape,
              )
            : t('`{0}` is no instruction', written),
        });
      }
    }
  },
});
