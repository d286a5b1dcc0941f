/** BuildKit instructions/parse.go, parseShell; parser/line_parsers.go, parseJSON. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use a JSON array of strings for `SHELL` and the exec form',
  why: '`SHELL` requires a JSON array with double quotes; other forms fail the build with `SHELL requires the arguments to be in JSON form`. In every instruction, an array that contains anything but strings fails with `arrays must be comprised of strings only`.',
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
        report({ at: trouble, message: t('A JSON array can contain only strings') });
        continue;
      }
      const words = text.replace(/^\[|\]$/g, '').match(/[^\s,'"]+/g);
      report({
        at: trouble,
        message: t('`{0}` requires a JSON array with double quotes', ...trouble.values),
        ...(words && {
          fix: {
            title: t('Convert to JSON array'),
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
