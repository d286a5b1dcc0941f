/** tally syntax-directive-typo, extended to other spellings of the frontend images. */
import { closestMatch } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const known = ['docker/dockerfile', 'docker/dockerfile-upstream'];

export default rule({
  summary: 'Use an existing frontend image in `# syntax`',
  why: 'The value of `# syntax` is an image that Docker pulls and uses to parse the file. With a misspelled name, the build fails because the image does not exist, or it runs the image of an unknown publisher.',
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
    for (const { name, value, valueSpan } of model.source.directives) {
      if (name !== 'syntax') continue;
      const [, registry = '', repository = ''] =
        /^((?:docker\.io\/|index\.docker\.io\/)?)([^:@\s]*)/.exec(value) ?? [];
      if (known.includes(repository)) continue;
      const suggestion = repository === 'dockerfile' ? known[0] : closestMatch(repository, known);
      if (suggestion === undefined) continue;
      const start = valueSpan.start + registry.length;
      const place = { start, end: start + repository.length };
      report({
        at: { span: place },
        message: t('`{0}` is not a known frontend; did you mean `{1}`?', repository, suggestion),
        fix: {
          title: t('Replace `{0}` with `{1}`', repository, suggestion),
          edits: [replace(place, suggestion)],
          safe: false,
        },
      });
    }
  },
});
