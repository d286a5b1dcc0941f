/** BuildKit frontend/dockerfile/shell/lex.go. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { troubles, type TroubleFor } from '../../lint/checks/syntax-troubles.ts';

export default rule({
  summary: 'Use valid variable syntax: close quotes and braces',
  why: 'In most instructions, such as `ENV`, `COPY` and `WORKDIR`, Docker itself expands variables and fails the build if their syntax is invalid. It supports fewer forms than a shell: `${X:-default}`, `${X:+other}`, `${X:?message}`, the same without `:`, `${X#prefix}`, `${X%suffix}` and `${X/from/to}`.',
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
      report({ at: trouble, message: messageOf(trouble) });
    }
  },
});

function messageOf({ code, values }: TroubleFor<'variable-syntax'>): string {
  switch (code) {
    case 'unmatched-quote':
      return t('This quote is not closed');
    case 'missing-brace':
      return t('Missing `}` in this variable');
    case 'missing-slash':
      return t('Missing second `/` in this variable; use `${X/from/to}`');
    case 'unsupported-modifier':
      return t('Unsupported modifier `{0}` in this variable', ...values);
    case 'bad-pattern':
      return t('Invalid pattern in this variable');
    case 'bad-substitution':
      return t('Bad substitution: this variable is invalid');
  }
}
