/** BuildKit instructions/parse.go, parseOptInterval; Go's time.ParseDuration. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use valid durations in `HEALTHCHECK`, such as `30s` or `1m30s`',
  why: '`--interval`, `--timeout`, `--start-period` and `--start-interval` take a number with the unit `ms`, `s`, `m` or `h`. A number without a unit fails the build with `time: missing unit in duration`. The shortest duration is 1 ms.',
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
      const [flag, value] = trouble.values;
      const isNumber = /^\d+$/.test(value);
      report({
        at: trouble,
        message:
          trouble.code === 'short-duration'
            ? t('`{0}` is too short for `--{1}`; the minimum is `1ms`', value, flag)
            : isNumber
              ? t('`{0}` has no unit; use a number with `ms`, `s`, `m` or `h`', value)
              : t('`{0}` is not a valid duration; use a number with `ms`, `s`, `m` or `h`', value),
        ...(isNumber &&
          trouble.code === 'bad-duration' && {
            fix: {
              title: t('Replace `{0}` with `{1}`', value, `${value}s`),
              edits: [insert(trouble.span.end, 's')],
              safe: false,
            },
          }),
      });
    }
  },
});
