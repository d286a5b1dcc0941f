/** Programs that unpack archives; `tar` does with some options, these always. */
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
