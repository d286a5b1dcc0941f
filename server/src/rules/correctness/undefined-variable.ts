/** BuildKit UndefinedVar. What a base image sets is not known here, so only certain or near names are spoken of. */
import { t } from '@vscode/l10n';
import { nearest } from '../../lint/nearest.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Instruction, Variable } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace } from '../../text/edit.ts';
import { isBareBelow } from '../bases.ts';
import { expandedVariables } from '../variables.ts';

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
      // A default of its own says that the variable may be missing.
      if (variable.operator !== undefined && /^:?[-+?]$/.test(variable.operator)) continue;
      const stage = model.stageOf(instruction);
      if (stage === undefined || model.resolve(variable) !== undefined) continue;
      const problem = problemOf(model, stage, instruction, variable);
      if (problem) report(problem);
    }
  },
});

function problemOf(
  model: Model,
  stage: Stage,
  instruction: Instruction,
  { name, nameSpan }: Variable,
): Problem | undefined {
  if (isGlobal(model, name)) {
    return {
      at: { span: nameSpan },
      message: t('`{0}` is declared before the first `FROM` and not known in this stage', name),
      fix: {
        title: t('Declare {0} in this stage', name),
        edits: [insert(instruction.span.start, `ARG ${name}\n`)],
        safe: false,
      },
    };
  }
  // `X=$X:more` goes on from what the base image may have set.
  const selfReference =
    instruction.kind === 'ENV' && instruction.pairs.some(({ key }) => key.text === name);
  const isBare = isBareBelow(stage);
  const known = model.stateAt(instruction).variables.keys();
  const meant = selfReference ? undefined : nearest(name, isBare ? [...known, 'PATH'] : known);
  if (meant !== undefined) {
    return {
      at: { span: nameSpan },
      message: t('`{0}` is not declared; did you mean `{1}`?', name, meant),
      fix: { title: t('Write {0}', meant), edits: [replace(nameSpan, meant)], safe: false },
    };
  }
  return isBare
    ? { at: { span: nameSpan }, message: t('`{0}` is not declared, so it is empty', name) }
    : undefined;
}

function isGlobal(model: Model, name: string): boolean {
  for (const arg of model.each('ARG')) {
    if (model.stageOf(arg) !== undefined) return false;
    if (arg.pairs.some(({ key }) => key.text === name)) return true;
  }
  return false;
}
