/** hadolint DL3057; off by default as there, since many images are not services or run where an orchestrator probes them. */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { startCommands } from '../../model/start-commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { lastIn, leafStages } from '../../model/lineage.ts';

export default rule({
  summary: 'Add a `HEALTHCHECK` to images of services',
  why: 'Docker knows whether a process is running, not whether it responds. With `HEALTHCHECK`, a service that hangs becomes `unhealthy`, and Compose can wait until a service is healthy. Kubernetes ignores `HEALTHCHECK` and uses its own probes, so this rule is off by default.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3057'] },
  links: ['https://docs.docker.com/reference/dockerfile/#healthcheck'],
  examples: [
    {
      bad: dockerfile`
        FROM «nginx:1.31-alpine»
        CMD ["nginx", "-g", "daemon off;"]
      `,
      good: dockerfile`
        FROM nginx:1.31-alpine
        HEALTHCHECK CMD ["wget", "-qO", "/dev/null", "http://localhost/"]
        CMD ["nginx", "-g", "daemon off;"]
      `,
    },
  ],
  check({ model, report }) {
    for (const stage of leafStages(model)) {
      if (lastIn(stage, 'HEALTHCHECK') || !isService(stage)) continue;
      report({
        at: stage.from.image ?? stage.from,
        message: t('This image has no `HEALTHCHECK`'),
      });
    }
  },
});

/** Whether it starts a program other than a shell; an image from `scratch` without one is assumed to be a service. */
function isService(stage: Stage): boolean {
  // AWS Lambda checks its functions itself.
  const { base } = stage;
  if (base?.kind === 'image' && /(?:^|\/)(?:lambda\/|aws-lambda-)/.test(base.repository))
    return false;
  const starts = startCommands(stage);
  if (starts.length === 0) return stage.image === 'scratch' || base?.kind === 'stage';
  return !starts.some(({ command }) => {
    const words = command?.form === 'exec' ? command.argv.map(({ text }) => text) : [];
    const written = command?.form === 'shell' ? command.script.text : words.join(' ');
    return isNotService.test(written.slice(0, longestShellCommand));
  });
}

/** The pattern takes time that grows with the square of the text. */
const longestShellCommand = 1000;

/** Interactive shells, and Google Cloud functions, which run on request. */
const isNotService =
  /^["'[\s]*(?:exec\s+)?(?:\S*\/)?(?:(?:sh|bash|ash|dash|zsh|fish)["'\]]*(?:\s+(?:-[il]+|--login))*\s*$|functions-framework)/;
