/** Programs that compute or compare checksums and signatures. */
export const gpgLike = ['gpg', 'gpg2'] as const;

export const checksumPrograms = [
  'sha256sum',
  'sha512sum',
  'sha384sum',
  'sha1sum',
  'shasum',
  'md5sum',
  'b2sum',
] as const;

export const verifiers = [
  ...checksumPrograms,
  ...gpgLike,
  'gpgv',
  'cosign',
  'minisign',
  'signify',
  'openssl',
  'sq',
] as const;
