/** Not in other linters. Runtime settings have no effect in a stage that others only copy from. */
import { rule } from '../../lint/rule.ts';
import { severalStages } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { removeLine } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Set `CMD` and `ENTRYPOINT` only in the stage that runs',
  why: '`COPY --from` only copies files. `CMD`, `ENTRYPOINT`, `EXPOSE` and `HEALTHCHECK` have no effect in a stage that is only copied from. Ignore this rule where the stage is also built and run with `--target`.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  formerly: ['start-unused'],
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  on: { instructions: ['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK'], parts: severalStages },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim AS build
        RUN npm ci && npm run build
        «CMD ["npm", "start"]»

        FROM nginx:1.31-alpine
        COPY --from=build /dist /usr/share/nginx/html/
      `,
      good: dockerfile`
        FROM node:24-slim AS build
        RUN npm ci && npm run build

        FROM nginx:1.31-alpine
        COPY --from=build /dist /usr/share/nginx/html/
      `,
    },
  ],
  check({ model, report }) {
    for (const { usedBy, instructions, reachable } of model.stages) {
      if (!reachable || usedBy.length === 0 || usedBy.some(({ kind }) => kind === 'FROM')) continue;
      for (const instruction of instructions) {
        if (!['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK'].includes(instruction.kind)) continue;
        report({
          at: instruction,
          message: t('No effect: this stage is only copied from, never run'),
          tag: 'unnecessary',
          fix: {
            title: t('Remove `{0}`', instruction.kind),
            edits: [removeLine(model, instruction)],
            safe: false,
          },
        });
      }
    }
  },
});
