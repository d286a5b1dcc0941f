/** BuildKit instructions/parse.go: "no build stage in current context"; hadolint DL3061. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Begin with `FROM`; only `ARG` may come before it',
  why: 'Every other instruction belongs to a build stage, and the first stage starts with the first `FROM`. An instruction before it fails the build with `no build stage in current context`.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3061'] },
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        «LABEL» org.opencontainers.image.title="tool"
        FROM alpine:3.22
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL org.opencontainers.image.title="tool"
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'before-from')) {
      report({
        at: trouble,
        message: t('`{0}` is not allowed before the first `FROM`', ...trouble.values),
      });
    }
  },
});
