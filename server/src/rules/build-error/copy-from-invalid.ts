/** BuildKit dockerfile2llb/convert.go: "circular dependency detected", "it needs to be defined before", "invalid stage index". */
import { rule } from '../../lint/rule.ts';
import { otherReference } from '../../lint/parts.ts';
import type { Model, Reference } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `COPY --from` only with earlier stages',
  why: '`COPY --from` and `RUN --mount=from=…` can use only stages that are defined before the current one. The build fails with `circular dependency detected on stage` for the current stage, with `it needs to be defined before current stage` for a later one, and with `invalid stage index` for an index that does not exist.',
  severity: 'error',
  since: '0.1.0',
  also: { hadolint: ['DL3022', 'DL3023'], tally: ['tally/circular-stage-deps'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { parts: otherReference },
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
      // A trigger runs in the build of another image, where other stages may precede it.
      if (instruction.kind === 'ADD' || instruction.onbuild === true || name.includes('$'))
        continue;
      const stage = model.stageOf(instruction);
      const problem = stage && problemOf(model, reference, stage.index);
      if (problem !== undefined) report({ at: reference, ...problem });
    }
  },
});

function problemOf(
  model: Model,
  { name, instruction }: Reference,
  here: number,
): { readonly message: string; readonly also: readonly string[] } | undefined {
  const copies = instruction.kind === 'COPY';
  const isIndex = /^[+-]?\d+$/.test(name);
  const index = Number(name);
  if (copies && isIndex && (index < 0 || index >= model.stages.length)) {
    const last = model.stages.length - 1;
    const message = t('`{0}` is not a valid stage index; the last stage is {1}', name, last);
    return { message, also: ['DL3022'] };
  }
  const earlier = isIndex ? model.stages[index < here ? index : -1] : model.stageNamed(name, here);
  const any = isIndex ? model.stages[index] : model.stageNamed(name);
  if (earlier !== undefined || any === undefined || (isIndex && !copies)) return undefined;
  if (any.index === here) {
    return {
      message: t('`{0}` is the current stage; only earlier stages can be used', name),
      also: copies ? (isIndex ? ['DL3022'] : ['DL3023']) : [],
    };
  }
  return {
    message: t('Stage `{0}` is defined later; only earlier stages can be used', name),
    also: copies ? ['DL3022'] : [],
  };
}
