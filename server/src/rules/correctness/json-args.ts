/** BuildKit JSONArgsRecommended, which skips stages with a SHELL; hadolint DL3025, which covers HEALTHCHECK too. */
import { rule } from '../../lint/rule.ts';
import { shellStart } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { isArrayLike } from '../../syntax/array-like.ts';
import { convertToJson } from '../../lint/edits/exec-form.ts';
import { startsInDefaultShell } from '../../model/start-commands.ts';

export default rule({
  summary: 'Use a JSON array (exec form) for `CMD` and `ENTRYPOINT`',
  why: 'In the shell form, a shell runs as PID 1 and starts the program as its child. `docker stop` sends its signal to the shell, which may not pass it on, so the program is killed after ten seconds without a clean shutdown.\n\nStages that set `SHELL` are not reported.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3025'], buildkit: ['JSONArgsRecommended'] },
  links: ['https://docs.docker.com/reference/build-checks/json-args-recommended/'],
  on: { parts: shellStart },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        CMD «node server.js --port 3000»
      `,
      good: dockerfile`
        FROM node:24-slim
        CMD ["node", "server.js", "--port", "3000"]
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('CMD', 'ENTRYPOINT')) {
      const { command, kind, keyword } = instruction;
      if (command?.form === 'exec') continue;
      // A malformed array is reported by another rule.
      if (command && isArrayLike(slice(model.source.text, command.span))) continue;
      if (!startsInDefaultShell(model, instruction)) continue;
      const fix = command && convertToJson(model.script(instruction), command.span);
      report({
        at: command ?? keyword,
        message: t('Signals may not reach the program: `{0}` in shell form runs a shell', kind),
        ...(fix && { fix }),
      });
    }
  },
});
