/** BuildKit instructions/bflag.go, commands_runnetwork.go, commands_runsecurity.go, commands_rundevice.go. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles, type TroubleFor } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use valid flag values, and each flag only once',
  why: 'The build fails if a flag has no value (`missing a value on flag`), if its value is invalid (`expecting boolean value for flag`, `invalid network mode`), or if it is repeated (`duplicate flag specified`).',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY --link=«yes» app /app
        RUN --network=«off» make
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY --link=true app /app
        RUN --network=none make
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'flag-value')) {
      report({ at: trouble, message: messageOf(trouble) });
    }
  },
});

function messageOf({ code, values }: TroubleFor<'flag-value'>): string {
  switch (code) {
    case 'flag-without-value':
      return t('`--{0}` has no value', ...values);
    case 'flag-not-boolean':
      return t('`--{0}` must be `true` or `false`, not `{1}`', ...values);
    case 'duplicate-flag':
      return t('Duplicate flag `--{0}`', ...values);
    case 'network-mode':
      return t('`{0}` is not a valid network mode; use `default`, `none` or `host`', ...values);
    case 'security-mode':
      return t('`{0}` is not a valid security mode; use `sandbox` or `insecure`', ...values);
    case 'device-required':
      return t('`required` must be `true` or `false`, not `{0}`', ...values);
    case 'duplicate-device':
      return t('The device name is already set; `{0}` is a second name', ...values);
    case 'device-key':
      return t('`{0}` is not a valid option of `--device`', ...values);
  }
}
