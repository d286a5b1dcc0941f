/** Our own: what a container starts is of no use to a stage that others only copy from. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { withoutLine } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Write CMD and ENTRYPOINT in the stage that is run',
  why: 'Files are all that `COPY --from` takes from a stage. `CMD`, `ENTRYPOINT`, `EXPOSE` and `HEALTHCHECK` of a stage that is only copied from have no effect, unless somebody builds it by `--target`.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  on: { instructions: ['CMD', 'ENTRYPOINT', 'EXPOSE', 'HEALTHCHECK'] },
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
          message: t('Other stages only copy from this one, and nobody runs it'),
          tag: 'unnecessary',
          fix: {
            title: t('Remove it'),
            edits: [withoutLine(model, instruction)],
            safe: false,
          },
        });
      }
    }
  },
});
