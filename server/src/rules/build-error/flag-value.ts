/** BuildKit instructions/bflag.go, commands_runnetwork.go, commands_runsecurity.go, commands_rundevice.go. */
import { rule } from '../../lint/rule.ts';
import type { SyntaxTrouble } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Give flags values that they take, and give them once',
  why: 'Docker refuses a flag without its value, with a value of the wrong kind, or given twice.',
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
      report({ at: trouble, message: sentence(trouble) });
    }
  },
});

function sentence({ code, values: [first = '', second = ''] }: SyntaxTrouble): string {
  switch (code) {
    case 'flag-without-value':
      return t('`--{0}` has no value', first);
    case 'flag-not-boolean':
      return t('`--{0}` takes `true` or `false`, not `{1}`', first, second);
    case 'duplicate-flag':
      return t('`--{0}` is given twice', first);
    case 'network-mode':
      return t('`{0}` is no network mode; there are `default`, `none` and `host`', first);
    case 'security-mode':
      return t('`{0}` is no security mode; there are `sandbox` and `insecure`', first);
    case 'device-required':
      return t('`required` takes `true` or `false`, not `{0}`', first);
    case 'device-twice':
      return t('`{0}` names a second device', first);
    default:
      return t('`{0}` is no part of a device', first);
  }
}
