/** Installs a package of the system in a stage. */
import { installsOf, type InstallAt } from '../../model/installs.ts';
import { lineage } from '../../model/lineage.ts';
import { systemShellOf } from '../../model/system-shell.ts';
import type { Model, Stage } from '../../model/model.ts';
import { apkLike } from '../../programs/apk.ts';
import { aptLike } from '../../programs/apt.ts';
import { dnfLike } from '../../programs/dnf.ts';
import { installOf, type Manager } from '../../programs/install.ts';
import { pacmanLike } from '../../programs/pacman.ts';
import { zypperLike } from '../../programs/zypper.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insert, type Edit } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { CauseFix } from '../cause.ts';

const families = [
  ['apt', aptLike],
  ['apk', apkLike],
  ['dnf', dnfLike],
  ['zypper', zypperLike],
  ['pacman', pacmanLike],
] as const;

/** The package manager of a stage: the one that it uses, or that of its base image; undefined if that is not known. */
export function systemManager(model: Model, stage: Stage): Manager | undefined {
  const stages = lineage(stage);
  for (const [manager, names] of families)
    if (
      model
        .commands(...names)
        .some((at) => at.stage && stages.includes(at.stage) && installOf(at.command))
    )
      return manager;
  const shell = systemShellOf(stage);
  if (shell === 'dash') return 'apt';
  return shell === 'busybox' ? 'apk' : undefined;
}

/** Adds a package to the last installation before an instruction, or installs it in a new RUN. */
export function installFix(
  { model, before }: { readonly model: Model; readonly before: Instruction },
  manager: Manager,
  name: string,
): CauseFix | undefined {
  const stage = model.stageOf(before);
  if (stage === undefined || !isRoot(model, before)) return undefined;
  const existing = lastInstall(model, stage, { manager, before });
  const edit = existing
    ? addPackage(model, existing, name)
    : installLine(model, before, installCommand(manager, name));
  return edit && { title: t('Install package `{0}`', name), edits: [edit], preferred: true };
}

/** Whether the instruction runs as root, as far as the file says. */
export function isRoot(model: Model, instruction: Instruction): boolean {
  const user = model.stateAt(instruction).user?.text;
  return user === undefined || /^(?:root|0)(?::|$)/.test(user);
}

function lastInstall(
  model: Model,
  stage: Stage,
  { manager, before }: { readonly manager: Manager; readonly before: Instruction },
): InstallAt | undefined {
  const family = families.find(([one]) => one === manager)?.[1] ?? [];
  return [...installsOf(model, manager, family)].findLast(
    ({ stage: own, command, run, install }) =>
      own === stage &&
      run.span.end <= before.span.start &&
      run.onbuild === undefined &&
      install.packages.length > 0 &&
      command.span.end <= run.span.end,
  );
}

/** After the last package, in the way in which the packages are separated. */
function addPackage({ tree }: Model, { install }: InstallAt, name: string): Edit | undefined {
  const { packages } = install;
  const last = packages.at(-1)?.word;
  if (last === undefined) return undefined;
  const previous = packages.at(-2)?.word;
  const separator = previous && tree.text.slice(previous.span.end, last.span.start);
  // A comment between the packages belongs to one of them.
  const isPlain = separator !== undefined && /^[ \t]*[\\`]?\r?\n?[ \t]*$/.test(separator);
  return insert(last.span.end, `${isPlain ? separator : ' '}${name}`);
}

function installCommand(manager: Manager, name: string): string | undefined {
  switch (manager) {
    case 'apt':
      return `apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`;
    case 'apk':
      return `apk add --no-cache ${name}`;
    case 'dnf':
      return `dnf install -y ${name} && dnf clean all`;
    case 'zypper':
      return `zypper --non-interactive install ${name}`;
    case 'pacman':
      return `pacman -Sy --noconfirm ${name}`;
    default:
      return undefined;
  }
}

function installLine(
  model: Model,
  before: Instruction,
  command: string | undefined,
): Edit | undefined {
  return command === undefined ? undefined : insertLine(model, before, `RUN ${command}`);
}

/** Inserts an instruction directly above another one. */
export function insertLine({ tree: { text } }: Model, { span }: Instruction, line: string): Edit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  return insert(start, `${line}${text.includes('\r\n') ? '\r\n' : '\n'}`);
}
