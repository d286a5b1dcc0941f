/** Addresses of BuildKit, in the format of buildx's driver `remote`. */
import { isAbsolute } from 'node:path';
import { t } from '@vscode/l10n';
import type { BuildxNode } from '../docker-cli/buildx-store.ts';
import { EngineError } from '../errors.ts';
import type { ServerTls, SocketEndpoint } from '../transport/http2-socket.ts';

export type BuilderEndpoint =
  | SocketEndpoint
  /** A container in which BuildKit runs, on the engine of a context. */
  | { readonly kind: 'container'; readonly name: string; readonly context?: string };

/** Throws EngineError if the address of the node is not supported. */
export function endpointOf({ endpoint, options }: BuildxNode): BuilderEndpoint {
  const [, scheme = '', rest = ''] = /^([a-z-]+):\/\/(.*)$/is.exec(endpoint) ?? [];
  // The URL parser of Node.js removes tabs and line breaks.
  if (/[\u0000-\u001f\u007f-\u009f]/.test(endpoint)) throw unsupported(endpoint);
  switch (scheme.toLowerCase()) {
    case 'unix':
      if (!isAbsolute(rest)) throw unsupported(endpoint);
      return { kind: 'socket', path: rest };
    case 'tcp': {
      const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
      const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
      // URLs leave out port 80.
      const port = /:80\/?$/.test(rest) ? 80 : Number(url?.port);
      if (url === undefined || host === '' || url.username !== '' || !(port > 0))
        throw unsupported(endpoint);
      const tls = tlsOf(options);
      return { kind: 'tcp', host, port, ...(tls && { tls }) };
    }
    case 'docker-container': {
      const url = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
      const name = /^[a-z0-9][a-z0-9_.-]*/i.exec(rest)?.[0];
      if (url === undefined || name === undefined) throw unsupported(endpoint);
      const context = url.searchParams.get('context');
      return { kind: 'container', name, ...(context !== null && { context }) };
    }
    default:
      throw unsupported(endpoint);
  }
}

/** TLS is used if one of its options is set. */
function tlsOf(options: BuildxNode['options']): ServerTls | undefined {
  const own = (name: string): string | undefined =>
    Object.hasOwn(options, name) && options[name] !== '' ? options[name] : undefined;
  const [ca, cert, key, servername] = ['cacert', 'cert', 'key', 'servername'].map(own);
  if (ca === undefined && cert === undefined && key === undefined && servername === undefined)
    return undefined;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && { servername }),
  };
}

function unsupported(endpoint: string): EngineError {
  return new EngineError(
    'failed',
    t(
      'The address `{0}` is not supported; use tcp://host:port or unix:///path',
      endpoint.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD'),
    ),
  );
}
