/** BuildKit instructions/parse.go, parseHealthcheck. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { troubles, type TroubleFor } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write `HEALTHCHECK CMD command` or `HEALTHCHECK NONE`',
  why: '`HEALTHCHECK` requires `CMD` and a command, or `NONE`. A command without `CMD` fails the build with `Unknown type "CURL" in HEALTHCHECK (try CMD)`. Invalid values of `--retries` are reported as well.',
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
      const [type = ''] = trouble.values;
      const fix = /^cmd$/i.test(type.replace(/\W/g, ''))
        ? { title: t('Replace `{0}` with `{1}`', type, 'CMD'), edits: [replace(span, 'CMD')] }
        : { title: t('Add `{0}`', 'CMD'), edits: [insert(span.start, 'CMD ')] };
      report({
        at: trouble,
        message: messageOf(trouble),
        ...(code === 'healthcheck-type' && { fix: { ...fix, safe: false } }),
      });
    }
  },
});

function messageOf({ code, values }: TroubleFor<'healthcheck'>): string {
  switch (code) {
    case 'healthcheck-none-arguments':
      return t('`HEALTHCHECK NONE` does not accept arguments');
    case 'healthcheck-type':
      return t('Unknown type `{0}` in `HEALTHCHECK`; use `CMD` or `NONE`', ...values);
    case 'healthcheck-command':
      return t('Missing command after `HEALTHCHECK CMD`');
    case 'negative-retries':
      return t('`--retries` cannot be negative: `{0}`', ...values);
    case 'bad-retries':
      return t('`{0}` is not a valid number of retries', ...values);
  }
}
