/** hadolint DL3025 for HEALTHCHECK. Off: `curl … || exit 1` is the common form, and the shell does no harm. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use JSON notation for the `HEALTHCHECK` command',
  why: 'In shell form, every check starts a shell first, and in an image without a shell every check fails.\n\nThis rule is off by default, because `curl … || exit 1` is the common form and needs a shell.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3025'] },
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  on: { instructions: ['HEALTHCHECK'] },
  examples: [
    {
      bad: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK CMD «wget -qO /dev/null http://localhost/»
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK CMD ["wget", "-qO", "/dev/null", "http://localhost/"]
      `,
    },
  ],
  check({ model, report }) {
    for (const { command } of model.each('HEALTHCHECK')) {
      if (command?.form !== 'shell') continue;
      report({ at: command, message: t('In shell form, every health check starts a shell first') });
    }
  },
});
