/** BuildKit JSONArgsRecommended: not where SHELL was chosen, in the stage or below it; hadolint DL3025, HEALTHCHECK too. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { isArrayLike } from '../../syntax/array-like.ts';
import { asJson } from '../../lint/edits/exec-form.ts';
import { isPlainStart } from '../../model/start-commands.ts';

export default rule({
  summary: 'Write CMD and ENTRYPOINT as JSON arrays',
  why: 'In the shell form a shell runs as process 1 and the program below it. `docker stop` then signals the shell, which does not pass it on, and after ten seconds the program is killed in the middle of its work.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3025'], buildkit: ['JSONArgsRecommended'] },
  links: ['https://docs.docker.com/reference/build-checks/json-args-recommended/'],
  on: { instructions: ['CMD', 'ENTRYPOINT'] },
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
      // What is meant as an array is another rule's.
      if (command && isArrayLike(slice(model.tree.text, command.span))) continue;
      if (!isPlainStart(model, instruction)) continue;
      const fix = command && asJson(model.script(instruction), command.span);
      report({
        at: command ?? keyword,
        message: t('This `{0}` runs under a shell, which keeps signals from the program', kind),
        ...(fix && { fix }),
      });
    }
  },
});
