/** BuildKit instructions/parse.go, parseHealthcheck. */
import { rule } from '../../lint/rule.ts';
import type { SyntaxTrouble } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write `HEALTHCHECK CMD command` or `HEALTHCHECK NONE`',
  why: 'Docker refuses other forms, above all a command without `CMD` before it.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK «curl» -f http://localhost/
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK CMD curl -f http://localhost/
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'healthcheck')) {
      const { code, span } = trouble;
      const [written = ''] = trouble.values;
      const edit = /^cmd$/i.test(written.replace(/\W/g, ''))
        ? replace(span, 'CMD')
        : insert(span.start, 'CMD ');
      report({
        at: trouble,
        message: sentence(trouble),
        ...(code === 'healthcheck-type' && {
          fix: { title: t('Write CMD before the command'), edits: [edit], safe: false },
        }),
      });
    }
  },
});

function sentence({ code, values: [first = ''] }: SyntaxTrouble): string {
  switch (code) {
    case 'healthcheck-none-arguments':
      return t('`HEALTHCHECK NONE` takes no arguments');
    case 'healthcheck-type':
      return t('`{0}` stands where `CMD` or `NONE` belongs', first);
    case 'healthcheck-command':
      return t('`HEALTHCHECK CMD` has no command');
    case 'negative-retries':
      return t('The number of retries `{0}` is negative', first);
    default:
      return t('`{0}` is no number of retries', first);
  }
}
