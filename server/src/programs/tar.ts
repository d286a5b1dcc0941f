import type { Program } from './program.ts';

export const tarLike = ['tar', 'bsdtar'] as const;

/** GNU tar. The first word may be options without a dash: `tar xzf`. */
export const tar: Program = {
  names: tarLike,
  style: 'bundle',
  valueOptions: [
    ...'-f -C -b -g -F -H -I -K -L -N -T -V -X'.split(' '),
    '--file',
    '--directory',
    '--exclude',
    '--exclude-from',
    '--files-from',
    '--use-compress-program',
    '--transform',
    '--xform',
    '--owner',
    '--group',
    '--mode',
    '--mtime',
    '--format',
    '--blocking-factor',
    '--checkpoint-action',
    '--listed-incremental',
    '--newer',
    '--label',
    '--level',
    '--suffix',
    '--warning',
  ],
};
