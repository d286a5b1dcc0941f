/** BuildKit dockerfile2llb/convert.go: "variable expansion is not supported for --from". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Name stages and images in `--from` without variables',
  why: 'Docker has to know all stages before it knows the variables of one. Give the image a stage of its own, where `FROM` takes variables, and copy from that.',
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
          '`{0}` takes no variables: use a stage with `FROM` for this image',
          trouble.values[0] ?? '',
        ),
      });
    }
  },
});
