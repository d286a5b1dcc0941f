/** The shells that stages begin with, and whether a file has no others. */
import type { Image } from '../images/image.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import type { Stage, State } from './model.ts';
import { kindBit } from './reads.ts';
import { valueAt } from './scope.ts';
import type { Stages } from './stages.ts';

/** Docker's default shell on Linux. */
export const sh: State['shell'] = { argv: ['/bin/sh', '-c'], dialect: 'sh' };
const cmdExe: State['shell'] = { argv: ['cmd', '/S', '/C'], dialect: 'cmd' };

/** Whether it is Docker's default shell, without a SHELL instruction. */
export function isDefaultShell(shell: State['shell']): boolean {
  return shell === sh || shell === cmdExe;
}

/** A word of comments that state a shell; see state.ts. */
export const shellMark = 'hadolint';

const shellKind = kindBit('SHELL');

/** Whether every instruction has the default shell on Linux, as in most files: their scripts are read without any states. */
export function usesOnlySh(tree: Dockerfile, stages: Stages): boolean {
  // The escape character is only changed because of Windows paths.
  if ((stages.allKinds & shellKind) !== 0 || tree.escape === '`') return false;
  if (tree.text.includes(shellMark)) return false;
  const { list } = stages;
  for (let i = 0; i < list.length; i++) {
    const stage = list[i] as Stage;
    if (stage.base?.kind !== 'stage' && shellAtStart(tree, stage, stages) !== sh) return false;
  }
  return true;
}

/** The shell of the system that a base image has. */
export function shellAtStart(
  tree: Dockerfile,
  { base, from }: Stage,
  stages: Stages,
): State['shell'] {
  if (from.flags.length > 0) {
    const word = from.flags.find(({ name }) => name.text === 'platform')?.value;
    const platform = word && valueAt(stages.globals, word, from.span.start, tree.escape);
    if (platform !== undefined) return /^windows\b/i.test(platform) ? cmdExe : sh;
  }
  const isWindows = tree.escape === '`' || (base?.kind === 'image' && isWindowsImage(base));
  return isWindows ? cmdExe : sh;
}

/** Whether it is a base image of Microsoft, or its tag names one. */
export function isWindowsImage({ registry, repository, tag = '' }: Image): boolean {
  // Most names have no such word, and looking for it takes less time than the patterns.
  if ((repository.includes('server') || tag.includes('server')) && (hasServer.test(repository) || hasServer.test(tag))) return true; // prettier-ignore
  if (repository.startsWith('dotnet/framework/')) return registry === 'mcr.microsoft.com';
  return repository === 'windows' || repository.startsWith('windows/');
}

const hasServer = /(?:^|[/-])(?:nanoserver|windowsservercore|servercore)(?:$|[/:-])/;
