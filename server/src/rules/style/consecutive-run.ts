/** hadolint DL3059. Off: layers cost little, and separate steps are cached separately (hadolint #1138, #717). */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Combine consecutive `RUN` instructions',
  why: 'Every `RUN` adds a layer, and a later one cannot remove what an earlier one has stored. Two short steps can be combined with `&&`.\n\nThis rule is off by default, because layers cost little and separate steps are cached separately.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3059'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3059'],
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN adduser -D app
        «RUN» mkdir /data
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN adduser -D app && mkdir /data
      `,
    },
  ],
  check({ model, report }) {
    let previous: Run | undefined;
    for (const instruction of model.tree.instructions) {
      const run: Run | undefined = isShort(model, instruction) ? instruction : undefined;
      if (run && previous && flagsOf(model, run) === flagsOf(model, previous)) {
        report({
          at: run.keyword,
          message: t('This `RUN` can be combined with the previous one'),
          related: [{ at: previous, message: t('Previous `RUN`') }],
        });
      }
      previous = run;
    }
  },
});

/** Whether a step runs one command. Heredocs are not short. */
function isShort(model: Model, instruction: Instruction): instruction is Run {
  if (instruction.kind !== 'RUN' || instruction.heredocs.length > 0) return false;
  const script = model.script(instruction);
  if (script === undefined) return instruction.command?.form === 'exec';
  const count = script.statements.reduce(
    (sum, one) => sum + (one.kind === 'chain' || one.kind === 'pipeline' ? one.parts.length : 1),
    0,
  );
  return count === 1;
}

function flagsOf({ tree }: Model, { flags }: Run): string {
  return flags.map(({ span }) => tree.text.slice(span.start, span.end)).join(' ');
}
