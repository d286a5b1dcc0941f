/** Names of archives, after hadolint's list. ADD goes by content: it unpacks tar, plain or by gzip, bzip2, xz and zstd. */
const suffix = /\.(?:tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz|zst|tzst)$/;

export function isArchive(name: string): boolean {
  return suffix.test(name);
}
