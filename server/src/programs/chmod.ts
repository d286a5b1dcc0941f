import type { Program } from './program.ts';

/** chmod, chown and chgrp: the first operand is the mode or the owner, unless --reference names a file. */
export const chmod: Program = { names: ['chmod'], valueOptions: ['--reference'] };
export const chown: Program = {
  names: ['chown', 'chgrp'],
  valueOptions: ['--reference', '--from'],
};
