/** BuildKit instructions/parse.go, parseOptInterval; Go's time.ParseDuration. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write times with their unit, such as `30s` or `1m30s`',
  why: 'Times are numbers with a unit: `ms`, `s`, `m` or `h`. Docker takes none shorter than a millisecond.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK --interval=«30» CMD ["wget", "-q", "--spider", "localhost"]
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK --interval=30s CMD ["wget", "-q", "--spider", "localhost"]
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'duration')) {
      const [flag = '', written = ''] = trouble.values;
      const seconds = /^\d+$/.test(written);
      report({
        at: trouble,
        message:
          trouble.code === 'short-duration'
            ? t('`{0}` is too short for `--{1}`: at least `1ms`', written, flag)
            : seconds
              ? t('`{0}` has no unit', written)
              : t('`{0}` is no time; write it as `30s` or `1m30s`', written),
        ...(seconds &&
          trouble.code === 'bad-duration' && {
            fix: {
              title: t('Write {0}s', written),
              edits: [insert(trouble.span.end, 's')],
              safe: false,
            },
          }),
      });
    }
  },
});
