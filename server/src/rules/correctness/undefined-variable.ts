/** BuildKit UndefinedVar. What a base image sets is not known here, so only certain or near names are spoken of. */
import { nearest } from '../../text/nearest.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Instruction, Variable } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { isBareBelow } from '../../model/systems.ts';
import { t } from '../../text/translated.ts';
import { expandedVariables } from '../../model/expanded-variables.ts';
import { lineAbove } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Use only variables that are declared',
  why: 'A variable that neither `ARG` nor `ENV` nor the base image sets is empty, and what is built from it goes wrong silently. An `ARG` before the first `FROM` is not known in a stage unless the stage repeats it.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['UndefinedVar'] },
  links: ['https://docs.docker.com/reference/build-checks/undefined-var/'],
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        ENV APP_HOME=/app
        WORKDIR \${«APP_HOEM»}
      `,
      good: dockerfile`
        FROM alpine:3.22
        ENV APP_HOME=/app
        WORKDIR \${APP_HOME}
      `,
    },
    {
      note: 'Declared before the first `FROM`, and not in the stage:',
      bad: dockerfile`
        ARG VERSION=1.2
        FROM alpine:3.22
        LABEL version=$«VERSION»
      `,
      good: dockerfile`
        ARG VERSION=1.2
        FROM alpine:3.22
        ARG VERSION
        LABEL version=$VERSION
      `,
    },
  ],
  check({ model, report }) {
    for (const { instruction, variable } of expandedVariables(model)) {
      if (instruction.kind === 'FROM' || instruction.onbuild === true) continue;
      // Without it the build fails, and that is said by another rule.
      if (variable.operator?.endsWith('?') === true) continue;
      if (/^BUILDKIT_SBOM_SCAN_(?:CONTEXT|STAGE)$/.test(variable.name)) continue;
      const stage = model.stageOf(instruction);
      if (stage === undefined || isDeclared(model, variable)) continue;
      const problem = problemOf(model, stage, instruction, variable);
      // BuildKit leaves EXPOSE out.
      if (problem) report(instruction.kind === 'EXPOSE' ? { ...problem, also: [] } : problem);
    }
  },
});

/** Whether something gives it a value, a proxy aside: that is set for the commands of RUN alone. */
function isDeclared(model: Model, variable: Variable): boolean {
  const binding = model.resolve(variable);
  return binding !== undefined && binding.from !== 'predefined';
}

function problemOf(
  model: Model,
  stage: Stage,
  instruction: Instruction,
  { name, nameSpan, operator }: Variable,
): Problem | undefined {
  if (isGlobal(model, name)) {
    return {
      at: { span: nameSpan },
      message: t('`{0}` is declared before the first `FROM` and not known in this stage', name),
      fix: {
        title: t('Declare {0} in this stage', name),
        edits: [lineAbove(model, instruction, `ARG ${name}`)],
        safe: false,
      },
    };
  }
  const isBare = isBareBelow(stage);
  // A default of its own says that the variable may be missing, which it always is where nothing sets it.
  const hasDefault = /^:?[-+]$/.test(operator ?? '');
  // `X=$X:more` goes on from what the base image may have set.
  const selfReference =
    instruction.kind === 'ENV' && instruction.pairs.some(({ key }) => key.text === name);
  const known = model.stateAt(instruction).variables.keys();
  const meant =
    selfReference || hasDefault ? undefined : nearest(name, isBare ? [...known, 'PATH'] : known);
  if (meant !== undefined) {
    return {
      at: { span: nameSpan },
      message: t('`{0}` is not declared; did you mean `{1}`?', name, meant),
      fix: { title: t('Write {0}', meant), edits: [replace(nameSpan, meant)], safe: false },
    };
  }
  if (!isBare) return undefined;
  return {
    at: { span: nameSpan },
    message: hasDefault
      ? t('`{0}` is not declared, so nothing can set it', name)
      : t('`{0}` is not declared, so it is empty', name),
  };
}

function isGlobal(model: Model, name: string): boolean {
  for (const arg of model.each('ARG')) {
    if (model.stageOf(arg) !== undefined) return false;
    if (arg.pairs.some(({ key }) => key.text === name)) return true;
  }
  return false;
}
