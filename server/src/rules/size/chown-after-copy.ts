/** Not in other linters; the counterpart of tally prefer-copy-chmod for the owner. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { chown } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { Run } from '../../syntax/tree.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import {
  copiedPaths,
  copyIndex,
  pathInImage,
  type CopiedPath,
  type CopyIndex,
} from '../../model/copied-files.ts';
import { removeCommand } from '../../lint/edits/remove-command.ts';

export default rule({
  summary: 'Use `COPY --chown` instead of `RUN chown -R`',
  why: 'A layer stores whole files, so `chown -R` in a separate `RUN` stores another copy of every file that it changes, and the image grows by their size. `COPY --chown` sets the owner while copying.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
  on: { commands: ['chown'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY . /app
        RUN «chown -R node:node /app»
        USER node
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY --chown=node:node . /app
        USER node
      `,
    },
  ],
  check({ model, report }) {
    let copies: CopyIndex | undefined;
    for (const at of model.commands('chown')) {
      const { command, stage, run } = at;
      if (stage === undefined || at.via !== 'direct' || run.onbuild === true) continue;
      const invocation = invoke(command, chown);
      const [owner, ...directories] = invocation?.operands ?? [];
      if (owner === undefined || invocation?.has('-R', '--recursive') !== true) continue;
      const paths = directories.flatMap((directory) => pathInImage(model, directory, run) ?? []);
      copies ??= copyIndex(copiedPaths(model).filter(hasNoOwner));
      const copied = firstOf(copies, stage, paths);
      const first = copied[0]?.copy;
      if (first === undefined || first.span.end > run.span.start) continue;
      const fix = directories.length === 1 ? fixInCopies(model, at, copied) : undefined;
      report({
        at: command,
        message: t('This stores another copy of the copied files in a new layer'),
        related: [{ at: first, message: t('Copied here') }],
        fix,
      });
    }
  },
});

function hasNoOwner({ copy }: CopiedPath): boolean {
  return !copy.flags.some(({ name }) => name.text === 'chown');
}

/** The copies to that path of several which is copied first. */
function firstOf(copies: CopyIndex, stage: Stage, paths: readonly string[]): readonly CopiedPath[] {
  const start = (list: readonly CopiedPath[]): number => list[0]?.copy.span.start ?? Infinity;
  return paths
    .map((path) => copies.of(stage, path))
    .reduce((first, list) => (start(list) < start(first) ? list : first), none);
}

const none: readonly never[] = [];

/** Whether a RUN of the same stage is between a copy and another RUN. */
function hasRunBetween(model: Model, copy: Node, run: Run): boolean {
  const runs = model.each('RUN');
  let at = firstFrom(runs, run.span.start) - 1;
  while (runs[at]?.onbuild === true) at--;
  return (runs[at]?.span.start ?? 0) > copy.span.start;
}

/** Only where no RUN is between the copies and `chown`, so that `chown` changes no other files. */
function fixInCopies(model: Model, at: CommandAt, copies: readonly CopiedPath[]): Fix | undefined {
  const { run, command } = at;
  const owner = invoke(command, chown)?.operands[0];
  const first = copies[0]?.copy;
  if (owner?.literal !== true || owner.text !== owner.raw || first === undefined) return undefined;
  if (hasRunBetween(model, first, run)) return undefined;
  const [chain] = model.script(run)?.statements ?? [];
  const isFirst = chain === command || (chain?.kind === 'chain' && chain.parts[0] === command);
  const edit = isFirst ? removeCommand(model, at) : undefined;
  if (edit === undefined) return undefined;
  const flag = `--chown=${owner.text}`;
  const before = copies.filter(({ copy }) => copy.span.end <= run.span.start);
  return {
    title: t('Add `{0}`', flag),
    edits: [...before.map(({ copy }) => insert(copy.keyword.span.end, ` ${flag}`)), edit],
    safe: false,
  };
}
