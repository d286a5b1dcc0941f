/** hadolint DL3057, off as there: much runs where an orchestrator does the asking, or is no service. */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { startCommands } from '../../model/start-commands.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { inheritedInstructions, leafStages } from '../../model/lineage.ts';

export default rule({
  summary: 'Say with HEALTHCHECK how a service shows that it works',
  why: 'Docker knows whether a process runs, not whether it answers. With `HEALTHCHECK` a hung service is seen, and Compose can wait for it. Kubernetes has probes of its own and ignores this.',
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
      if (hasCheck(stage) || !isService(stage)) continue;
      report({
        at: stage.from.image ?? stage.from,
        message: t('Nothing says how to tell whether this image works'),
      });
    }
  },
});

function hasCheck(stage: Stage): boolean {
  for (const { kind } of inheritedInstructions(stage)) if (kind === 'HEALTHCHECK') return true;
  return false;
}

/** It starts something, and that is no shell; of an empty image nothing else can be known. */
function isService(stage: Stage): boolean {
  // AWS asks its functions itself.
  const { base } = stage;
  if (base?.kind === 'image' && /(?:^|\/)(?:lambda\/|aws-lambda-)/.test(base.repository))
    return false;
  const starts = startCommands(stage);
  if (starts.length === 0) return stage.image === 'scratch' || base?.kind === 'stage';
  return !starts.some(({ command }) => {
    const words = command?.form === 'exec' ? command.argv.map(({ text }) => text) : [];
    return isNoService.test(command?.form === 'shell' ? command.script.text : words.join(' '));
  });
}

/** A shell for somebody to type into, and what Google calls when there is something to do. */
const isNoService =
  /^["'[\s]*(?:exec\s+)?(?:\S*\/)?(?:(?:sh|bash|ash|dash|zsh|fish)["'\]]*(?:\s+(?:-[il]+|--login))*\s*$|functions-framework)/;
