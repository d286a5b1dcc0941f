/** hadolint DL3059. Off: layers cost next to nothing today, and separate steps are cached separately (#1138, #717). */
import { rule } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Join short RUN instructions that follow each other',
  why: 'Each `RUN` is a layer, and what one of them leaves behind, the next can not take away. Two short ones say the same in one.',
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
    let before: Run | undefined;
    for (const instruction of model.tree.instructions) {
      const run: Run | undefined = isShort(model, instruction) ? instruction : undefined;
      if (run && before && flagsOf(model, run) === flagsOf(model, before)) {
        report({
          at: run.keyword,
          message: t('This and the `RUN` above could be one'),
          related: [{ at: before, message: t('The one above') }],
        });
      }
      before = run;
    }
  },
});

/** Two commands at most; heredocs are long by nature. */
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
