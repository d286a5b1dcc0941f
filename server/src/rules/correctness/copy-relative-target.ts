/**
 * hadolint DL3045; not where a stage that this one is built from sets WORKDIR, nor in stages that only collect files for
 * other stages on `scratch` or on a plain system image, whose working directory is the root.
 */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { isOnPlainSystem } from '../../model/plain-systems.ts';
import type { Copy } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { inheritedInstructions, isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Set `WORKDIR` before copying to a relative destination',
  why: 'A relative destination is resolved against the working directory. Without `WORKDIR`, that is the one of the base image: often `/`, where the files mix with those of the system, and it can change with the image. Set `WORKDIR`, or use an absolute path.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3045'] },
  links: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  on: { instructions: ['COPY'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        COPY settings.json «config/»
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        WORKDIR /app
        COPY settings.json config/
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('COPY')) {
      const { target, sources, heredocs } = instruction;
      const stage = model.stageOf(instruction);
      if (target === undefined || stage === undefined || sources.length + heredocs.length === 0) continue; // prettier-ignore
      if (isOnPlainSystem(stage) && !isShipped(model, stage)) continue;
      const path = expandWord(model, target)?.text ?? target.text;
      if (/^(?:[/\\$]|[A-Za-z]:|["']?%)/.test(path) || path === '') continue;
      if (isWorkdirSet(stage, instruction)) continue;
      report({
        at: target,
        message: t('`{0}` is relative, and no `WORKDIR` is set before it', target.text),
      });
    }
  },
});

/** Whether a WORKDIR comes before it; one in an ONBUILD applies only to the triggers after it. */
function isWorkdirSet(stage: Stage, { span, onbuild }: Copy): boolean {
  for (const one of inheritedInstructions(stage)) {
    const setter = one.kind === 'ONBUILD' && onbuild === true ? one.trigger : one;
    if (setter?.kind === 'WORKDIR' && setter.span.start < span.start) return true;
  }
  return false;
}
