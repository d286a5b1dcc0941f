/** What a command removes, for all package managers of systems. */
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { apk } from './apk.ts';
import { apt } from './apt.ts';
import { dnf } from './dnf.ts';
import { pacman, pacmanRemoves } from './pacman.ts';
import { invoke, isNamed, isVerb } from './program.ts';
import { systemManagers } from './system-managers.ts';
import { zypper } from './zypper.ts';

/** The programs that remove packages of a system. */
export const removers = [...systemManagers, 'rpm', 'dpkg'] as const;

/**
 * The packages that a command removes; undefined if it removes none, and empty if it removes those that are not
 * required.
 */
export function removedPackages(command: Command): readonly ShellWord[] | undefined {
  const name = nameOf(command);
  if (name === 'rpm') return removedBy(command, /^(?:-[a-zA-Z]*e[a-zA-Z]*|--erase)$/);
  if (name === 'dpkg') return removedBy(command, /^(?:-[rP]|--remove|--purge)$/);
  if (!isNamed(name, systemManagers)) return undefined;
  for (const program of [apt, apk, dnf, zypper]) {
    const call = invoke(command, program);
    if (call) return isVerb(call, program.verbs.remove) ? call.operands : undefined;
  }
  const call = invoke(command, pacman);
  return call && pacmanRemoves(call) ? call.operands : undefined;
}

/** The operands of a program whose options say that it removes them. */
function removedBy({ args }: Command, removes: RegExp): readonly ShellWord[] | undefined {
  if (!args.some(({ text }) => removes.test(text))) return undefined;
  return args.filter(({ text }) => !text.startsWith('-'));
}
