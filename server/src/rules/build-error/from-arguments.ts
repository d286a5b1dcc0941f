/** BuildKit instructions/parse.go, parseFrom: "FROM requires either one or three arguments". */
import { removeWord } from '../../lint/edits/remove-word.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write `FROM` as `FROM image` or `FROM image AS name`',
  why: '`FROM` takes an image and, after `AS`, a stage name. Anything else fails the build with `FROM requires either one or three arguments`. The words of a comment after the image count as arguments: put the comment on its own line.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#from'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22 «# the smallest»
      `,
      good: dockerfile`
        # the smallest
        FROM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'from-arguments')) {
      const text = model.tree.text.slice(trouble.span.start, trouble.span.end);
      report({
        at: trouble,
        message:
          trouble.values[0] === '0'
            ? t('`FROM` requires an image')
            : text.startsWith('#')
              ? t('A comment must be on its own line, not after an instruction')
              : t('Unexpected `{0}`: `FROM` takes an image and optionally `AS name`', text),
        // A comment should be kept, which is not possible on this line.
        others:
          trouble.values[0] === '0' || text.startsWith('#')
            ? undefined
            : [
                {
                  title: t('Remove `{0}`', text),
                  edits: [removeWord(model.tree.text, trouble.span, model.tree.escape)],
                  safe: false,
                },
              ],
      });
    }
  },
});
