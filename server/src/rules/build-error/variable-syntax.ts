/** BuildKit frontend/dockerfile/shell/lex.go. */
import { rule } from '../../lint/rule.ts';
import type { SyntaxTrouble } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { troubles } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Close quotes and braces in words that Docker expands',
  why: 'Docker itself puts variables into the words of all instructions but `RUN`, `CMD` and `ENTRYPOINT`, and refuses what it can not read. It knows fewer forms than a shell: `${X:-default}`, `${X:+other}`, `${X:?message}`, the same without `:`, `${X#prefix}`, `${X%suffix}` and `${X/from/to}`.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: { errors: true },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ENV APP_HOME=«\${HOME»
      `,
      good: dockerfile`
        FROM alpine:3.22
        ENV APP_HOME=\${HOME}
      `,
    },
  ],
  check({ model, report }) {
    for (const trouble of troubles(model, 'variable-syntax')) {
      report({ at: trouble, message: sentence(trouble) });
    }
  },
});

function sentence({ code, values: [first = '', second = ''] }: SyntaxTrouble): string {
  switch (code) {
    case 'unmatched-quote':
      return t('This quote is not closed');
    case 'missing-brace':
      return t('The brace of this variable is not closed');
    case 'missing-slash':
      return t('A second `/` is missing: `${X/from/to}`');
    case 'unsupported-modifier':
      return t('Docker does not know the form `{0}`', first);
    case 'required-variable':
      return second === ''
        ? t('`{0}` has no value, and this asks for one', first)
        : t('`{0}` has no value: {1}', first, second);
    case 'bad-pattern':
      return t('Docker can not read this pattern');
    default:
      return t('Docker can not read this variable');
  }
}
