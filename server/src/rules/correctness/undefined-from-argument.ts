/** BuildKit UndefinedArgInFrom: FROM sees only the ARGs before it and the platform arguments. */
import { t } from '@vscode/l10n';
import { nearest } from '../../lint/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { platformArguments } from '../../reference/variables.ts';
import type { From, Variable } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { variablesOf } from '../variables.ts';

export default rule({
  summary: 'Declare variables of FROM before the first FROM',
  why: '`FROM` sees only arguments that are declared with `ARG` before the first `FROM`, and those of the platform. Any other is empty, whatever a stage declares.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['UndefinedArgInFrom'] },
  links: ['https://docs.docker.com/reference/build-checks/undefined-arg-in-from/'],
  examples: [
    {
      bad: dockerfile`
        ARG VARIANT=slim
        FROM example.org/base:\${«VARAINT»}
      `,
      good: dockerfile`
        ARG VARIANT=slim
        FROM example.org/base:\${VARIANT}
      `,
    },
  ],
  *check({ model }) {
    for (const from of model.each('FROM')) {
      for (const variable of variablesOf(from)) {
        // A platform that is empty for it fails the build, and that is said by another rule.
        if (isWholePlatform(from, variable)) continue;
        const { name, nameSpan, operator = '' } = variable;
        if (/^:?[-+?]$/.test(operator) || model.resolve(variable) !== undefined) continue;
        const known = [
          ...model.stateAt(from).variables.keys(),
          ...platformArguments.map(({ name }) => name),
        ];
        const meant = nearest(name, known);
        yield {
          at: { span: nameSpan },
          message:
            meant === undefined
              ? t('`{0}` is not declared before the first `FROM`', name)
              : t(
                  '`{0}` is not declared before the first `FROM`; did you mean `{1}`?',
                  name,
                  meant,
                ),
          ...(meant !== undefined && {
            fix: { title: t('Write {0}', meant), edits: [replace(nameSpan, meant)], safe: false },
          }),
        };
      }
    }
  },
});

function isWholePlatform({ flags }: From, { name }: Variable): boolean {
  return flags.some(
    ({ name: flag, value }) =>
      flag.text === 'platform' && (value?.text === `$${name}` || value?.text === `\${${name}}`),
  );
}
