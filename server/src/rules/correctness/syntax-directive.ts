/** tally syntax-directive-typo, for all ways to write one that is not meant. */
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

const known = ['docker/dockerfile', 'docker/dockerfile-upstream'];

export default rule({
  summary: 'Name a frontend that exists in `# syntax`',
  why: 'The value of `# syntax` is an image that Docker pulls and hands the file to. A misspelt name is looked for in the registry, where the build fails, or a stranger’s image is run.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/syntax-directive-typo'] },
  links: ['https://docs.docker.com/build/buildkit/frontend/'],
  on: { words: ['syntax'] },
  examples: [
    {
      bad: dockerfile`
        # syntax=«docker/dokcerfile»:1
        FROM alpine:3.22
      `,
      good: dockerfile`
        # syntax=docker/dockerfile:1
        FROM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const { name, value, valueSpan } of model.tree.directives) {
      if (name !== 'syntax') continue;
      const [, registry = '', repository = ''] =
        /^((?:docker\.io\/|index\.docker\.io\/)?)([^:@\s]*)/.exec(value) ?? [];
      if (known.includes(repository)) continue;
      const meant = repository === 'dockerfile' ? known[0] : nearest(repository, known);
      if (meant === undefined) continue;
      const start = valueSpan.start + registry.length;
      const place = { start, end: start + repository.length };
      report({
        at: { span: place },
        message: t('There is no frontend `{0}`; did you mean `{1}`?', repository, meant),
        fix: { title: t('Write {0}', meant), edits: [replace(place, meant)], safe: false },
      });
    }
  },
});
