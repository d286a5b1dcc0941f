/** Docker's best practices, not in other linters: `apt-get update` and `install` belong in one step. */
import { rule } from '../../lint/rule.ts';
import { isBuiltFrom, rootImage } from '../../model/lineage.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { isMounted } from '../../model/mounts.ts';
import { commandsThatMayInstall } from '../../model/project-scripts.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { officialName } from '../../images/releases.ts';
import { dockerfile } from '../../text/dedent.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

const { install, reinstall, upgrade, update } = apt.verbs;
const lists = '/var/lib/apt/lists';
/** Official images without package lists. */
const withoutLists = /^(?:debian|ubuntu|python|node|golang|ruby|rust|php|perl|buildpack-deps|nginx|httpd|openjdk|eclipse-temurin|gcc|postgres|mysql|mariadb|redis|tomcat|maven|gradle)$/; // prettier-ignore

export default rule({
  summary: 'Run `apt-get update` in the same `RUN` as `apt-get install`',
  why: 'A step with `apt-get update` alone stays in the build cache for months. A later `apt-get install`, which runs again when its text changes, then uses outdated lists: it installs old versions, or fails because they are no longer on the server. Without any `update`, there are no lists at all in the official images, and after `rm -rf /var/lib/apt/lists/*` in an earlier step there are none either.',
  severity: 'warning',
  since: '0.1.0',
  links: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  on: { commands: aptLike },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «apt-get update»
        RUN apt-get install -y --no-install-recommends git=1:2.47.3-0+deb13u1
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git=1:2.47.3-0+deb13u1 && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «apt-get install» -y --no-install-recommends git=1:2.47.3-0+deb13u1
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git=1:2.47.3-0+deb13u1 && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    const all = model.commands(...aptLike);
    const updates = all.filter((at) => isOf(at, update));
    const installs = all.filter((at) => isOf(at, install, reinstall, upgrade));
    const withUpdate = new Set(updates.map(({ run }) => run));
    const withInstall = new Set(installs.map(({ run }) => run));
    const late = [...installs, ...indirectInstalls(model)]
      .filter(({ run }) => !withUpdate.has(run) && !isMounted(run, lists))
      .sort(byPosition);
    // Most files update and install in one step.
    if (late.length === 0) return;
    const lateCommands = late.map(({ command }) => command);
    let scripts: readonly CommandAt[] | undefined;
    for (const at of updates) {
      if (withInstall.has(at.run) || isMounted(at.run, lists)) continue;
      if (!hasLater(at, late, lateCommands)) continue;
      // A script that follows in the same step may install.
      scripts ??= scriptsOf(model);
      if (scripts.some((one) => one.run === at.run && isAfter(one, at))) continue;
      report({
        at: verbOf(at),
        message: t('This step is cached without the installation, which then uses outdated lists'),
      });
    }
    const sorted = [...updates].sort(byPosition);
    const updateCommands = sorted.map(({ command }) => command);
    for (const at of late) {
      if (at.run.onbuild === true || (!isIndirect(at) && installsFiles(at))) continue;
      const before = lastBefore(at, sorted, updateCommands);
      const removal = before && removalAfter(model, before, at);
      if (before ? removal === undefined : !hasNoLists(at)) continue;
      scripts ??= scriptsOf(model);
      if (scripts.some((one) => isAfter(at, one) && (!removal || isAfter(one, removal)))) continue;
      const command = isIndirect(at) ? indirectName(at) : `${nameOf(at)} install`;
      report({
        at: verbOf(at),
        message: removal
          ? t(
              '`{0}` fails without `apt-get update`: an earlier step removed the package lists',
              command,
            )
          : t('`{0}` fails without `apt-get update`: the base image has no package lists', command),
        ...(removal && {
          related: [{ at: removal.command, message: t('The lists are removed here') }],
        }),
      });
      return;
    }
  },
});

