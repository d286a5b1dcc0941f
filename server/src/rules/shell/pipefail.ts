/** hadolint DL4006. SHELL is inherited through FROM, and `set -o pipefail` is accepted (hadolint #406, #522, #806). */
import { rule, type Fix } from '../../lint/rule.ts';
import { pipe } from '../../lint/parts.ts';
import type { Model, Stage } from '../../model/model.ts';
import { rootImage } from '../../model/lineage.ts';
import type { Pipeline } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';
import { hasPipe } from '../../text/pipe-sign.ts';
import {
  hidesFailure,
  pipelinesOf,
  pipefailStart,
  stopsPipelineEarly,
} from '../../shell/analysis/pipelines.ts';
import { officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Set `pipefail` before a `RUN` with a pipe',
  why: 'The exit status of a pipe is that of its last command. If the download in `curl … | sh` fails, the step can still succeed, and the incomplete layer is cached. `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` makes the step fail if any command of the pipe fails; on Alpine, use `/bin/ash`.\n\nPipes whose earlier commands only print or change text, and conditions such as `if a | grep -q b`, are not reported. Ignore this rule where an earlier command is expected to fail.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL4006'] },
  links: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
  on: { instructions: ['RUN'], parts: pipe },
  examples: [
    {
      bad: dockerfile`
        FROM buildpack-deps:trixie
        RUN «wget -qO- https://example.org/numbers | wc -l > /count»
      `,
      good: dockerfile`
        FROM buildpack-deps:trixie
        SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN wget -qO- https://example.org/numbers | wc -l > /count
      `,
    },
  ],
  check({ model, report }) {
    const stagesWithFix = new Set<Stage>();
    for (const run of model.each('RUN')) {
      const pipe = run.command?.form === 'shell' ? uncheckedPipe(model, run) : undefined;
      if (pipe === undefined) continue;
      const stage = model.stageOf(run);
      // One SHELL applies to all following steps of the stage.
      const fix = stage && !stagesWithFix.has(stage) ? shellBefore(model, run, stage) : undefined;
      if (stage) stagesWithFix.add(stage);
      report({
        at: pipe,
        message: t('Only the exit status of the last command in this pipe is checked'),
        ...(fix && { fix }),
      });
    }
  },
});

function uncheckedPipe(model: Model, run: Run): Pipeline | undefined {
  if (!hasPipe(model.source.text, run.span)) return undefined;
  const script = model.script(run);
  if (script === undefined || (script.dialect !== 'sh' && script.dialect !== 'bash'))
    return undefined;
  const from = pipefailStart(script);
  const pipe = pipelinesOf(script).find((one) => one.span.start <= from && hidesFailure(one));
  if (pipe === undefined) return undefined;
  const argv = model.shellAt(run)?.argv ?? [];
  const stage = model.stageOf(run);
  return supportsPipefail(argv[0] ?? '', stage) && argv.some(isPipefail) ? undefined : pipe;
}

function isPipefail(word: string): boolean {
  return word === 'pipefail';
}

/** `/bin/sh` supports it only where it is the one of BusyBox, as on Alpine; in other images this is not known. */
function supportsPipefail(shell: string, stage: Stage | undefined): boolean {
  const name = shell.replace(/^.*\//, '');
  if (name === 'dash') return false;
  return name !== 'sh' || (stage !== undefined && isAlpine(stage));
}

function isAlpine(stage: Stage): boolean {
  const image = rootImage(stage);
  if (image === undefined) return false;
  return /alpine/.test(image.tag ?? '') || officialName(image) === 'alpine';
}

/** Whether a step has a pipe such as `a | head -n 1`, in which pipefail may make the end of `a` a failure. */
function endsEarly(model: Model, run: Run): boolean {
  const script = model.script(run);
  return script !== undefined && stopsPipelineEarly(script);
}

function shellBefore(model: Model, run: Run, stage: Stage): Fix | undefined {
  if (run.onbuild === true) return undefined;
  const isFragile = (one: Instruction): boolean =>
    one.kind === 'RUN' && one.span.start >= run.span.start && endsEarly(model, one);
  if (stage.instructions.some(isFragile)) return undefined;
  const shell = isAlpine(stage) ? '/bin/ash' : '/bin/bash';
  return addLineAbove(model, run, `SHELL ["${shell}", "-o", "pipefail", "-c"]`);
}
