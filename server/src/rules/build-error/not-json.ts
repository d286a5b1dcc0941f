/** BuildKit instructions/parse.go, parseShell; parser/line_parsers.go, parseJSON. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write JSON arrays of strings where only these will do',
  why: '`SHELL` takes its program and options as a JSON array, with double quotes. In an array of any instruction, all items are strings.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#shell'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        SHELL «/bin/ash -e -c»
      `,
      good: dockerfile`
        FROM alpine:3.22
        SHELL ["/bin/ash", "-e", "-c"]
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'not-json')) {
      const text = model.tree.text.slice(trouble.span.start, trouble.span.end);
      if (trouble.code === 'not-string-array') {
        report({ at: trouble, message: t('Not all items of this array are strings') });
        continue;
      }
      const words = text.replace(/^\[|\]$/g, '').match(/[^\s,'"]+/g);
      report({
        at: trouble,
        message: t('`{0}` wants a JSON array, with double quotes', trouble.values[0] ?? ''),
        ...(words && {
          fix: {
            title: t('Write a JSON array'),
            edits: [
              replace(trouble.span, `[${words.map((word) => JSON.stringify(word)).join(', ')}]`),
            ],
            safe: false,
          },
        }),
      });
    }
  },
});
