/** BuildKit instructions/parse.go, parseOnBuild; hadolint DL3043. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Keep ONBUILD, FROM and MAINTAINER out of ONBUILD',
  why: 'A trigger runs in the build of an image on top of this one. Docker refuses triggers that would start a stage or lay another trigger.',
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
        message: t('`{0}` can not be a trigger of `ONBUILD`', trouble.values[0] ?? 'ONBUILD'),
      });
    }
  },
});
