import type { Invocation, Program } from './program.ts';

export const pacmanLike = ['pacman', 'yay', 'paru'] as const;

/** Arch's package manager: the operation is a short option, `-S`. */
export const pacman: Program = {
  names: pacmanLike,
  valueOptions: [
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

/** Whether packages are installed: by `-S` and `-U` with names, not by `-Sy` and `-Sc` alone. */
export function pacmanInstalls(call: Invocation): boolean {
  const installs = call.has('-S', '--sync', '-U', '--upgrade');
  return installs && call.operands.length > 0 && !call.has('-s', '-i', '-l', '-g');
}

/** Whether packages are downloaded: the named ones, or all with a newer version. */
export function pacmanDownloads(call: Invocation): boolean {
  if (!call.has('-S', '--sync') || call.has('-c', '--clean', '-s', '-i', '-l')) return false;
  return call.operands.length > 0 || call.has('-u', '--sysupgrade');
}

export function pacmanRemoves(call: Invocation): boolean {
  return call.has('-R', '--remove');
}

/** Whether downloads are removed from the cache: `-Sc`, `-Scc`. */
export function pacmanCleans(call: Invocation): boolean {
  return call.has('-c', '--clean');
}
