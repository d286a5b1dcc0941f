/** hadolint DL3042. Does not report steps with a cache mount or with PIP_NO_CACHE_DIR. */
import { reportByStep } from '../../lint/checks/report-by-step.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { isShipped } from '../../model/lineage.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { Command } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { pip, pipLike } from '../../programs/pip.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
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
    let cache: StepCache | undefined;
    const leaves = (at: CommandAt): boolean => {
      if (cache?.run !== at.run) cache = new StepCache(model, at.run);
      return leavesCache(model, at, cache);
    };
    reportByStep(model.commands(...pipLike).filter(leaves), report, problemFor);
  },
});

function leavesCache(model: Model, at: CommandAt, cache: StepCache): boolean {
  const { run, stage } = at;
  const install = invoke(at.command, pip);
  if (!install || install.name === 'pipx' || !isVerb(install, pip.verbs.install)) return false;
  if (stage === undefined || !(isShipped(model, stage) || run.onbuild === true)) return false;
  if (install.has('--no-cache-dir', '--no-cache', '--cache-dir')) return false;
  // Files that are given are not downloaded, and not stored in the cache.
  const onlyWheels = install.operands.length > 0 && install.operands.every(({ text }) => /\.whl$|\/wheels?\//.test(text)); // prettier-ignore
  return !install.has('--no-index') && !onlyWheels && !cache.isOff(at.command);
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

/** The cache in one step, which can have many commands. What is not needed is not looked for. */
class StepCache {
  readonly run: Run;
  readonly #script: string;
  readonly #isOff: boolean;
  #disabled: number | undefined;
  #removed: number | undefined;

  constructor(model: Model, run: Run) {
    this.run = run;
    this.#script = slice(model.source.text, run.span);
    const value = model.stateAt(run).variables.get('PIP_NO_CACHE_DIR')?.value;
    const isMountedThere = isMounted(run, '.cache/pip') || isMounted(run, '/root/.cache/pip');
    this.#isOff = isMountedThere || (value !== undefined && isTrue(value));
  }
  /** Whether the cache of a command is disabled, mounted, or removed in the same step. */
  isOff({ assignments, span }: Command): boolean {
    if (this.#isOff) return true;
    const assignment = assignments.find(({ text }) => text.startsWith('PIP_NO_CACHE_DIR='));
    if (assignment && isTrue(assignment.text.slice(assignment.text.indexOf('=') + 1))) return true;
    const { start } = this.run.span;
    this.#removed ??= lastRemoval(this.#script);
    if (this.#removed >= span.end - start) return true;
    this.#disabled ??= endOfDisabling(this.#script);
    return this.#disabled <= span.start - start;
  }
}

/** The index after the first assignment that disables the cache; infinite if there is none. */
function endOfDisabling(script: string): number {
  const found = /\bPIP_NO_CACHE_DIR=(?:1|true|on|yes)\b/i.exec(script);
  return found === null ? Infinity : found.index + found[0].length;
}

/** The index of the last command that removes the cache, or -1. */
function lastRemoval(script: string): number {
  const purge = lastMatch(script, /\bpip3?\s+cache\s+purge\b/g);
  let end = script.lastIndexOf(directory);
  while (end >= 0) {
    let start = end;
    if (!/^\w/.test(script.charAt(end + directory.length))) {
      while (start > 0 && !'&;|'.includes(script.charAt(start - 1))) start--;
      // In another order, the search would go from each `rm` to the next directory.
      const remove = lastMatch(script.slice(start, end), /\brm\s+-(?=\w*r)\w+\s/g);
      if (remove >= 0) return Math.max(purge, start + remove);
    }
    end = start === 0 ? -1 : script.lastIndexOf(directory, start - 1);
  }
  return purge;
}

const directory = '.cache';

function lastMatch(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1;
}

function isTrue(value: string): boolean {
  return /^["']?(?:1|true|on|yes)["']?$/i.test(value);
}
