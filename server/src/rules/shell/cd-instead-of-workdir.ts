/** hadolint DL3003, where a RUN begins with it and a reader of the image meets it, or several do. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove, type Edit } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { enteredDirectories } from '../../model/entered-directories.ts';
import { lineAbove } from '../../lint/edits/lines.ts';

export default rule({
  summary: 'Change the folder with WORKDIR instead of a first `cd`',
  why: '`cd` holds to the end of its `RUN` only, and each step has to repeat it. `WORKDIR` says it once for all that follows, makes the folder, and is seen by those who read the image.',
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
      note: 'Several steps of a stage are told of once:',
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
  ],
  check({ model, report }) {
    for (const { folder, steps } of enteredDirectories(model)) {
      const [first, ...more] = steps;
      const fix = inOne(model, steps);
      report({
        at: first.command,
        message:
          more.length === 0
            ? t('`cd {0}` holds for this step only', folder)
            : t('`cd {0}` holds for this step only, and {1} more repeat it', folder, more.length),
        ...(more.length > 0 && {
          related: more.map(({ command }) => ({ at: command, message: t('Here again') })),
        }),
        ...(fix && { fix }),
      });
    }
  },
});

/** One WORKDIR for all of them, where each can do without its `cd` and none of them is set elsewhere between. */
function inOne(model: Model, steps: readonly [CommandAt, ...CommandAt[]]): Fix | undefined {
  const [first, ...more] = steps;
  const folder = folderOf(model, first);
  if (folder === undefined) return undefined;
  const last = steps.at(-1) ?? first;
  const between = (one: Instruction): boolean =>
    one.kind === 'WORKDIR' && one.span.start > first.run.span.start && one.span.start < last.run.span.start; // prettier-ignore
  const isSetBetween = first.stage?.instructions.some(between) === true;
  if (isSetBetween || more.some((one) => folderOf(model, one) === undefined)) return undefined;
  const text = `WORKDIR ${folder}`;
  const edits = [
    lineAbove(model, first.run, text),
    ...steps.flatMap((one) => withoutCd(model, one)),
  ];
  return { title: t('Write {0}', text), edits, safe: false };
}

/** Undefined where a shell reads the folder another way than Docker, or more stands there than a chain. */
function folderOf(model: Model, { command, run }: CommandAt): string | undefined {
  const [folder, more] = command.args;
  if (folder === undefined || more !== undefined) return undefined;
  if (!/^[\w./-]*\w[\w./-]*$/.test(folder.raw) || folder.raw.startsWith('-')) return undefined;
  if (run.onbuild === true || run.heredocs.length > 0 || command.redirects.length > 0)
    return undefined;
  return model.script(run)?.statements.length === 1 ? folder.raw : undefined;
}

function withoutCd(model: Model, { command, run }: CommandAt): readonly Edit[] {
  const [chain] = model.script(run)?.statements ?? [];
  const next = chain?.kind === 'chain' ? chain.parts[1] : undefined;
  return next ? [remove({ start: command.span.start, end: next.span.start })] : [];
}
