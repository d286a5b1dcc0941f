/** BuildKit resolves a source from the root of the build context, so that `..` at its start has no effect. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use `..` in the sources of `COPY`',
  why: 'Files outside the build context cannot be copied. BuildKit removes a leading `..` without a message: `COPY ../lib /lib` copies `lib` of the build context, which is another directory or does not exist. Build with the parent directory as the context (`docker build -f app/Dockerfile .`), or add the directory as a named context with `--build-context`.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/concepts/context/'],
  on: { instructions: ['COPY', 'ADD'], words: ['../'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY «../shared» /app/shared/
        USER node
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY shared /app/shared/
        USER node
      `,
    },
  ],
  check({ model, report }) {
    for (const { sources, flags } of model.each('COPY', 'ADD')) {
      if (flags.some(({ name }) => name.text === 'from')) continue;
      for (const source of sources) {
        const inside = pathInContext(source.text);
        if (inside === undefined) continue;
        report({
          at: source,
          message: t('`{0}` cannot leave the build context; `{1}` is copied', source.text, inside === '' ? '.' : inside), // prettier-ignore
        });
      }
    }
  },
});

/** What is copied instead of a path that leads out of the context; undefined for other paths. */
function pathInContext(path: string): string | undefined {
  if (!path.includes('..') || path.includes('://')) return undefined;
  const kept: string[] = [];
  let leaves = false;
  for (const part of path.split('/')) {
    if (part === '..') leaves = kept.pop() === undefined || leaves;
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return leaves ? kept.join('/') : undefined;
}
