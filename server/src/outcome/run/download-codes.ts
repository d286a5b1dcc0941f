/** The exit codes of curl (`man curl`, EXIT CODES) and wget (`info wget`, Exit Status) in words. */
import { t } from '../../text/translation.ts';

/** Why curl exited; its message says more than the code for some codes. */
export function curlReason(code: number, message: string): string {
  const status = /returned error: (\d{3})/.exec(message)?.[1];
  if (code === 22 && status !== undefined)
    return t('the server answered with HTTP status {0}', status);
  const host = /(?:resolve (?:host|proxy)|Failed to connect to|connect to) ?:? ?([^\s:]+)/.exec(
    message,
  )?.[1];
  if (code === 6 && host !== undefined) return t('host `{0}` could not be resolved', host);
  if (code === 7 && host !== undefined) return t('could not connect to `{0}`', host);
  return curlCode(code) ?? (message === '' ? t('unknown error') : message);
}

function curlCode(code: number): string | undefined {
  return (
    networkCode(code) ??
    transferCode(code) ??
    tlsCode(code) ??
    protocolCode(code) ??
    otherCode(code)
  );
}

function networkCode(code: number): string | undefined {
  switch (code) {
    case 1:
      return t('the protocol is not supported');
    case 2:
      return t('an option is not valid');
    case 3:
      return t('the address is malformed');
    case 4:
      return t('this build of curl lacks the feature');
    case 5:
      return t('the proxy could not be resolved');
    case 6:
      return t('the host could not be resolved');
    case 7:
      return t('could not connect to the host');
    case 28:
      return t('the time limit was reached');
    case 45:
      return t('the network interface could not be used');
    case 47:
      return t('too many redirects');
    case 52:
      return t('the server sent nothing');
    case 55:
      return t('sending data failed');
    case 56:
      return t('receiving data failed');
    case 89:
      return t('no connection is available');
    case 97:
      return t('the proxy handshake failed');
    default:
      return undefined;
  }
}

function transferCode(code: number): string | undefined {
  switch (code) {
    case 18:
      return t('the transfer ended before the file was complete');
    case 21:
      return t('the server refused a command');
    case 22:
      return t('the server answered with an HTTP error');
    case 23:
      return t('writing the file failed');
    case 25:
      return t('the upload could not start');
    case 26:
      return t('reading a local file failed');
    case 27:
      return t('out of memory');
    case 33:
      return t('the server does not support ranges');
    case 34:
      return t('the HTTP request failed');
    case 36:
      return t('the download could not be resumed');
    case 37:
      return t('the local file could not be read');
    case 42:
      return t('a callback aborted the transfer');
    case 43:
      return t('an internal function of curl was called wrongly');
    case 61:
      return t('the content encoding is not known');
    case 63:
      return t('the file is larger than the limit');
    case 65:
      return t('sending data again failed');
    case 78:
      return t('the file does not exist on the server');
    default:
      return undefined;
  }
}

function tlsCode(code: number): string | undefined {
  switch (code) {
    case 35:
      return t('the TLS handshake failed');
    case 51:
    case 60:
      return t('the certificate of the server could not be verified');
    case 53:
      return t('the TLS engine was not found');
    case 54:
      return t('the TLS engine could not be used');
    case 58:
      return t('the local certificate could not be used');
    case 59:
      return t('the TLS cipher could not be used');
    case 64:
      return t('the required TLS level failed');
    case 66:
      return t('the TLS engine could not be initialized');
    case 77:
      return t('the file with CA certificates could not be read');
    case 80:
      return t('the TLS connection could not be closed');
    case 82:
      return t('the certificate revocation list could not be read');
    case 83:
      return t('the issuer of the certificate is not the expected one');
    case 90:
      return t('the public key is not the expected one');
    case 91:
      return t('the status of the certificate is not valid');
    case 98:
      return t('the server requires a client certificate');
    default:
      return undefined;
  }
}

function protocolCode(code: number): string | undefined {
  switch (code) {
    case 8:
    case 10:
    case 12:
    case 13:
    case 14:
    case 15:
    case 17:
    case 19:
    case 30:
    case 31:
    case 84:
    case 85:
    case 87:
      return t('the FTP transfer failed');
    case 9:
      return t('the server denied access to the file');
    case 11:
    case 67:
      return t('the login failed');
    case 16:
    case 92:
      return t('the HTTP/2 connection failed');
    case 38:
    case 39:
      return t('the LDAP request failed');
    case 41:
    case 48:
    case 49:
      return t('an option is not valid');
    case 68:
    case 69:
    case 70:
    case 71:
    case 72:
    case 73:
    case 74:
      return t('the TFTP transfer failed');
    default:
      return undefined;
  }
}

function otherCode(code: number): string | undefined {
  switch (code) {
    case 75:
    case 76:
      return t('the character set could not be converted');
    case 79:
      return t('the SSH connection failed');
    case 81:
    case 93:
    case 99:
      return t('a socket or call was not ready');
    case 86:
      return t('the RTSP session is not the expected one');
    case 88:
      return t('the chunk callback failed');
    case 94:
      return t('the authentication failed');
    case 95:
      return t('the HTTP/3 connection failed');
    case 96:
      return t('the QUIC connection failed');
    default:
      return undefined;
  }
}

/** Why wget exited, by what it printed and by its exit code. */
export function wgetReason(code: number | undefined, line: string): string {
  const status = /ERROR (\d{3})|server returned error: HTTP\/\S+ (\d{3})/.exec(line);
  const number = status?.[1] ?? status?.[2];
  if (number !== undefined) return t('the server answered with HTTP status {0}', number);
  const host = /(?:resolve host address|bad address) ['‘](.+?)['’]/.exec(line)?.[1];
  if (host !== undefined) return t('host `{0}` could not be resolved', host);
  const refused = /can't connect to remote host(?: \((.+?)\))?/.exec(line);
  if (refused) return t('could not connect to `{0}`', refused[1] ?? '');
  return wgetCode(code);
}

function wgetCode(code: number | undefined): string {
  switch (code) {
    case 2:
      return t('an option is not valid');
    case 3:
      return t('writing the file failed');
    case 4:
      return t('the network failed');
    case 5:
      return t('the certificate of the server could not be verified');
    case 6:
      return t('the login failed');
    case 7:
      return t('the protocol failed');
    case 8:
      return t('the server answered with an HTTP error');
    default:
      return t('unknown error');
  }
}
