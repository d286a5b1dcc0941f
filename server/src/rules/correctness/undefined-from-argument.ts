/** BuildKit UndefinedArgInFrom: FROM can use only the ARGs before the first FROM and the platform arguments. */
import { SimilarNames } from '../../text/closest-match.ts';
import { rule } from '../../lint/rule.ts';
import { fromVariable } from '../../lint/parts.ts';
import { platformArguments } from '../../reference/variables.ts';
import { imageTrouble } from '../../images/image.ts';
import type { Model } from '../../model/model.ts';
import type { From, Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { contains } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { expandFromWord } from '../../model/expanded-words.ts';
import { isPlatform } from '../../syntax/platform.ts';
import { isRepeatedInside, variablesInFrom } from '../../model/expanded-variables.ts';

export default rule({
  summary: 'Declare every `ARG` used in `FROM` before the first `FROM`',
  why: '`FROM` can use only variables that are declared with `ARG` before the first `FROM`, and the predefined platform arguments such as `BUILDPLATFORM`. Any other variable is empty, even if a stage declares it.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['UndefinedArgInFrom'] },
  links: ['https://docs.docker.com/reference/build-checks/undefined-arg-in-from/'],
  on: { parts: fromVariable },
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
  check({ model, report }) {
    // Computed once per FROM, even if it has several variables.
    let refusedIn: { readonly from: From; readonly isRefused: boolean } | undefined;
    let reported: Variable | undefined;
    const similar = new SimilarNames();
    for (const { instruction: from, variable } of variablesInFrom(model)) {
      if (from.kind !== 'FROM' || isRepeatedInside(reported, variable)) continue;
      if (model.resolve(variable, from) !== undefined) continue;
      const { name, nameSpan, operator = '' } = variable;
      if (operator.endsWith('?')) continue;
      // Another rule reports a platform that this leaves empty.
      const platform = platformOf(from, variable);
      if (platform && !isPlatform(expandFromWord(model, platform) ?? 'linux')) continue;
      if (refusedIn?.from !== from) refusedIn = { from, isRefused: leavesNoImage(model, from) };
      const isRefused = isInImage(from, variable) && refusedIn.isRefused;
      // Another rule then reports the image name.
      if (isRefused && operator.endsWith('+')) continue;
      const suggestion = similar.closestTo(name, () => [
        ...model.stateAt(from).variables.keys(),
        ...platformArguments.map((argument) => argument.name),
      ]);
      reported = variable;
      report({
        at: { span: nameSpan },
        message:
          suggestion === undefined
            ? t('`{0}` is not declared before the first `FROM`', name)
            : t(
                '`{0}` is not declared before the first `FROM`; did you mean `{1}`?',
                name,
                suggestion,
              ),
        ...(isRefused && { refused: true }),
        ...(suggestion !== undefined && {
          fix: {
            title: t('Replace `{0}` with `{1}`', name, suggestion),
            edits: [replace(nameSpan, suggestion)],
            safe: false,
          },
        }),
      });
    }
  },
});

/** The value of `--platform` that contains the variable. */
function platformOf({ flags }: From, { span }: Variable): Word | undefined {
  return flags.find(
    ({ name, value }) => name.text === 'platform' && value && contains(value.span, span.start),
  )?.value;
}

function isInImage({ image }: From, { span }: Variable): boolean {
  return image !== undefined && contains(image.span, span.start);
}

/** Whether the image name without the undeclared variables is invalid for BuildKit. */
function leavesNoImage(model: Model, { image: word }: From): boolean {
  const name = word && expandFromWord(model, word);
  return (
    name !== undefined && model.stageNamed(name) === undefined && imageTrouble(name) !== undefined
  );
}
