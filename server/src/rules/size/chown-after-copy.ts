/** Not in other linters; the counterpart of tally prefer-copy-chmod for the owner. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chown } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { copiedPaths, isCopiedTo, pathInImage, type CopiedPath } from '../../model/copied-files.ts';
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
    let copies: readonly CopiedPath[] | undefined;
    for (const at of model.commands('chown')) {
      const { command, stage, run } = at;
      if (stage === undefined || at.via !== 'direct' || run.onbuild === true) continue;
      const invocation = invoke(command, chown);
      const [owner, ...directories] = invocation?.operands ?? [];
      if (owner === undefined || invocation?.has('-R', '--recursive') !== true) continue;
      const paths = directories.flatMap((directory) => pathInImage(model, directory, run) ?? []);
      copies ??= copiedPaths(model);
      const copiesBefore = copies.filter(
        (one) =>
          one.stage === stage &&
          one.copy.span.end <= run.span.start &&
          paths.some((path) => isCopiedTo(one, path)) &&
          !one.copy.flags.some(({ name }) => name.text === 'chown'),
      );
      const [first] = copiesBefore;
      if (first === undefined) continue;
      const fix = directories.length === 1 ? fixInCopies(model, at, copiesBefore) : undefined;
      report({
        at: command,
        message: t('This stores another copy of the copied files in a new layer'),
        related: [{ at: first.copy, message: t('Copied here') }],
        fix,
      });
    }
  },
});

/** Only where no RUN is between the copies and `chown`, so that `chown` changes no other files. */
function fixInCopies(model: Model, at: CommandAt, copies: readonly CopiedPath[]): Fix | undefined {
  const { stage, run, command } = at;
  const owner = invoke(command, chown)?.operands[0];
  const first = copies[0]?.copy;
  if (owner?.literal !== true || owner.text !== owner.raw || first === undefined) return undefined;
  const hasRunBetween = stage?.instructions.some(
    ({ kind, span }) =>
      kind === 'RUN' && span.start > first.span.start && span.end < run.span.start,
  );
  const [chain] = model.script(run)?.statements ?? [];
  const isFirst = chain === command || (chain?.kind === 'chain' && chain.parts[0] === command);
  const edit = isFirst && hasRunBetween === false ? removeCommand(model, at) : undefined;
  if (edit === undefined) return undefined;
  const flag = `--chown=${owner.text}`;
  return {
    title: t('Add `{0}`', flag),
    edits: [...copies.map(({ copy }) => insert(copy.keyword.span.end, ` ${flag}`)), edit],
    safe: false,
  };
}
