/** What `inspect` tells, as a document for people: what is empty left out, sizes and times in words, foldable. */
import { exact, size } from '../ui/format.ts';

/** YAML of an object as the engine gives it, without the engine's own plumbing; all of it is in the JSON. */
export function readable(details: object): string {
  const lines: string[] = [];
  const told = Object.entries(details).filter(([key]) => !plumbing.has(key));
  // The sort is stable: what is not named keeps its place behind.
  told.sort(([a], [b]) => rank(a) - rank(b));
  write(Object.fromEntries(told), { indent: '', key: '' }, lines);
  return `${lines.join('\n')}\n`;
}

const plumbing = new Set([
  ...['ResolvConfPath', 'HostnamePath', 'HostsPath', 'LogPath', 'ExecIDs', 'GraphDriver'],
  ...['MountLabel', 'ProcessLabel', 'AppArmorProfile', 'ContainerConfig', 'RootFS'],
]);

const first = ['Name', 'RepoTags', 'Id', 'Created', 'Image', 'State', 'Config', 'Mounts'];

function rank(key: string): number {
  const place = first.indexOf(key);
  return place < 0 ? first.length : place;
}

interface Place {
  readonly indent: string;
  readonly key: string;
}

function write(value: object, { indent }: Place, lines: string[]): void {
  const entries = Object.entries(value as Record<string, unknown>).filter(([, one]) => !empty(one));
  // What fits on a line stands first, so that folding leaves it in sight.
  const simple = entries.filter(([, one]) => typeof one !== 'object');
  const nested = entries.filter(([, one]) => typeof one === 'object');
  for (const [key, one] of simple) lines.push(`${indent}${name(key)}: ${plain(key, one)}`);
  for (const [key, one] of nested) {
    if (indent === '' && lines.length > 0) lines.push('');
    lines.push(`${indent}${name(key)}:`);
    if (Array.isArray(one)) list(one, { indent: `${indent}  `, key }, lines);
    else write(one as object, { indent: `${indent}  `, key }, lines);
  }
}

function list(items: readonly unknown[], { indent, key }: Place, lines: string[]): void {
  for (const item of items) {
    if (typeof item !== 'object' || item === null) {
      lines.push(`${indent}- ${plain(key, item)}`);
      continue;
    }
    const inner: string[] = [];
    if (Array.isArray(item)) list(item, { indent: `${indent}  `, key }, inner);
    else write(item, { indent: `${indent}  `, key }, inner);
    const [first = '', ...rest] = inner;
    lines.push(`${indent}- ${first.trimStart()}`, ...rest);
  }
}

/** Nothing is said by it: the engine's word for not set. */
function empty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false || value === 0)
    return true;
  if (typeof value === 'string') return value.startsWith('0001-01-01T');
  if (typeof value !== 'object') return false;
  return Object.values(value).every(empty);
}

function name(key: string): string {
  return /^[\w./@:-]+$/.test(key) && !key.endsWith(':') ? key : JSON.stringify(key);
}

const bytes =
  /^(Memory|MemoryReservation|KernelMemory|ShmSize|Size|SizeRw|SizeRootFs|VirtualSize)$/;

function plain(key: string, value: unknown): string {
  if (typeof value === 'number') {
    return bytes.test(key) && value >= 1000 ? `${String(value)}  # ${size(value)}` : String(value);
  }
  if (typeof value !== 'string') return String(value);
  const moment = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value)
    ? new Date(value)
    : undefined;
  if (moment && !Number.isNaN(moment.getTime())) return `${value}  # ${exact(moment)}`;
  // A text that YAML would take for something else, or that would run over lines.
  const risky =
    /^[\s\-?:,[\]{}#&*!|>'"%@`]|: |\s#|[\n\r\t]|\s$|^(?:true|false|null|yes|no|on|off|~)$|^[\d.+-]+$/i;
  return risky.test(value) ? JSON.stringify(value) : value;
}
