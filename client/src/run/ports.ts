/** Ports as `-p` and `--expose` write them. */
import { t } from '@vscode/l10n';

export interface PortRule {
  /** Of the machine; undefined is every address. */
  readonly address?: string;
  /** Of the machine: `8080`, `8000-8005`; empty where the engine shall choose one. */
  readonly host: string;
  /** `80`, `8000-8005`. */
  readonly container: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

/** The meaning of `127.0.0.1:8080:80/tcp`; a sentence where it has none. */
export function portRuleOf(text: string): PortRule | string {
  const pairs = text.includes('=') ? longForm(text) : undefined;
  const found = (
    pairs ?? /^(?:(?:\[([^\]]+)\]|([^[\]:]*)):)?(?:([\d-]*):)?([\d-]+)(?:\/(\w+))?$/.exec(text)
  )?.slice(1);
  if (found === undefined) return t('{0} is no port: 8080:80 or 127.0.0.1:8080:80/tcp', text);
  const [ipv6, first, second, container = '', protocol = 'tcp'] = found;
  // With one colon alone, what stands before it is a port.
  const oneColon = second === undefined && ipv6 === undefined && first !== undefined;
  const address = oneColon ? undefined : (ipv6 ?? (first === '' ? undefined : first));
  const host = oneColon ? first : (second ?? '');
  const proto = (['tcp', 'udp', 'sctp'] as const).find((one) => one === protocol.toLowerCase());
  if (proto === undefined) return t('{0} is no protocol: tcp, udp or sctp', protocol);
  const wrong = [host, container].find((one) => one !== '' && numbersOf(one) === undefined);
  if (wrong !== undefined) return t('{0} is no port: a number from 1 to 65535, or a range', wrong);
  const [out, into] = [numbersOf(host), numbersOf(container)];
  if (out !== undefined && into !== undefined && out.length !== into.length && into.length !== 1) {
    return t('{0} and {1} hold different numbers of ports', host, container);
  }
  return { ...(address !== undefined && { address }), host, container, protocol: proto };
}

/** `published=8080,target=80,protocol=tcp`; groups as the pattern of the short form has them. */
function longForm(text: string): readonly (string | undefined)[] | undefined {
  const fields = new Map(text.split(',').map((part) => part.split('=', 2) as [string, string]));
  const target = fields.get('target');
  const known = ['target', 'published', 'protocol', 'mode'];
  if (target === undefined || [...fields.keys()].some((key) => !known.includes(key)))
    return undefined;
  return ['', undefined, '', fields.get('published') ?? '', target, fields.get('protocol')];
}

/** The numbers of `80` or `8000-8005`; undefined where it is neither. */
export function numbersOf(text: string): readonly number[] | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (found === null) return undefined;
  const start = Number(found[1]);
  const end = Number(found[2] ?? start);
  if (start < 1 || end > 65535 || end < start) return undefined;
  return Array.from({ length: end - start + 1 }, (_, index) => start + index);
}

/** As `-p` takes it. */
export function portText({ address, host, container, protocol }: PortRule): string {
  const where = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
  const published = host === '' && where === '' ? '' : `${host}:`;
  return `${where}${published}${container}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

/** What the engine publishes: each port of the container, `80/tcp`, and where on the machine. */
export interface Binding {
  readonly port: string;
  readonly address: string;
  /** Empty where the engine chooses; a range where it may choose from several. */
  readonly host: string;
}

/** A range on both sides is taken apart, one number at a time. */
export function bindingsOf({ address = '', host, container, protocol }: PortRule): Binding[] {
  const out = numbersOf(host);
  const into = numbersOf(container) ?? [];
  return into.map((number, index) => {
    const chosen = out === undefined ? '' : out.length === into.length ? String(out[index]) : host;
    return { port: `${number}/${protocol}`, address, host: chosen };
  });
}
