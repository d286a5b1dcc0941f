/** BuildKit dockerfile2llb/convert.go: "variable expansion is not supported for --from". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Do not use variables in `--from`; define a stage instead',
  why: 'Docker does not expand variables in `COPY --from` and in `from` of a mount: the build fails with `variable expansion is not supported for --from`. Define a stage with `FROM`, which supports global `ARG` variables, and copy from that stage.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        ARG VERSION=1.31
        FROM alpine:3.22
        ARG VERSION
        COPY --from=«nginx:\${VERSION}» /etc/nginx /etc/nginx
      `,
      good: dockerfile`
        ARG VERSION=1.31
        FROM nginx:\${VERSION} AS nginx

        FROM alpine:3.22
        COPY --from=nginx /etc/nginx /etc/nginx
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'variable-not-expanded')) {
      report({
        at: trouble,
        message: t(
          'Variables are not supported in `{0}`; define a stage with `FROM` instead',
          ...trouble.values,
        ),
      });
    }
  },
});
