import type { Program } from './program.ts';

export const wgetLike = ['wget', 'wget2'] as const;

/** GNU wget; busybox supports some of the same options. */
export const wget: Program = {
  names: wgetLike,
  valueOptions: [
    ...'-o -a -e -i -B -t -O -T -w -Q -P -U -l -A -R -D -I -X -Y'.split(' '),
    ...[
      'output-file append-output execute input-file base config rejected-log tries output-document start-pos progress',
      'timeout dns-timeout connect-timeout read-timeout wait waitretry quota bind-address limit-rate',
      'restrict-file-names prefer-family user password use-askpass cut-dirs directory-prefix default-page header',
      'compression max-redirect proxy-user proxy-password referer user-agent load-cookies save-cookies post-data',
      'post-file method body-data body-file http-user http-password secure-protocol certificate certificate-type',
      'private-key private-key-type ca-certificate ca-directory crl-file pinnedpubkey random-file egd-file ciphers',
      'hsts-file ftp-user ftp-password level accept reject accept-regex reject-regex domains exclude-domains',
      'follow-tags ignore-tags include-directories exclude-directories retry-on-http-error',
    ].flatMap((line) => line.split(' ').map((name) => `--${name}`)),
  ],
};
