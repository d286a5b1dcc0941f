/** BuildKit dockerfile2llb/convert.go: "circular dependency detected", "it needs to be defined before", "invalid stage index". */
import { rule } from '../../lint/rule.ts';
import type { Model, Reference } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Copy only from stages above',
  why: 'A stage can take files from the stages that stand before it. Taken from itself or from a later one, neither could be built first.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3022', 'DL3023'], tally: ['tally/circular-stage-deps'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { instructions: ['COPY', 'ADD', 'RUN'], words: ['from='] },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS build
        COPY --from=«build» /go/bin/tool /usr/local/bin/
      `,
      good: dockerfile`
        FROM golang:1.26 AS build

        FROM debian:trixie-slim
        COPY --from=build /go/bin/tool /usr/local/bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const reference of model.references()) {
      const { instruction, name, to } = reference;
      if (to?.kind === 'stage') continue;
      // A trigger is read where it runs, and other stages may stand above it there.
      if (instruction.kind === 'ADD' || instruction.onbuild === true || name.includes('$'))
        continue;
      const stage = model.stageOf(instruction);
      const wrong = stage && wrongWith(model, reference, stage.index);
      if (wrong !== undefined) report({ at: reference, ...wrong });
    }
  },
});

function wrongWith(
  model: Model,
  { name, instruction }: Reference,
  here: number,
): { readonly message: string; readonly also: readonly string[] } | undefined {
  const copies = instruction.kind === 'COPY';
  const isIndex = /^[+-]?\d+$/.test(name);
  const index = Number(name);
  if (copies && isIndex && (index < 0 || index >= model.stages.length)) {
    const message = t(
      'There is no stage {0}: the first is 0 and the last {1}',
      name,
      model.stages.length - 1,
    );
    return { message, also: ['DL3022'] };
  }
  const earlier = isIndex ? model.stages[index < here ? index : -1] : model.stageNamed(name, here);
  const any = isIndex ? model.stages[index] : model.stageNamed(name);
  if (earlier !== undefined || any === undefined || (isIndex && !copies)) return undefined;
  if (any.index === here) {
    return {
      message: t('`{0}` is this very stage', name),
      also: copies ? (isIndex ? ['DL3022'] : ['DL3023']) : [],
    };
  }
  return {
    message: t('The stage `{0}` stands further down', name),
    also: copies ? ['DL3022'] : [],
  };
}
