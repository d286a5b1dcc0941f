/** Rows and fields of the form as values of options, and back. */
import type { mountsOf } from './check-mounts.ts';
import type { Row, Value } from './form.ts';
import { gpuChoice, gpuText } from './gpu-choice.ts';
import { longText, tmpfsText, volumeText, type Mount } from './mounts.ts';
import { portRuleOf, portText } from './ports.ts';
import { fieldsOf, lineOf } from '../command-line/values.ts';

/** A mount, with the option that it is in. */
type PlacedMount = ReturnType<typeof mountsOf>[number];

/** The row of a published port; undefined if it has no row. */
export function portRow(text: string): Row | undefined {
  const rule = portRuleOf(text);
  if (typeof rule === 'string') return undefined;
  const host = portText({ ...rule, container: '', protocol: 'tcp' }).replace(/:$/, '');
  return { host, container: rule.container, protocol: rule.protocol };
}

/** The row of a mount. */
export function mountRow({ place, mount }: PlacedMount): Row {
  const { type, source, target, readOnly, options } = mount;
  return { how: place, type, source, target, readOnly, options: lineOf(options) };
}

/** The option and the value of a row. */
function mountArguments(row: Row): readonly [option: 'volume' | 'mount' | 'tmpfs', value: string] {
  const words = textOf(row.options);
  const type = textOf(row.type);
  const mount: Mount = {
    type: type === 'volume' || type === 'tmpfs' ? type : 'bind',
    source: type === 'tmpfs' ? '' : textOf(row.source),
    target: textOf(row.target),
    readOnly: row.readOnly === true,
    options: words === '' ? [] : fieldsOf(words),
  };
  if (mount.type === 'tmpfs') {
    const long = row.how === 'mount' || mount.options.some((option) => /^tmpfs-/.test(option));
    return long ? ['mount', longText(mount)] : ['tmpfs', tmpfsText(mount)];
  }
  // `-v` cannot have a colon in a path or an option with a value.
  const long =
    row.how === 'mount' ||
    mount.options.some((option) => option.includes('=')) ||
    /:/.test(mount.source.replace(/^[A-Za-z]:/, '') + mount.target);
  return long ? ['mount', longText(mount)] : ['volume', volumeText(mount)];
}

/** The text of a field without whitespace around it; empty if it has none. */
export function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The rows of a field; none if it is not a table. */
export function rowsOf(value: Value | undefined): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}

/** The option and the value of a port; undefined for an empty row. */
export function portArgument(row: Row): readonly [string, string] | undefined {
  const [host, container] = [textOf(row.host), textOf(row.container)];
  if (host === '' && container === '') return undefined;
  const protocol = textOf(row.protocol);
  const end = protocol === '' || protocol === 'tcp' ? container : `${container}/${protocol}`;
  return ['publish', host === '' ? end : `${host}:${end}`];
}

/** The option and the value of a mount; undefined for an empty row. */
export function mountArgument(row: Row): readonly [string, string] | undefined {
  return textOf(row.source) === '' && textOf(row.target) === '' ? undefined : mountArguments(row);
}

/** `0,1` are devices; a number of devices is written `count=2`. */
export function gpuArgument(text: string): string {
  return text === '' || text === 'all' || text.includes('=') ? text : gpuText(text.split(/[\s,]+/));
}

/** The value of the GPU field: a short form where there is one. */
export function gpuField(text: string): string {
  const choice = gpuChoice(text);
  if (choice === undefined) return /^-?\d+$/.test(text) ? `count=${text}` : text;
  return choice === 'all' ? 'all' : choice.join(',');
}
