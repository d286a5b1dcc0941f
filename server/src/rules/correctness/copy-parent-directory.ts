/** BuildKit resolves a source from the root of the build context, so that `..` at its start has no effect. */
import { rule } from '../../lint/rule.ts';
import { mountFields } from '../../syntax/check/mount.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use `..` in the sources of `COPY` and bind mounts',
  why: 'Files outside the build context cannot be copied or mounted. BuildKit removes a leading `..` without a message: `COPY ../lib /lib` copies `lib` of the build context, which is another directory or does not exist. Build with the parent directory as the context (`docker build -f app/Dockerfile .`), or add the directory as a named context with `--build-context`.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/concepts/context/'],
  on: { instructions: ['COPY', 'ADD', 'RUN'], signs: ['..'] },
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
    {
      bad: dockerfile`
        FROM golang:1.26
        WORKDIR /src
        RUN --mount=type=bind,source=«../shared»,target=/shared go build ./...
      `,
      good: dockerfile`
        FROM golang:1.26
        WORKDIR /src
        RUN --mount=type=bind,source=shared,target=/shared go build ./...
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
    for (const run of model.each('RUN'))
      for (const source of boundSources(run)) {
        const inside = pathInContext(source.value);
        if (inside === undefined) continue;
        report({
          at: source,
          message: t('`{0}` cannot leave the build context; `{1}` is mounted', source.value, inside === '' ? '.' : inside), // prettier-ignore
        });
      }
  },
});

/** The sources of bind mounts of files in the build context. */
function* boundSources(run: Run): Iterable<{ readonly value: string; readonly span: Span }> {
  for (const { name, value } of run.flags) {
    if (name.text !== 'mount' || value === undefined) continue;
    const fields = mountFields(value);
    const last = (key: string) => fields.findLast((field) => field.key === key);
    const source = last('source');
    if ((last('type')?.value?.toLowerCase() ?? 'bind') !== 'bind' || last('from')) continue;
    if (source?.value !== undefined) yield { value: source.value, span: source.valueSpan };
  }
}

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
