/** hadolint DL3003, for a `RUN` that begins with `cd`: in stages that are shipped, or where several steps repeat it. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove, type Edit } from '../../text/edit.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { stepsBeginningWithCd } from '../../model/cd-steps.ts';
import { directoryUses } from '../../model/working-directory.ts';
import { insertLineAbove } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Use `WORKDIR` instead of `cd`',
  why: '`cd` only affects the `RUN` it is in, so every step has to repeat it. `WORKDIR` applies to all following instructions, creates the directory if it does not exist, and is stored in the image configuration.\n\nThe rule reports a `RUN` that begins with `cd`. Ignore it where only this step needs the directory: `WORKDIR` also changes the directory in which containers start.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3003'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3003'],
  on: { commands: ['cd'] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY . /app
        RUN «cd /app» && npm ci
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY . /app
        WORKDIR /app
        RUN npm ci
      `,
    },
    {
      note: 'Several steps of a stage that begin with the same `cd` are reported once:',
      bad: dockerfile`
        FROM debian:trixie-slim AS build
        RUN «cd /src» && ./configure
        RUN cd /src && make
        FROM scratch
        COPY --from=build /src/tool /tool
      `,
      good: dockerfile`
        FROM debian:trixie-slim AS build
        WORKDIR /src
        RUN ./configure
        RUN make
        FROM scratch
        COPY --from=build /src/tool /tool
      `,
    },
    {
      note: 'A relative directory is below the `WORKDIR`:',
      bad: dockerfile`
        FROM node:24-slim
        WORKDIR /src
        COPY . /src
        RUN «cd web» && npm ci
        RUN cd web && npm run build
      `,
      good: dockerfile`
        FROM node:24-slim
        WORKDIR /src
        COPY . /src
        WORKDIR web
        RUN npm ci
        RUN npm run build
      `,
    },
  ],
  check({ model, report }) {
    const areOnlyUses = directoryUses(model);
    for (const { directory: directory, steps } of stepsBeginningWithCd(model)) {
      const [first, ...more] = steps;
      const fix = singleWorkdir(model, steps, areOnlyUses);
      report({
        at: first.command,
        message: messageFor(directory, more.length),
        ...(more.length > 0 && {
          related: more.map(({ command }) => ({ at: command, message: t('Repeated here') })),
        }),
        ...(fix && { fix }),
      });
    }
  },
});

function messageFor(directory: string, repetitions: number): string {
  if (repetitions === 0) return t('`cd {0}` only affects this step', directory);
  return repetitions === 1
    ? t('`cd {0}` only affects this step and is repeated in 1 later step', directory)
    : t(
        '`cd {0}` only affects this step and is repeated in {1} later steps',
        directory,
        repetitions,
      );
}

/** Whether a WORKDIR is between two instructions of a stage. */
function isSetBetween(
  model: Model,
  { span: { start } }: Node,
  { span: { start: end } }: Node,
): boolean {
  const all = model.each('WORKDIR');
  let at = firstFrom(all, start);
  while (all[at]?.onbuild === true) at++;
  return (all[at]?.span.start ?? end) < end;
}

/** One WORKDIR for all of them, where every `cd` can be removed and no other WORKDIR is between the steps. */
function singleWorkdir(
  model: Model,
  steps: readonly [CommandAt, ...CommandAt[]],
  areOnlyUses: ReturnType<typeof directoryUses>,
): Fix | undefined {
  const [first, ...more] = steps;
  const directory = plainDirectory(model, first);
  if (directory === undefined) return undefined;
  const last = steps.at(-1) ?? first;
  const isSet = isSetBetween(model, first.run, last.run);
  if (isSet || more.some((one) => plainDirectory(model, one) === undefined)) return undefined;
  // WORKDIR also applies to everything below it.
  if (!areOnlyUses(steps)) return undefined;
  const text = `WORKDIR ${directory}`;
  const edits = [
    insertLineAbove(model, first.run, text),
    ...steps.flatMap((one) => removeCd(model, one)),
  ];
  return { title: t('Replace `{0}` with `{1}`', 'cd', text), edits, safe: false };
}

/** Undefined where a shell reads the path differently than Docker, or where the step is more than one chain of commands. */
function plainDirectory(model: Model, { command, run }: CommandAt): string | undefined {
  const [directory, more] = command.args;
  if (directory === undefined || more !== undefined) return undefined;
  if (!/^[\w./-]*\w[\w./-]*$/.test(directory.raw) || directory.raw.startsWith('-'))
    return undefined;
  if (run.onbuild === true || run.heredocs.length > 0 || command.redirects.length > 0)
    return undefined;
  return model.script(run)?.statements.length === 1 ? directory.raw : undefined;
}

function removeCd(model: Model, { command, run }: CommandAt): readonly Edit[] {
  const [chain] = model.script(run)?.statements ?? [];
  const next = chain?.kind === 'chain' ? chain.parts[1] : undefined;
  return next ? [remove({ start: command.span.start, end: next.span.start })] : [];
}
