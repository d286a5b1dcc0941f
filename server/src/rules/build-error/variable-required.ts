/** BuildKit frontend/dockerfile/shell/lex.go: `${X:?message}` with an X that has no value. */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Variable } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { expandedVariables } from '../../model/expanded-variables.ts';

export default rule({
  summary: 'Give a value to variables that are asked for with `:?`',
  why: '`${X:?message}` stops the build when `X` has no value. Declare it before, with a default where there is one: an argument without default stops each build that does not give it.',
  severity: 'error',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
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
    if (!model.tree.text.includes('?')) return;
    for (const { instruction, variable } of expandedVariables(model)) {
      const { name, operator, operand } = variable;
      if (operator !== '?' && operator !== ':?') continue;
      if (instruction.onbuild === true || instruction.kind === 'ONBUILD') continue;
      if (hasValue(model, variable)) continue;
      // FROM with an argument that is to be given is no error of the file.
      if (instruction.kind === 'FROM' && model.resolve(variable) !== undefined) continue;
      const said = operand ? slice(model.tree.text, operand).replace(/^(["'])(.*)\1$/s, '$2') : '';
      report({
        at: variable,
        message:
          said === ''
            ? t('`{0}` has no value, and this asks for one', name)
            : t('`{0}` has no value: {1}', name, said),
      });
    }
  },
});

/** What the base image may set counts as having one. */
function hasValue(model: Model, variable: Variable): boolean {
  const value = model.valueOf(variable);
  if (value === 'unset') return false;
  return value === 'unknown' || variable.operator === '?' || value.value !== '';
}
