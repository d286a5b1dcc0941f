/** Not in other linters: `wait` without process IDs always succeeds. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Give `wait` the process IDs, so that failures count',
  why: '`wait` without operands exits with 0 even if a background command fails. In `RUN a & b & wait`, the step succeeds although both failed. Wait for each process: `a & A=$!; b & B=$!; wait $A && wait $B`; or let BuildKit run independent work in parallel in separate stages.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  on: { commands: ['wait'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        RUN npm run build:web & npm run build:api & «wait»
      `,
      good: dockerfile`
        FROM node:24-slim
        RUN npm run build:web & WEB=$!; npm run build:api && wait $WEB
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, run } of model.commands('wait')) {
      const script = model.script(run);
      if (command.args.length > 0 || script?.separators.some(({ text }) => text === '&') !== true)
        continue;
      report({
        at: command,
        message: t('`wait` without process IDs ignores failures of background commands'),
      });
    }
  },
});
