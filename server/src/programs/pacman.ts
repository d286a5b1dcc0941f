import type { Invocation, Program } from './program.ts';

export const pacmanLike = ['pacman', 'yay', 'paru'] as const;

/** Arch's package manager: the operation is a short option, `-S`. */
export const pacman: Program = {
  names: pacmanLike,
  valued: [
    '-b',
    '--dbpath',
    '-r',
    '--root',
    '--arch',
    '--cachedir',
    '--color',
    '--config',
    '--gpgdir',
    '--hookdir',
    '--logfile',
    '--sysroot',
    '--assume-installed',
    '--ignore',
    '--ignoregroup',
    '--overwrite',
    '--print-format',
  ],
};

/** Whether packages are added: `-S` and `-U` do with names; `-Sy` and `-Sc` alone do not. */
export function pacmanInstalls(call: Invocation): boolean {
  const installs = call.has('-S', '--sync', '-U', '--upgrade');
  return installs && call.operands.length > 0 && !call.has('-s', '-i', '-l', '-g');
}

/** Whether packages are downloaded: those that are named, or all that have a newer version. */
export function pacmanDownloads(call: Invocation): boolean {
  if (!call.has('-S', '--sync') || call.has('-c', '--clean', '-s', '-i', '-l')) return false;
  return call.operands.length > 0 || call.has('-u', '--sysupgrade');
}

export function pacmanRemoves(call: Invocation): boolean {
  return call.has('-R', '--remove');
}

/** Whether the cache of downloads is emptied: `-Sc`, `-Scc`. */
export function pacmanCleans(call: Invocation): boolean {
  return call.has('-c', '--clean');
}
