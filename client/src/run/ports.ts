/** The values of `-p` and `--expose`. */
import { t } from '@vscode/l10n';
import { addressOf } from '../command-line/values.ts';

export interface PortRule {
  /** Address of the host; undefined for all addresses. */
  readonly address?: string;
  /** Port of the host: `8080` or `8000-8005`; empty or 0 for a port that the engine chooses. */
  readonly host: string;
  /** `80`, `8000-8005`. */
  readonly container: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

/** Reads a value such as `127.0.0.1:8080:80/tcp`; returns an error message if it is invalid. */
export function portRuleOf(text: string): PortRule | string {
  const plain = text.includes('=') ? shortForm(text) : text;
  if (plain === undefined) return invalid(text);
  const parts = plain.split(':');
  const [container = '', protocol = ''] = (parts.at(-1) ?? '').split(/\/(.*)/s);
  const host = parts.at(-2) ?? '';
  const where = parts.slice(0, -2).join(':');
  const address = addressOf(/^\[.*\]$/.test(where) ? where.slice(1, -1) : where);
  if (where !== '' && address === undefined) return t('{0} is not a valid IP address', where);
  if (container === '') return invalid(text);
  const proto = protocolOf(protocol === '' ? 'tcp' : protocol);
  if (proto === undefined) {
    return t('{0} is not a valid protocol; use tcp, udp or sctp', protocol);
  }
  const [out, into] = [rangeOf(host), rangeOf(container)];
  if (host !== '' && out === undefined) return portTrouble(host);
  if (into === undefined || into[0] === 0) return portTrouble(container);
  const several = into[1] > into[0];
  if (out !== undefined && several && out[1] - out[0] !== into[1] - into[0]) {
    return t('{0} and {1} are port ranges of different lengths', host, container);
  }
  return {
    ...(address !== undefined && { address }),
    host: out === undefined ? '' : rangeText(out),
    container: rangeText(into),
    protocol: proto,
  };
}

function invalid(text: string): string {
  return t('{0} is not a valid port mapping; use 8080:80 or 127.0.0.1:8080:80/tcp', text);
}

/** Why a port or a range of ports is invalid. */
export function portTrouble(text: string): string {
  return t('{0} is not a valid port; use a number from 1 to 65535, or a range', text);
}

export function protocolOf(text: string): PortRule['protocol'] | undefined {
  return (['tcp', 'udp', 'sctp'] as const).find((one) => one === text.toLowerCase());
}

/** The short form of `published=8080,target=80,protocol=tcp`; undefined if a field is not `name=value`. */
function shortForm(text: string): string | undefined {
  const fields = text.split(',').map((field) => field.split(/=(.*)/s));
  if (fields.some(([key, value]) => key === '' || value === undefined)) return undefined;
  const value = (name: string) => fields.findLast(([key]) => key === name)?.[1];
  return `${value('published') ?? ''}:${value('target') ?? ''}/${value('protocol') ?? 'tcp'}`;
}

type Range = readonly [first: number, last: number];

/** Of `80` or `8000-8005`; undefined for anything else. */
function rangeOf(text: string): Range | undefined {
  // Docker ignores what follows a second dash.
  const [, start = '', end = start] = /^(\d+)(?:-(\d+)(?:-.*)?)?$/.exec(text) ?? [];
  const range: Range = [Number(start), Number(end)];
  return start === '' || range[1] > 65535 || range[1] < range[0] ? undefined : range;
}

function rangeText([first, last]: Range): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** The numbers of `80` or `8000-8005`; undefined for anything else. */
export function numbersOf(text: string): readonly number[] | undefined {
  const range = rangeOf(text);
  if (range === undefined || range[0] === 0) return undefined;
  return Array.from({ length: range[1] - range[0] + 1 }, (_, index) => range[0] + index);
}

/** The value of `-p`. */
export function portText({ address, host, container, protocol }: PortRule): string {
  const where = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
  const published = host === '' && where === '' ? '' : `${host}:`;
  return `${where}${published}${container}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

/** A port of the container, `80/tcp`, and the address and port of the host that it is published on. */
export interface Binding {
  readonly port: string;
  readonly address: string;
  /** Empty or 0 for a port that the engine chooses; a range if it chooses one of them. */
  readonly host: string;
}

/** A range on both sides becomes one binding for each number. */
export function bindingsOf({ address = '', host, container, protocol }: PortRule): Binding[] {
  const out = rangeOf(host);
  const into = numbersOf(container) ?? [];
  return into.map((number, index) => {
    const chosen = out === undefined || into.length === 1 ? host : String(out[0] + index);
    return { port: `${number}/${protocol}`, address, host: chosen };
  });
}

/** All bindings of several values of `-p`; invalid values are left out. */
export function allBindings(values: readonly string[]): readonly Binding[] {
  return values.flatMap((text) => {
    const rule = portRuleOf(text);
    return typeof rule === 'string' ? [] : bindingsOf(rule);
  });
}

/** `80/tcp` for each port of a value of `--expose`; undefined if it is invalid. */
export function exposedPorts(text: string): readonly string[] | undefined {
  const [range = '', protocol = ''] = text.split(/\/(.*)/s);
  const proto = protocolOf(protocol === '' ? 'tcp' : protocol);
  return proto === undefined ? undefined : numbersOf(range)?.map((port) => `${port}/${proto}`);
}
