/** hadolint DL3025 for HEALTHCHECK. Off: `curl … || exit 1` is the usual form, and a shell does no harm there. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Write the command of HEALTHCHECK as a JSON array',
  why: 'In the shell form each check starts a shell first, and an image without one can not be checked at all.',
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
      report({ at: command, message: t('Each check starts a shell first') });
    }
  },
});
