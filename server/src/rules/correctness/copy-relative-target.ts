/** hadolint DL3045; not where a stage below has said it, nor of what gathers files for others on nothing, or on a bare system, whose folder is the root. */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { isBareBelow } from '../../model/systems.ts';
import type { Copy } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { expanded } from '../../model/expanded-words.ts';
import { inheritedInstructions, isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Say with WORKDIR where relative targets lie',
  why: 'A relative target lies below the folder where the base image left off. That is often `/`, where files of a program get mixed with those of the system, and it may change with the base; who copies them from there breaks then.',
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
      if (isBareBelow(stage) && !isShipped(model, stage)) continue;
      const path = expanded(model, target)?.text ?? target.text;
      if (/^(?:[/\\$]|[A-Za-z]:|["']?%)/.test(path) || path === '') continue;
      if (isFolderSet(stage, instruction)) continue;
      report({
        at: target,
        message: t('`{0}` lies wherever the base image left off', target.text),
      });
    }
  },
});

/** By a WORKDIR above; what an ONBUILD sets holds for those triggers only that come behind it. */
function isFolderSet(stage: Stage, { span, onbuild }: Copy): boolean {
  for (const one of inheritedInstructions(stage)) {
    const set = one.kind === 'ONBUILD' && onbuild === true ? one.trigger : one;
    if (set?.kind === 'WORKDIR' && set.span.start < span.start) return true;
  }
  return false;
}
