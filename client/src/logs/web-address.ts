/** What a browser can open of a container: its published ports, and the address with a token that it printed. */
import type { Container, Port } from '../engine/engine.ts';
import type { Address } from '../engine/address.ts';

/** An address with a secret, as Jupyter and others print it when they start. */
export interface Printed {
  readonly secure: boolean;
  /** Inside the container. */
  readonly port: number;
  readonly path: string;
  readonly token: string;
}

/** `http://127.0.0.1:8888/lab?token=0c5f…`; nothing else of the line is taken, as it came from a stranger. */
const printed =
  /(https?):\/\/[\w.[\]:-]*?:(\d{2,5})(\/[\w./~-]*)?\?(?:[\w.-]+=[\w.-]*&)*token=([\w-]{8,256})/g;

/** The last such address in a text; undefined where there is none. */
export function printedIn(text: string): Printed | undefined {
  const found = [...text.matchAll(printed)].at(-1);
  if (found === undefined) return undefined;
  const [, scheme, port, path = '/', token = ''] = found;
  return { secure: scheme === 'https', port: Number(port), path, token };
}

/** Where the engine's machine is reached from here. */
export function hostOf(address: Address | undefined): string {
  const place = address?.place;
  if (place === undefined || place.kind === 'socket') return 'localhost';
  return place.host.includes(':') ? `[${place.host}]` : place.host;
}

/** Published ports that a browser may speak with, in the order of the container's own numbers. */
export function webPorts({
  ports,
}: Pick<Container, 'ports'>): readonly (Port & { host: number })[] {
  return ports.filter(
    (port): port is Port & { host: number } => port.host !== undefined && port.protocol === 'tcp',
  );
}

const securePorts: ReadonlySet<number> = new Set([443, 6443, 8443, 9443]);

/** An address of a published port, by what its number usually means. */
export function addressOf(port: Port & { readonly host: number }, host: string): string {
  const scheme = securePorts.has(port.container) ? 'https' : 'http';
  return `${scheme}://${machine(port, host)}:${String(port.host)}/`;
}

/** The printed address as it is reached from outside; undefined where its port is not published. */
export function publishedAddress(
  one: Printed,
  container: Pick<Container, 'ports'>,
  host: string,
): string | undefined {
  const port = webPorts(container).find((each) => each.container === one.port);
  if (port === undefined) return undefined;
  const scheme = one.secure ? 'https' : 'http';
  const place = `${machine(port, host)}:${String(port.host)}`;
  return `${scheme}://${place}${one.path}?token=${encodeURIComponent(one.token)}`;
}

/** A port that was published on one address of this machine answers there alone. */
function machine({ address }: Port, host: string): string {
  const open = address === undefined || /^(0\.0\.0\.0|::|127\.|::1$)/.test(address);
  if (host !== 'localhost' || open) return host;
  return address.includes(':') ? `[${address}]` : address;
}
