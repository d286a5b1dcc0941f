/** hadolint DL4006; SHELL is inherited through FROM, and `set -o pipefail` counts (#406, #522, #806). */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { rootImage } from '../../model/lineage.ts';
import type { Pipeline } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { lineAbove } from '../../lint/edits/lines.ts';
import { losesFailure, pipelinesOf, setsPipefail } from '../../shell/analysis/pipelines.ts';
import { officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Let a failure in a pipe fail the step',
  why: 'Only the last command of a pipe decides whether the step has failed: `curl … | sh` goes on where the download breaks off, and a broken layer is kept. `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` makes each of them count; Alpine has `/bin/ash` for it.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL4006'] },
  links: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
  on: { instructions: ['RUN'] },
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
    const offered = new Set<Stage>();
    for (const run of model.each('RUN')) {
      const pipe = run.command?.form === 'shell' ? losingPipe(model, run) : undefined;
      if (pipe === undefined) continue;
      const stage = model.stageOf(run);
      // One SHELL is enough for all steps that follow.
      const fix = stage && !offered.has(stage) ? shellBefore(model, run, stage) : undefined;
      if (stage) offered.add(stage);
      report({
        at: pipe,
        message: t('A failure in this pipe is lost, except of its last command'),
        ...(fix && { fix }),
      });
    }
  },
});

function losingPipe(model: Model, run: Run): Pipeline | undefined {
  const sign = model.tree.text.indexOf('|', run.span.start);
  if (sign < 0 || sign >= run.span.end) return undefined;
  const script = model.script(run);
  if (script === undefined || (script.dialect !== 'sh' && script.dialect !== 'bash'))
    return undefined;
  const pipe = pipelinesOf(script).find((one) => losesFailure(one) && !setsPipefail(script, one));
  if (pipe === undefined) return undefined;
  const { argv } = model.stateAt(run).shell;
  const base = model.stageOf(run);
  return knowsPipefail(argv[0] ?? '', base) && argv.some(isPipefail) ? undefined : pipe;
}

function isPipefail(word: string): boolean {
  return word === 'pipefail';
}

/** `/bin/sh` knows it where it is busybox's; of images that are not known, nobody can tell. dash does not. */
function knowsPipefail(shell: string, stage: Stage | undefined): boolean {
  const name = shell.replace(/^.*\//, '');
  if (name === 'dash') return false;
  return name !== 'sh' || (stage !== undefined && isAlpine(stage));
}

function isAlpine(stage: Stage): boolean {
  const image = rootImage(stage);
  if (image === undefined) return false;
  return /alpine/.test(image.tag ?? '') || officialName(image) === 'alpine';
}

function shellBefore(model: Model, run: Run, stage: Stage): Fix | undefined {
  if (run.onbuild === true) return undefined;
  const shell = isAlpine(stage) ? '/bin/ash' : '/bin/bash';
  const text = `SHELL ["${shell}", "-o", "pipefail", "-c"]`;
  return { title: t('Add {0}', text), edits: [lineAbove(model, run, text)], safe: false };
}
