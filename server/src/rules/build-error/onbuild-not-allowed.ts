/** BuildKit instructions/parse.go, parseOnBuild; hadolint DL3043. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Do not use `ONBUILD`, `FROM` or `MAINTAINER` in `ONBUILD`',
  why: "An `ONBUILD` trigger runs when another image is built from this one. It cannot start a stage or set another trigger: the build fails, for example with `FROM isn't allowed as an ONBUILD trigger`.",
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3043'] },
  links: ['https://docs.docker.com/reference/dockerfile/#onbuild'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ONBUILD «FROM» alpine:3.21
      `,
      good: dockerfile`
        FROM alpine:3.22
        ONBUILD RUN apk upgrade --no-cache
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'onbuild-not-allowed')) {
      report({
        at: trouble,
        message: t('`{0}` is not allowed as an `ONBUILD` trigger', trouble.values[0] ?? 'ONBUILD'),
      });
    }
  },
});
