/** BuildKit compiles the patterns of `.dockerignore` before it reads the build context (moby/patternmatcher). */
import { remove } from '../../text/edit.ts';
import { rule } from '../../lint/rule.ts';
import { contextNeeds } from '../../model/context-needs.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use valid patterns in `.dockerignore`',
  why: 'A pattern that Docker cannot read, such as `[a-` or `!` alone, fails every build with this `.dockerignore`, before the first instruction. The message of the builder does not name the line.',
  severity: 'error',
  since: '0.1.0',
  needs: 'ignoreFiles',
  on: { instructions: ['COPY', 'ADD', 'RUN'] },
  links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  examples: [
    {
      dockerignore: 'node_modules\nlogs[\n',
      bad: dockerfile`
        FROM node:24-slim
        COPY «package.json» ./
      `,
      good: dockerfile`
        FROM node:24-slim
      `,
    },
  ],
  check({ model, surroundings, report }) {
    const file = surroundings?.ignoreFile;
    if (typeof file !== 'object' || file.invalid === undefined) return;
    const { file: other, span, number } = file.invalid;
    const at = contextNeeds(model).needs[0];
    if (at === undefined) return;
    const end = other.text.indexOf('\n', span.end);
    report({
      at,
      message: t('Line {0} of `{1}` is not a valid pattern, so the build fails', number, file.name),
      elsewhere: {
        file: other,
        span,
        message: t('Not a valid pattern'),
        fixes: [
          {
            title: t('Remove line {0} from `{1}`', number, file.name),
            edits: [
              remove({
                start: other.text.lastIndexOf('\n', span.start) + 1,
                end: end < 0 ? other.text.length : end + 1,
              }),
            ],
          },
        ],
      },
    });
  },
});
