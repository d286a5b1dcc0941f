/** Formats the result of `inspect` for reading: without empty values, with comments for sizes and times, and foldable. */
import { parseExact } from '../engine/exact-json.ts';
import { formatDateTime, formatSize } from '../ui/format.ts';

/** YAML of the JSON of an object, without internal properties, which only the JSON document contains. */
export function toReadableYaml(json: string): string {
  const lines: string[] = [];
  const details = Object(parseExact(json)) as object;
  const entries = Object.entries(details).filter(([key]) => !hiddenKeys.has(key));
  // The sort is stable: other keys follow in their original order.
  entries.sort(([a], [b]) => rank(a) - rank(b));
  writeObject(Object.fromEntries(entries), { indent: '', key: '' }, lines);
  return `${lines.join('\n')}\n`;
}

const hiddenKeys = new Set([
  ...['ResolvConfPath', 'HostnamePath', 'HostsPath', 'LogPath', 'ExecIDs', 'GraphDriver'],
  ...['MountLabel', 'ProcessLabel', 'AppArmorProfile', 'ContainerConfig', 'RootFS'],
]);

const leadingKeys = ['Name', 'RepoTags', 'Id', 'Created', 'Image', 'State', 'Config', 'Mounts'];

function rank(key: string): number {
  const place = leadingKeys.indexOf(key);
  return place < 0 ? leadingKeys.length : place;
}

interface Position {
  readonly indent: string;
  readonly key: string;
}

function writeObject(value: object, { indent }: Position, lines: string[]): void {
  const entries = Object.entries(value as Record<string, unknown>).filter(
    ([, one]) => !isEmpty(one),
  );
  // Scalars come first, so that they stay visible when the rest is folded.
  const simple = entries.filter(([, one]) => typeof one !== 'object');
  const nested = entries.filter(([, one]) => typeof one === 'object');
  for (const [key, one] of simple)
    lines.push(`${indent}${formatKey(key)}: ${formatScalar(key, one)}`);
  for (const [key, one] of nested) {
    if (indent === '' && lines.length > 0) lines.push('');
    lines.push(`${indent}${formatKey(key)}:`);
    if (Array.isArray(one)) writeList(one, { indent: `${indent}  `, key }, lines);
    else writeObject(one as object, { indent: `${indent}  `, key }, lines);
  }
}

function writeList(items: readonly unknown[], { indent, key }: Position, lines: string[]): void {
  for (const item of items) {
    if (typeof item !== 'object' || item === null) {
      lines.push(`${indent}- ${formatScalar(key, item)}`);
      continue;
    }
    const inner: string[] = [];
    if (Array.isArray(item)) writeList(item, { indent: `${indent}  `, key }, inner);
    else writeObject(item, { indent: `${indent}  `, key }, inner);
    const [first = '', ...rest] = inner;
    lines.push(`${indent}- ${first.trimStart()}`, ...rest);
  }
}

/** Whether a value is the engine's default for an unset property. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false || value === 0)
    return true;
  if (typeof value === 'string') return value.startsWith('0001-01-01T');
  if (typeof value !== 'object') return false;
  return Object.values(value).every(isEmpty);
}

function formatKey(key: string): string {
  return /^[\w./@:-]+$/.test(key) && !key.endsWith(':') ? key : JSON.stringify(key);
}

const byteKeys =
  /^(Memory|MemoryReservation|KernelMemory|ShmSize|Size|SizeRw|SizeRootFs|VirtualSize)$/;

function formatScalar(key: string, value: unknown): string {
  if (typeof value === 'number') {
    return byteKeys.test(key) && value >= 1000
      ? `${String(value)}  # ${formatSize(value)}`
      : String(value);
  }
  if (typeof value !== 'string') return String(value);
  const date = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value)
    ? new Date(value)
    : undefined;
  if (date && !Number.isNaN(date.getTime())) return `${value}  # ${formatDateTime(date)}`;
  // A text that YAML would read as another type, or that contains line breaks.
  const risky =
    /^[\s\-?:,[\]{}#&*!|>'"%@`]|: |\s#|[\n\r\t]|\s$|^(?:true|false|null|yes|no|on|off|~)$|^[\d.+-]+$/i;
  return risky.test(value) ? JSON.stringify(value) : value;
}
