/** Corrects commands that cannot run. */
import { commandLineOf } from '../../syntax/instruction-node.ts';
import { systemShellOf } from '../../model/system-shell.ts';
import type { Manager } from '../../programs/install.ts';
import type { CommandAt } from '../../model/model.ts';
import { insert, replace } from '../../text/edit.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { t } from '../../text/translation.ts';
import type { CauseFix } from '../cause.ts';
import { wordSpan, type FailedRun } from '../run/context.ts';
import { installFix, isRoot, systemManager } from './installs.ts';
import { knownCommands, packageOf } from './known-commands.ts';

/** The known command that a name that does not exist was probably meant to be. */
export function knownCommandLike(name: string): string | undefined {
  const known = knownCommands();
  if (known.includes(name) || name.length < 3) return undefined;
  return closestMatch(name, known);
}

/** Commands of package managers, by the manager. */
const managerOfCommand: Readonly<Record<string, Manager>> = {
  apt: 'apt',
  'apt-get': 'apt',
  apk: 'apk',
  dnf: 'dnf',
  yum: 'dnf',
  microdnf: 'dnf',
  zypper: 'zypper',
  pacman: 'pacman',
};
const commandOfManager: Readonly<Partial<Record<Manager, string>>> = { apt: 'apt-get', apk: 'apk' };

/** The package manager of the base image, if a command is that of another system. */
export function otherManager(
  { document, instruction }: FailedRun,
  name: string,
): string | undefined {
  const stage = document.model.stageOf(instruction);
  const own = Object.hasOwn(managerOfCommand, name) ? managerOfCommand[name] : undefined;
  const shell = stage && systemShellOf(stage);
  const manager = shell === 'dash' ? 'apt' : shell === 'busybox' ? 'apk' : undefined;
  return own === undefined || manager === undefined || own === manager
    ? undefined
    : commandOfManager[manager];
}

interface MissingCommand {
  readonly name: string;
  readonly similar: string | undefined;
}

/** Replaces the name, or installs the package with the command. */
export function commandFixes(
  run: FailedRun,
  { command, via }: CommandAt,
  { name, similar }: MissingCommand,
): readonly CauseFix[] {
  const word = command.name;
  if (word === undefined) return [];
  if (similar !== undefined)
    return [
      {
        title: t('Replace with `{0}`', similar),
        edits: [replace(wordSpan(word), similar)],
        preferred: true,
      },
    ];
  const { model } = run.document;
  const { instruction, build } = run;
  // A program of the project is run by its path.
  if (/^(?:configure|gradlew|mvnw)$/.test(name) || build.contextNames?.includes(name) === true)
    return [
      {
        title: t('Replace with `{0}`', `./${name}`),
        edits: [replace(wordSpan(word), `./${name}`)],
        preferred: true,
      },
    ];
  const stage = model.stageOf(instruction);
  const manager = stage && systemManager(model, stage);
  const found = manager && packageOf(name, manager);
  if (manager === undefined || found === undefined || via === 'nested') return [];
  const fix = installFix({ model, before: instruction }, manager, found);
  return fix ? [fix] : [];
}

/** Makes a file executable before it runs. */
export function executableFixes(
  run: FailedRun,
  { command, via, ancestors }: CommandAt,
  file: string,
): readonly CauseFix[] {
  const { model } = run.document;
  const isShell = commandLineOf(run.instruction)?.form === 'shell';
  const isPlain = via === 'direct' && ancestors.every(({ kind }) => kind === 'chain');
  const word = command.name;
  if (
    !isShell ||
    !isPlain ||
    !/^[\w./-]+$/.test(file) ||
    !isRoot(model, run.instruction) ||
    word?.text !== file
  )
    return [];
  // A directory stays one.
  if (!/\.\w+$|\/[\w-]+$/.test(file) || isDirectoryLike(file)) return [];
  const edit = insert(command.span.start, `chmod +x ${file} && `);
  return [{ title: t('Add `{0}`', `chmod +x ${file}`), edits: [edit], preferred: true }];
}

function isDirectoryLike(file: string): boolean {
  return /^\/(?:bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/(?:bin|lib|local|share|log))?\/?$/.test(
    file,
  );
}
