/** BuildKit instructions/errors_unix.go and parse.go: "requires at least one argument" and its like. */
import { rule } from '../../lint/rule.ts';
import type { SyntaxTrouble } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Give each instruction the arguments that it needs',
  why: 'Docker refuses an instruction without its arguments, or with an empty name among them.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        COPY «app»
        «EXPOSE»
      `,
      good: dockerfile`
        FROM alpine:3.22
        COPY app /app
        EXPOSE 8080
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'arguments-missing')) {
      report({ at: trouble, message: sentence(trouble) });
    }
  },
});

function sentence({ code, values: [first = '', second = ''] }: SyntaxTrouble): string {
  switch (code) {
    case 'no-arguments':
      return t('`{0}` needs at least one argument', first);
    case 'no-argument':
      return t('`{0}` needs an argument', first);
    case 'no-target':
      return t('`{0}` needs a source and a target', first);
    case 'missing-value':
      return t('`{0} {1}` has no value', first, second);
    case 'blank-name':
      return t('`{0}` has a value without a name', first);
    case 'blank-image':
      return t('`FROM` has an empty image name');
    default:
      return t('The path of a volume is empty');
  }
}
