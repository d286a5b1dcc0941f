/** hadolint DL3042. Does not report steps with a cache mount or with PIP_NO_CACHE_DIR. */
import { reportByStep } from '../../lint/checks/report-by-step.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { isShipped } from '../../model/lineage.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { pip, pipLike } from '../../programs/pip.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isMounted } from '../../model/mounts.ts';

export default rule({
  summary: 'Use `pip install --no-cache-dir` or a cache mount',
  why: 'pip stores downloads and built wheels in `~/.cache/pip`, where they stay in the layer and are not used again. `--no-cache-dir` does not store them; a cache mount keeps them for the next build without adding them to the image.\n\nStages that are not part of the final image are not reported.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3042'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3042'],
  on: { commands: pipLike },
  examples: [
    {
      bad: dockerfile`
        FROM python:3.13-slim
        RUN «pip install» flask==3.1.2
      `,
      good: dockerfile`
        FROM python:3.13-slim
        RUN pip install --no-cache-dir flask==3.1.2
      `,
    },
    {
      note: 'A `RUN` with a cache mount is not reported:',
      bad: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN «pip install» -r requirements.txt
        RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.2
      `,
      good: dockerfile`
        FROM python:3.13-slim
        COPY requirements.txt .
        RUN pip install --no-cache-dir -r requirements.txt
        RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.2
      `,
    },
  ],
  check({ model, report }) {
    reportByStep(
      model.commands(...pipLike).filter((at) => leavesCache(model, at)),
      report,
      problemFor,
    );
  },
});

function leavesCache(model: Model, at: CommandAt): boolean {
  const { run, stage } = at;
  const install = invoke(at.command, pip);
  if (!install || install.name === 'pipx' || !isVerb(install, pip.verbs.install)) return false;
  if (stage === undefined || !(isShipped(model, stage) || run.onbuild === true)) return false;
  if (install.has('--no-cache-dir', '--no-cache', '--cache-dir')) return false;
  // Files that are given are not downloaded, and not stored in the cache.
  const onlyWheels = install.operands.length > 0 && install.operands.every(({ text }) => /\.whl$|\/wheels?\//.test(text)); // prettier-ignore
  return !install.has('--no-index') && !onlyWheels && !isCached(model, at);
}

function problemFor({ command, via }: CommandAt): Problem {
  const { subcommand, name = 'pip' } = invoke(command, pip) ?? {};
  const end = subcommand?.span.end ?? command.span.end;
  return {
    at: { span: { start: command.span.start, end } },
    message: t('`{0} install` leaves its cache in the layer', name),
    ...(via !== 'nested' && {
      fix: {
        title: t('Add `{0}`', '--no-cache-dir'),
        edits: [insert(end, ' --no-cache-dir')],
      },
    }),
  };
}

/** Whether the cache is disabled, mounted, or removed in the same step. */
function isCached(model: Model, { run, command }: CommandAt): boolean {
  if (isMounted(run, '.cache/pip') || isMounted(run, '/root/.cache/pip')) return true;
  const { variables } = model.stateAt(run);
  const value = variables.get('PIP_NO_CACHE_DIR')?.value;
  if (value !== undefined && isTrue(value)) return true;
  const assignment = command.assignments.find(({ text }) => text.startsWith('PIP_NO_CACHE_DIR='));
  if (assignment && isTrue(assignment.text.slice(assignment.text.indexOf('=') + 1))) return true;
  const text = model.source.text.slice(command.span.end, run.span.end);
  return (
    /\bpip3?\s+cache\s+purge\b|\brm\s+-\w*r\w*\s[^&;|]*\.cache\b/.test(text) ||
    /\bPIP_NO_CACHE_DIR=(?:1|true|on|yes)\b/i.test(
      model.source.text.slice(run.span.start, command.span.start),
    )
  );
}

function isTrue(value: string): boolean {
  return /^["']?(?:1|true|on|yes)["']?$/i.test(value);
}
