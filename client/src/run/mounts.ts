/** The values of `-v`, `--mount` and `--tmpfs` as one type. */
import { t } from '@vscode/l10n';
import { bytesOf, fieldsOf, isFields, lineOf, pairOf } from '../command-line/values.ts';

export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';
  /** A path of this machine, the name of a volume or an image; empty for an anonymous volume and for tmpfs. */
  readonly source: string;
  /** In the container. */
  readonly target: string;
  readonly readOnly: boolean;
  /** The other options: `z` of `-v`, `bind-propagation=rslave` of `--mount`. */
  readonly options: readonly string[];
}

/** Reads a value of `-v`; returns an error message if it is invalid. */
export function volumeMount(text: string): Mount | string {
  const parts = text.length <= 2 ? [text] : partsOf(text);
  const [first = '', second, third, more] = parts;
  if (more !== undefined) return t('{0} has too many colons; use source:target:options', text);
  const target = second ?? first;
  const source = second === undefined ? '' : first;
  if (parts.includes('') || text === '') return t('{0} has an empty source or target', text);
  if (!isAbsolute(target)) return notAbsolute(target);
  const words = third === undefined ? [] : third.split(',');
  return {
    type: isPath(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: words.findLast((word) => word === 'ro' || word === 'rw') === 'ro',
    options: words.filter((word) => word !== 'ro' && word !== 'rw'),
  };
}

function notAbsolute(target: string): string {
  return t('{0} must be an absolute path in the container', target);
}

/** Splits at colons, except after a Windows drive letter. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const part of text.split(':')) {
    const drive = parts.at(-1);
    const joins = drive !== undefined && /^[A-Za-z]$/.test(drive) && /^[\\/]/.test(part);
    if (joins) parts.splice(-1, 1, `${drive}:${part}`);
    else parts.push(part);
  }
  return parts;
}

/** Whether a source is a path and not the name of a volume. */
export function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|[A-Za-z]:[\\/])/.test(source);
}

export function isAbsolute(path: string): boolean {
  return /^(?:\/|\\\\|[A-Za-z]:[\\/])/.test(path);
}

const types = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'] as const;

/** Reads a value of `--mount`; returns an error message if docker would refuse it. */
export function longMount(text: string): Mount | string {
  if (!isFields(text)) return t('{0} has a quote inside a field', text);
  const mount = { type: 'volume' as Mount['type'], source: '', target: '', readOnly: false };
  const options: string[] = [];
  for (const field of fieldsOf(text)) {
    const [name, value] = pairOf(field);
    const key = name.toLowerCase();
    const taken = takeField(mount, key, value);
    if (typeof taken === 'string') return taken;
    if (taken) continue;
    const trouble = optionTrouble(key, value);
    if (trouble !== undefined) return trouble;
    options.push(value === undefined ? `${key}=true` : `${key}=${lowered(key, value)}`);
  }
  if (mount.target === '') return t('{0} has no target; add target=', text);
  if (!isAbsolute(mount.target)) return notAbsolute(mount.target);
  const whole = { ...mount, options };
  return mountTrouble(whole) ?? whole;
}

/** Takes a field that every type has. Returns whether it is one, or an error message for its value. */
function takeField(
  mount: { -readonly [K in keyof Omit<Mount, 'options'>]: Mount[K] },
  key: string,
  value: string | undefined,
): boolean | string {
  switch (key) {
    case 'type': {
      const type = types.find((one) => one === value?.toLowerCase());
      if (type === undefined) {
        return t('{0} is not a valid mount type; use bind, volume, tmpfs or image', value ?? '');
      }
      mount.type = type;
      return true;
    }
    case 'source':
    case 'src':
      mount.source = value ?? '';
      return true;
    case 'target':
    case 'dst':
    case 'destination':
      mount.target = value ?? '';
      return true;
    case 'readonly':
    case 'ro': {
      const read = value === undefined ? true : booleanOf(value);
      if (read === undefined) return invalid(key, value ?? '');
      mount.readOnly = read;
      return true;
    }
    default:
      return false;
  }
}

