/**
 * Secrets that the builder itself reads, to authenticate with the sources of ADD and of remote contexts
 * (https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts).
 */
export interface BuildSecretInfo {
  /** With `<host>` where the name of a host belongs. */
  readonly id: string;
  readonly documentation: string;
}

export const buildSecrets: readonly BuildSecretInfo[] = [
  {
    id: 'GIT_AUTH_TOKEN',
    documentation:
      'Token for private Git repositories of `ADD` and of the build context; `GIT_AUTH_TOKEN.<host>` is for one host.',
  },
  {
    id: 'GIT_AUTH_HEADER',
    documentation:
      'Value of the `Authorization` header for private Git repositories; `GIT_AUTH_HEADER.<host>` is for one host.',
  },
  {
    id: 'HTTP_AUTH_TOKEN_<host>',
    documentation: 'Bearer token for files that `ADD` downloads from this host.',
  },
  {
    id: 'HTTP_AUTH_HEADER_<host>',
    documentation:
      'Value of the `Authorization` header for files that `ADD` downloads from this host.',
  },
];
