/** BuildKit frontend/dockerfile/shell/lex.go: `${X:?message}` with an X that has no value. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Variable } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { variablesInFrom, variablesToExpand } from '../../model/expanded-variables.ts';

export default rule({
  summary: 'Set a value for variables that are required with `:?`',
  why: '`${X:?message}` fails the build with the message if `X` is unset or empty; `${X?message}` fails only if it is unset. Set the variable before its use, or give the `ARG` a default.\n\nIgnore this rule if every build passes the argument.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  on: { signs: ['?'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ARG VERSION
        ENV APP_VERSION=«\${VERSION:?missing}»
      `,
      good: dockerfile`
        FROM alpine:3.22
        ARG VERSION=1.4
        ENV APP_VERSION=\${VERSION:?missing}
      `,
    },
  ],
  check({ model, report }) {
    for (const { instruction, variable } of [
      ...variablesInFrom(model),
      ...variablesToExpand(model),
    ]) {
      const { name, operator, operand } = variable;
      if (operator !== '?' && operator !== ':?') continue;
      if (instruction.onbuild === true || instruction.kind === 'ONBUILD') continue;
      if (hasValue(model, variable)) continue;
      // In FROM, an argument without a default is expected to be passed by the build.
      if (instruction.kind === 'FROM' && model.resolve(variable) !== undefined) continue;
      const message = operand
        ? slice(model.tree.text, operand).replace(/^(["'])(.*)\1$/s, '$2')
        : '';
      report({
        at: variable,
        message:
          message === ''
            ? t('`{0}` is required but has no value', name)
            : t('`{0}` has no value: {1}', name, message),
      });
    }
  },
});

/** A variable that the base image may set counts as having a value. */
function hasValue(model: Model, variable: Variable): boolean {
  const value = model.valueOf(variable);
  if (value === 'unset') return false;
  return value === 'unknown' || variable.operator === '?' || value.value !== '';
}
