/** BuildKit instructions/parse.go, parseFrom: "FROM requires either one or three arguments". */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Write `FROM image` or `FROM image AS name`',
  why: '`FROM` takes an image, and behind `AS` a name for the stage. Docker refuses anything else, a comment behind the image included: comments stand on lines of their own.',
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
            ? t('`FROM` needs an image')
            : text.startsWith('#')
              ? t('A comment can not stand behind an instruction')
              : t('`{0}` is too much: `FROM` takes an image and `AS name`', text),
      });
    }
  },
});
