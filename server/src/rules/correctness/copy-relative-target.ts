/**
 * hadolint DL3045; not where a stage that this one is built from sets WORKDIR, nor in stages that only collect files for
 * other stages on `scratch` or on a plain system image, whose working directory is the root.
 */
import { rule } from '../../lint/rule.ts';
import { relativeTarget } from '../../lint/parts.ts';
import type { Model } from '../../model/model.ts';
import { isOnPlainSystem } from '../../model/plain-systems.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { expandWord } from '../../model/expanded-words.ts';
import { isShipped } from '../../model/lineage.ts';

export default rule({
  summary: 'Set `WORKDIR` before copying to a relative destination',
  why: 'A relative destination is resolved against the working directory. Without `WORKDIR`, that is the one of the base image: often `/`, where the files mix with those of the system, and it can change with the image. Set `WORKDIR`, or use an absolute path.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3045'] },
  links: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  on: { parts: relativeTarget },
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
    let workdirs: readonly Workdirs[] | undefined;
    for (const instruction of model.each('COPY')) {
      const { target, sources, heredocs } = instruction;
      const stage = model.stageOf(instruction);
      if (target === undefined || stage === undefined || sources.length + heredocs.length === 0) continue; // prettier-ignore
      if (isOnPlainSystem(stage) && !isShipped(model, stage)) continue;
      const path = expandWord(model, target)?.text ?? target.text;
      if (/^(?:[/\\$~]|[A-Za-z]:|["']?%)/.test(path) || path === '') continue;
      workdirs ??= workdirsOf(model);
      const { own, withTriggers } = workdirs[stage.index] ?? {
        own: Infinity,
        withTriggers: Infinity,
      };
      if ((instruction.onbuild === true ? withTriggers : own) < instruction.span.start) continue;
      report({
        at: target,
        message: t('`{0}` is relative, and no `WORKDIR` is set before it', target.text),
      });
    }
  },
});

interface Workdirs {
  /** Where the first WORKDIR is. */
  readonly own: number;
  /** The same, with those in ONBUILD, which apply only to the triggers after them. */
  readonly withTriggers: number;
}

/** By the index of the stage, with what it inherits. */
function workdirsOf({ stages }: Model): readonly Workdirs[] {
  const found: Workdirs[] = [];
  for (const { base, instructions } of stages) {
    const inherited = base?.kind === 'stage' ? found[base.index] : undefined;
    let { own, withTriggers } = inherited ?? { own: Infinity, withTriggers: Infinity };
    for (const { kind, span } of instructions)
      if (kind === 'WORKDIR') own = Math.min(own, span.start);
    for (const one of instructions) {
      const setter = one.kind === 'ONBUILD' ? one.trigger : one;
      if (setter?.kind === 'WORKDIR') withTriggers = Math.min(withTriggers, setter.span.start);
    }
    found.push({ own, withTriggers });
  }
  return found;
}