/** As Go's strconv.ParseBool reads it. */
export function booleanOf(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

function invalid(key: string, value: string): string {
  return t('{0} is not a valid value of {1}', value, key);
}

/** The type that each option belongs to, undefined for all types, and the syntax of its value. */
const mountOptions: Readonly<
  Record<string, { readonly type?: Mount['type']; readonly valid?: (value: string) => boolean }>
> = {
  consistency: {},
  'bind-propagation': { type: 'bind' },
  'bind-nonrecursive': { type: 'bind', valid: isBoolean },
  'bind-recursive': {
    type: 'bind',
    valid: (value) => /^(?:enabled|disabled|writable|readonly)$/.test(value),
  },
  // Since docker 29.
  'bind-create-src': { type: 'bind', valid: isBoolean },
  'volume-driver': { type: 'volume' },
  'volume-opt': { type: 'volume' },
  'volume-label': { type: 'volume' },
  'volume-nocopy': { type: 'volume', valid: isBoolean },
  'volume-subpath': { type: 'volume' },
  'image-subpath': { type: 'image' },
  'tmpfs-size': { type: 'tmpfs', valid: (value) => bytesOf(value) !== undefined },
  'tmpfs-mode': { type: 'tmpfs', valid: (value) => /^[0-7]+$/.test(value) },
};

/** Options that can be given without a value. */
const bare = new Set(['volume-nocopy', 'bind-nonrecursive', 'bind-create-src']);

function isBoolean(value: string): boolean {
  return booleanOf(value) !== undefined;
}

function lowered(key: string, value: string): string {
  return key === 'consistency' || key === 'bind-propagation' ? value.toLowerCase() : value;
}

function optionTrouble(key: string, value: string | undefined): string | undefined {
  const known = Object.hasOwn(mountOptions, key) ? mountOptions[key] : undefined;
  if (known === undefined) return t('--mount has no option {0}', key);
  if (value === undefined) {
    return bare.has(key) ? undefined : t('{0} requires a value', key);
  }
  return known.valid?.(value) === false ? invalid(key, value) : undefined;
}

/** Options that are invalid together. */
function mountTrouble(mount: Mount): string | undefined {
  const { type, source, readOnly, options } = mount;
  const foreign = options
    .map((option) => pairOf(option)[0])
    .find((key) => (mountOptions[key]?.type ?? type) !== type);
  if (foreign !== undefined) {
    return t('{0} requires type={1}', foreign, mountOptions[foreign]?.type ?? '');
  }
  if (source === '' && (type === 'bind' || type === 'image')) {
    return t('a mount of type {0} requires a source', type);
  }
  if (source !== '' && type === 'tmpfs') return t('a mount of type tmpfs has no source');
  if (source === '' && type === 'volume' && readOnly) {
    return t('an anonymous volume cannot be read-only');
  }
  const recursive = optionValue(mount, 'bind-recursive');
  if ((recursive === 'writable' || recursive === 'readonly') && !readOnly) {
    return t('{0} requires readonly', `bind-recursive=${recursive}`);
  }
  return recursive === 'readonly' && optionValue(mount, 'bind-propagation') !== 'rprivate'
    ? t('{0} requires bind-propagation=rprivate', 'bind-recursive=readonly')
    : undefined;
}

/** The last value of an option; options without one are `true`. */
export function optionValue({ options }: Mount, name: string): string | undefined {
  const found = options.map(pairOf).findLast(([key]) => key === name);
  return found === undefined ? undefined : (found[1] ?? 'true');
}

/** All values of an option that may be given several times. */
export function optionValues({ options }: Mount, name: string): readonly string[] {
  return options.map(pairOf).flatMap(([key, value]) => (key === name ? [value ?? ''] : []));
}

/** Reads a value of `--tmpfs`, such as `/run:size=64m`. */
export function tmpfsMount(text: string): Mount | string {
  const [, target = '', words = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (!isAbsolute(target)) return notAbsolute(target);
  const options = words === '' ? [] : words.split(',');
  return {
    type: 'tmpfs',
    source: '',
    target,
    readOnly: options.includes('ro'),
    options: options.filter((word) => word !== 'ro'),
  };
}

/** The value of `-v`. */
export function volumeText({ source, target, readOnly, options }: Mount): string {
  const words = [...(readOnly ? ['ro'] : []), ...options];
  return [
    ...(source === '' ? [] : [source]),
    target,
    ...(words.length > 0 ? [words.join(',')] : []),
  ].join(':');
}

/** The value of `--mount`. */
export function longText({ type, source, target, readOnly, options }: Mount): string {
  return lineOf([
    `type=${type}`,
    ...(source === '' ? [] : [`source=${source}`]),
    `target=${target}`,
    ...(readOnly ? ['readonly'] : []),
    ...options,
  ]);
}

/** The value of `--tmpfs`. */
export function tmpfsText({ target, readOnly, options }: Mount): string {
  const words = [...(readOnly ? ['ro'] : []), ...options];
  return words.length === 0 ? target : `${target}:${words.join(',')}`;
}
