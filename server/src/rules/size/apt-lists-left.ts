/** hadolint DL3009, for stages that are shipped. An `rm` in a later RUN does not make the layer smaller. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { CommandAt, Model, Stage } from '../../model/model.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import type { Command } from '../../shell/script.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { addCleanup } from '../../lint/checks/add-cleanup.ts';
import { removeCommand } from '../../lint/edits/remove-command.ts';
import { commandsThatMayInstall } from '../../model/project-scripts.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const lists = '/var/lib/apt/lists';
const clean = `rm -rf ${lists}/*`;

export default rule({
  summary: 'Remove the apt lists in the same `RUN` as `apt-get update`',
  why: '`apt-get update` downloads 20 to 50 MB of package lists to `/var/lib/apt/lists`, and they are outdated within days. If the same `RUN` removes them, they are not stored in the layer. A later `RUN` cannot make the layer smaller.\n\nStages that are not part of the final image and lists on a cache mount are not reported.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3009'] },
  links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  on: { commands: aptLike },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «apt-get update» && \
            apt-get install -y --no-install-recommends git
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
    {
      note: 'A later step that removes the lists has no effect on the size of the image, and the fix removes it:',
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «apt-get update» && apt-get install -y --no-install-recommends git
        RUN apt-get clean && rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
        RUN apt-get clean
      `,
    },
  ],
  check({ model, report }) {
    const updates = model.commands(...aptLike).filter(isUpdate);
    let known: Uses | undefined;
    let before: Run | undefined;
    for (const update of updates) {
      const { run, stage, command } = update;
      if (stage === undefined || !isShipped(model, stage)) continue;
      if (isMounted(run, lists)) {
        known ??= usesIn(model);
        if (keepsArchives(model, update, known))
          report({
            at: command,
            message: t(
              'The package lists are on a mount, but the downloaded packages stay in the layer',
            ),
          });
        continue;
      }
      const isFirst = run !== before;
      before = run;
      if (!isFirst || isCleaned(model, run)) continue;
      known ??= usesIn(model);
      const fix = needsLists(update, known) ? undefined : addRemoval(model, update, known);
      report({
        at: command,
        message: t('The apt package lists stay in the layer'),
        ...(fix && { fix }),
      });
    }
  },
});

function isUpdate({ command }: CommandAt): boolean {
  return isVerb(invoke(command, apt), apt.verbs.update);
}

/** A command, with the place of its step. */
interface Removal extends Node {
  readonly at: CommandAt;
}

/** Steps that the other steps of a stage depend on, by the stage. */
interface Uses {
  /** Where the first step is that removes `docker-clean`. */
  readonly uncleaned: ReadonlyMap<Stage | undefined, number>;
  /** Where the last step is that installs packages without `update`, or may do so in a script. */
  readonly installing: ReadonlyMap<Stage | undefined, number>;
  /** Commands that remove the lists and nothing else, in steps without `update`, by the stage and in order. */
  readonly removals: ReadonlyMap<Stage | undefined, readonly Removal[]>;
}

function usesIn(model: Model): Uses {
  const uncleaned = new Map<Stage | undefined, number>();
  for (const { command, run, stage } of model.commands('rm')) {
    const isRemoval = command.args.some(({ text }) => text.endsWith('/docker-clean'));
    if (isRemoval && !uncleaned.has(stage)) uncleaned.set(stage, run.span.start);
  }
  const commands = model.commands(...aptLike);
  const updating = new Set(commands.filter(isUpdate).map(({ run }) => run));
  const installing = new Map<Stage | undefined, number>();
  for (const { command, run, stage } of commands) {
    if (!updating.has(run) && isVerb(invoke(command, apt), apt.verbs.install))
      installing.set(stage, run.span.start);
  }
  for (const { run, stage } of commandsThatMayInstall(model)) {
    const before = installing.get(stage) ?? -1;
    if (run.span.start > before) installing.set(stage, run.span.start);
  }
  const removals = new Map<Stage | undefined, Removal[]>();
  for (const at of model.commands('rm')) {
    const { command, run, stage } = at;
    if (updating.has(run) || !removesOnlyLists(command)) continue;
    const removal: Removal = { at, span: run.span };
    const list = removals.get(stage);
    if (list) list.push(removal);
    else removals.set(stage, [removal]);
  }
  return { uncleaned, installing, removals };
}

function removesOnlyLists({ args }: Command): boolean {
  const operands = args.filter(({ text }) => !text.startsWith('-'));
  return operands.length > 0 && operands.every(({ text }) => text.startsWith(lists));
}

/** Removes the lists in this step, instead of in a later one, where it would not make the image smaller. */
function addRemoval(model: Model, update: CommandAt, { removals }: Uses): Fix | undefined {
  const fix = addCleanup(model, update, clean);
  const all = removals.get(update.stage) ?? [];
  const later = all[firstFrom(all, update.run.span.start + 1)]?.at;
  if (fix === undefined || later === undefined) return fix;
  const removal = removeCommand(model, later);
  return removal && { ...fix, edits: [...fix.edits, removal] };
}

/** Whether downloaded packages are kept: official images delete them after installation unless `docker-clean` is removed. */
function keepsArchives(model: Model, { run, stage }: CommandAt, { uncleaned }: Uses): boolean {
  if (isMounted(run, '/var/cache/apt') || isCleaned(model, run)) return false;
  return (uncleaned.get(stage) ?? Infinity) <= run.span.start;
}

function isCleaned(model: Model, run: Run): boolean {
  for (const { command } of model.commandsIn(run, 'rm', 'find')) {
    if (command.args.some(({ text }) => /\/var\/lib\/apt\/?(?:lists.*|\*)?$/.test(text)))
      return true;
  }
  return model
    .commandsIn(run, ...aptLike)
    .some(({ command }) => command.args.some(({ text }) => /^dist-?clean$/.test(text)));
}

/** Whether a later step, in this stage or in one that is built from it, may use the lists. */
function needsLists({ run, stage }: CommandAt, { installing }: Uses): boolean {
  if (stage?.usedBy.some(({ kind }) => kind === 'FROM') === true) return true;
  return (installing.get(stage) ?? -1) > run.span.start;
}
