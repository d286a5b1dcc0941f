/** Our own, beside tally prefer-copy-chmod. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { chown } from '../../programs/chmod.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { copiesIn, isFrom, pathAt, type CopyAt } from '../../model/copied-files.ts';
import { withoutCommand } from '../../lint/edits/without-command.ts';

export default rule({
  summary: 'Set the owner of copied files with `COPY --chown`',
  why: 'A layer holds whole files: `chown -R` in a step of its own stores everything that it changes a second time, and the image grows by as much. `COPY --chown` gives the files to their owner as they come in.',
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
    let copies: readonly CopyAt[] | undefined;
    for (const at of model.commands('chown')) {
      const { command, stage, run } = at;
      if (stage === undefined || at.via !== 'direct' || run.onbuild === true) continue;
      const called = invoke(command, chown);
      const [owner, ...folders] = called?.operands ?? [];
      if (owner === undefined || called?.has('-R', '--recursive') !== true) continue;
      const paths = folders.flatMap((folder) => pathAt(model, folder, run) ?? []);
      copies ??= copiesIn(model);
      const before = copies.filter(
        (one) =>
          one.stage === stage &&
          one.copy.span.end <= run.span.start &&
          paths.some((path) => isFrom(one, path)) &&
          !one.copy.flags.some(({ name }) => name.text === 'chown'),
      );
      const [first] = before;
      if (first === undefined) continue;
      const fix = folders.length === 1 ? inCopies(model, at, before) : undefined;
      report({
        at: command,
        message: t('This stores everything that was copied there a second time'),
        related: [{ at: first.copy, message: t('It is copied here') }],
        fix,
      });
    }
  },
});

/** Where nothing but copies stands between, so that there is nothing else whose owner it changes. */
function inCopies(model: Model, at: CommandAt, copies: readonly CopyAt[]): Fix | undefined {
  const { stage, run, command } = at;
  const owner = invoke(command, chown)?.operands[0];
  const first = copies[0]?.copy;
  if (owner?.literal !== true || owner.text !== owner.raw || first === undefined) return undefined;
  const runs = stage?.instructions.some(
    ({ kind, span }) =>
      kind === 'RUN' && span.start > first.span.start && span.end < run.span.start,
  );
  const [chain] = model.script(run)?.statements ?? [];
  const begins = chain === command || (chain?.kind === 'chain' && chain.parts[0] === command);
  const edit = begins && runs === false ? withoutCommand(model, at) : undefined;
  if (edit === undefined) return undefined;
  const flag = `--chown=${owner.text}`;
  return {
    title: t('Add {0}', flag),
    edits: [...copies.map(({ copy }) => insert(copy.keyword.span.end, ` ${flag}`)), edit],
    safe: false,
  };
}
