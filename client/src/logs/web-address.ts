/** Addresses of a container that a browser can open: published ports, and a printed address with a token. */
import type { Container, Port } from '../engine/engine.ts';
import type { Address } from '../engine/address.ts';

/** An address with an access token, as Jupyter and other servers print it when they start. */
export interface PrintedAddress {
  readonly secure: boolean;
  /** The port in the container. */
  readonly port: number;
  readonly path: string;
  readonly token: string;
}

/** `http://127.0.0.1:8888/lab?token=0c5f…`; nothing else of the line is used, because it is untrusted. */
const printedAddress =
  /(https?):\/\/[\w.[\]:-]*?:(\d{2,5})(\/[\w./~-]*)?\?(?:[\w.-]+=[\w.-]*&)*token=([\w-]{8,256})/g;

/** The last printed address in a text. */
export function findPrintedAddress(text: string): PrintedAddress | undefined {
  const found = [...text.matchAll(printedAddress)].at(-1);
  if (found === undefined) return undefined;
  const [, scheme, port, path = '/', token = ''] = found;
  return { secure: scheme === 'https', port: Number(port), path, token };
}

/** The host name of the engine as seen from this machine. */
export function engineHost(address: Address | undefined): string {
  const endpoint = address?.endpoint;
  if (endpoint === undefined || endpoint.kind === 'socket') return 'localhost';
  return endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
}

/** Published TCP ports, in the order of the container ports. */
export function webPorts({
  ports,
}: Pick<Container, 'ports'>): readonly (Port & { host: number })[] {
  return ports.filter(
    (port): port is Port & { host: number } => port.host !== undefined && port.protocol === 'tcp',
  );
}

const securePorts: ReadonlySet<number> = new Set([443, 6443, 8443, 9443]);

/** The address of a published port; the scheme follows from the port number in the container. */
export function portAddress(port: Port & { readonly host: number }, host: string): string {
  const scheme = securePorts.has(port.container) ? 'https' : 'http';
  return `${scheme}://${portHost(port, host)}:${String(port.host)}/`;
}

/** The printed address as it is reachable from outside the container; undefined if its port is not published. */
export function publishedAddress(
  printed: PrintedAddress,
  container: Pick<Container, 'ports'>,
  host: string,
): string | undefined {
  const port = webPorts(container).find((one) => one.container === printed.port);
  if (port === undefined) return undefined;
  const scheme = printed.secure ? 'https' : 'http';
  const authority = `${portHost(port, host)}:${String(port.host)}`;
  return `${scheme}://${authority}${printed.path}?token=${encodeURIComponent(printed.token)}`;
}

/** The host for a port: a port published on a specific address of this machine is reachable only there. */
function portHost({ address }: Port, host: string): string {
  const open = address === undefined || /^(0\.0\.0\.0|::|127\.|::1$)/.test(address);
  if (host !== 'localhost' || open) return host;
  return address.includes(':') ? `[${address}]` : address;
}