function byPosition(a: CommandAt, b: CommandAt): number {
  return a.command.span.start - b.command.span.start;
}

/** Whether one of the commands, which are sorted, runs after another one. */
function hasLater(at: CommandAt, all: readonly CommandAt[], nodes: readonly Node[]): boolean {
  for (let i = firstFrom(nodes, at.command.span.start + 1); i < all.length; i++)
    if (isAfter(all[i] as CommandAt, at)) return true;
  return false;
}

/** The last of the commands, which are sorted, after which another one runs. */
function lastBefore(
  at: CommandAt,
  all: readonly CommandAt[],
  nodes: readonly Node[],
): CommandAt | undefined {
  for (let i = firstFrom(nodes, at.command.span.start) - 1; i >= 0; i--)
    if (isAfter(at, all[i] as CommandAt)) return all[i];
  return undefined;
}

/** Commands that may update the lists or install, which the Dockerfile does not show. */
function scriptsOf(model: Model): readonly CommandAt[] {
  // It updates the lists by itself, since Ubuntu 18.04 and Debian 10.
  const repositories = model
    .commands('add-apt-repository', 'apt-add-repository')
    .filter(({ command }) => !command.args.some(({ text }) => /^(?:-n|--no-update)$/.test(text)));
  return [...commandsThatMayInstall(model).filter((one) => !isIndirect(one)), ...repositories];
}

/** The command that removes the lists between an update and an installation in a later step. */
function removalAfter(model: Model, update: CommandAt, at: CommandAt): CommandAt | undefined {
  return model
    .commands('rm', 'find')
    .find(
      (one) =>
        isAfter(one, update) &&
        isAfter(at, one) &&
        one.run !== at.run &&
        one.command.args.some(({ text }) => /^\/var\/lib\/apt(?:\/lists\/?\*?|\/?\*?)$/.test(text)),
    );
}

/** Programs that install packages with `apt-get`, but do not update the lists. */
const indirect: readonly string[] = ['rosdep', 'mk-build-deps'];

function indirectInstalls(model: Model): readonly CommandAt[] {
  return model
    .commands(...indirect)
    .filter(({ command }) =>
      command.args.some(({ text }) => /^(?:install|--install|-\w*i\w*)$/.test(text)),
    );
}

function isIndirect({ command }: Pick<CommandAt, 'command'>): boolean {
  return indirect.includes(command.name?.text ?? '');
}

function indirectName({ command }: CommandAt): string {
  return command.name?.text === 'rosdep' ? 'rosdep install' : 'mk-build-deps';
}

function isOf({ command }: CommandAt, ...verbs: readonly (readonly string[])[]): boolean {
  return isVerb(invoke(command, apt), ...verbs);
}

function nameOf({ command }: CommandAt): string {
  return invoke(command, apt)?.name ?? 'apt-get';
}

function verbOf({ command }: CommandAt): { span: { start: number; end: number } } {
  if (isIndirect({ command })) return command.name ?? command;
  const end = invoke(command, apt)?.subcommand?.span.end ?? command.span.end;
  return { span: { start: command.span.start, end } };
}

/** Whether a command runs after another one, in its stage or in a stage that is built from it. */
function isAfter(later: CommandAt, before: CommandAt): boolean {
  if (later.stage === undefined || !isBuiltFrom(later.stage, before.stage)) return false;
  return later.command.span.start > before.command.span.start;
}

function hasNoLists({ stage, run }: CommandAt): boolean {
  const image = rootImage(stage);
  return run.heredocs.length === 0 && image !== undefined && withoutLists.test(officialName(image) ?? ''); // prettier-ignore
}

/** Whether all packages are files, or which ones they are is not known. */
function installsFiles({ command }: CommandAt): boolean {
  const operands = invoke(command, apt)?.operands ?? [];
  return operands.length === 0 || operands.some(({ text, literal }) => text.endsWith('.deb') || !literal); // prettier-ignore
}
