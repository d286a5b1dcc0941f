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

/**
 * The packages that a command removes; undefined if it removes none, and empty if it removes those that are not
 * required.
 */
export function removedPackages(command: Command): readonly ShellWord[] | undefined {
  if (!isNamed(nameOf(command), systemManagers)) return undefined;
  for (const program of [apt, apk, dnf, zypper]) {
    const call = invoke(command, program);
    if (call) return isVerb(call, program.verbs.remove) ? call.operands : undefined;
  }
  const call = invoke(command, pacman);
  return call && pacmanRemoves(call) ? call.operands : undefined;
}
