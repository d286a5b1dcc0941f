/** Programs that always extract archives; `tar` does so only with some options. */
export const unpackers = [
  'unzip',
  'gunzip',
  'bunzip2',
  'unlzma',
  'unxz',
  'zgz',
  'uncompress',
  'zcat',
  'gzcat',
] as const;
