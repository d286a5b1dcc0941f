import type { Program } from './program.ts';

export const curlLike = ['curl'] as const;

/** curl: the options that take a value, from `curl --help all` of version 8. */
export const curl: Program = {
  names: curlLike,
  valueOptions: [
    ...'-A -b -c -C -d -D -e -E -F -h -H -K -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z'.split(
      ' ',
    ),
    ...[
      'abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to',
      'continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw',
      'data-urlencode delegation dns-interface dns-servers doh-url dump-header ech egd-file engine etag-compare',
      'etag-save expect100-timeout form form-string ftp-account ftp-method ftp-port happy-eyeballs-timeout-ms',
      'haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ipfs-gateway json keepalive-time key key-type',
      'libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time',
      'netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default',
      'proto-redir proxy proxy-cacert proxy-cert proxy-header proxy-key proxy-user proxy1.0 pubkey quote random-file',
      'range rate referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name',
      'socks4 socks4a socks5 socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond',
      'tls-max tls13-ciphers tlsuser tlspassword trace trace-ascii unix-socket upload-file url url-query user',
      'user-agent variable write-out',
    ].flatMap((line) => line.split(' ').map((name) => `--${name}`)),
  ],
};
