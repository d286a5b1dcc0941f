import type { Program } from './program.ts';

/** conda and its faster kin. */
export const conda: Program = {
  names: ['conda', 'mamba', 'micromamba'],
  valued: [
    '-n',
    '--name',
    '-p',
    '--prefix',
    '-c',
    '--channel',
    '--file',
    '-f',
    '--solver',
    '--repodata-fn',
    '--experimental',
    '--platform',
    '--subdir',
    '-r',
    '--root-prefix',
    '--revision',
    '--clone',
    '--override-frozen',
  ],
  // `conda install -f` is an old short form of --force in conda, `--file` in micromamba; both are rare.
  subcommands: [],
};
