/** BuildKit UndefinedArgInFrom: FROM sees only the ARGs before it and the platform arguments. */
import { nearest } from '../../text/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { platformArguments } from '../../reference/variables.ts';
import { imageTrouble } from '../../images/image.ts';
import type { Model } from '../../model/model.ts';
import type { From, Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { contains } from '../../text/span.ts';
import { t } from '../../text/translated.ts';
import { expandedInFrom } from '../../model/expanded-words.ts';
import { isPlatform } from '../../syntax/platform.ts';
import { expandedVariables } from '../../model/expanded-variables.ts';

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
  check({ model, report }) {
    // Asked once for a FROM, however many variables it has.
    const refused = new Map<From, boolean>();
    const isRefusedAt = (from: From): boolean => {
      const before = refused.get(from) ?? leavesNoImage(model, from);
      refused.set(from, before);
      return before;
    };
    for (const { instruction: from, variable } of expandedVariables(model)) {
      if (from.kind !== 'FROM') continue;
      // A platform that is empty for it fails the build, and that is said by another rule.
      const platform = platformOf(from, variable);
      if (platform && !isPlatform(expandedInFrom(model, platform) ?? 'linux')) continue;
      const { name, nameSpan, operator = '' } = variable;
      if (operator.endsWith('?') || model.resolve(variable) !== undefined) continue;
      const isRefused = isInImage(from, variable) && isRefusedAt(from);
      // Then the whole image is what is said to be missing.
      if (isRefused && operator.endsWith('+')) continue;
      const known = [
        ...model.stateAt(from).variables.keys(),
        ...platformArguments.map(({ name }) => name),
      ];
      const meant = nearest(name, known);
      report({
        at: { span: nameSpan },
        message:
          meant === undefined
            ? t('`{0}` is not declared before the first `FROM`', name)
            : t('`{0}` is not declared before the first `FROM`; did you mean `{1}`?', name, meant),
        ...(isRefused && { refused: true }),
        ...(meant !== undefined && {
          fix: { title: t('Write {0}', meant), edits: [replace(nameSpan, meant)], safe: false },
        }),
      });
    }
  },
});

/** The platform that a variable stands in. */
function platformOf({ flags }: From, { span }: Variable): Word | undefined {
  return flags.find(
    ({ name, value }) => name.text === 'platform' && value && contains(value.span, span.start),
  )?.value;
}

function isInImage({ image }: From, { span }: Variable): boolean {
  return image !== undefined && contains(image.span, span.start);
}

/** Whether BuildKit refuses the image name that is left without its variables. */
function leavesNoImage(model: Model, { image: word }: From): boolean {
  const name = word && expandedInFrom(model, word);
  return (
    name !== undefined && model.stageNamed(name) === undefined && imageTrouble(name) !== undefined
  );
}
