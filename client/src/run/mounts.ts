/** What is put into a container: `-v`, `--mount` and `--tmpfs`, in one shape. */
import { t } from '@vscode/l10n';
import { fieldsOf, lineOf, pairOf } from './values.ts';

export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';
  /** A path of this machine, the name of a volume; empty for a volume without a name and for tmpfs. */
  readonly source: string;
  /** In the container. */
  readonly target: string;
  readonly readOnly: boolean;
  /** What else was said: `z` of `-v`, `bind-propagation=rslave` of `--mount`. */
  readonly options: readonly string[];
}

/** The meaning of `-v`'s value; a sentence where it has none. */
export function volumeMount(text: string): Mount | string {
  const parts = partsOf(text);
  const [first = '', second, third, more] = parts;
  if (more !== undefined) return t('{0} has too many colons: source:target:options', text);
  const target = second ?? first;
  const source = second === undefined ? '' : first;
  if (target === '' || (second !== undefined && source === '')) {
    return t('{0} lacks a source or a target', text);
  }
  if (!isAbsolute(target)) return t('{0} must be a path from / in the container', target);
  const words = third === undefined ? [] : third.split(',');
  return {
    type: isPath(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: words.includes('ro'),
    options: words.filter((word) => word !== 'ro' && word !== 'rw'),
  };
}

/** At colons, but not at that of a drive of Windows. */
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

/** Whether a source is a path of this machine and no name of a volume. */
export function isPath(source: string): boolean {
  return /^(?:[/~\\]|\.{1,2}(?:[/\\]|$)|[A-Za-z]:[\\/])/.test(source);
}

export function isAbsolute(path: string): boolean {
  return /^(?:\/|\\\\|[A-Za-z]:[\\/])/.test(path);
}

const types = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'] as const;

/** The meaning of `--mount`'s value; a sentence where it has none. */
export function longMount(text: string): Mount | string {
  const mount = { type: 'volume' as Mount['type'], source: '', target: '', readOnly: false };
  const others: string[] = [];
  for (const field of fieldsOf(text)) {
    const [key, value] = pairOf(field);
    switch (key.toLowerCase()) {
      case 'type': {
        const type = types.find((one) => one === value?.toLowerCase());
        if (type === undefined) return t('{0} is no kind of mount', value ?? '');
        mount.type = type;
        break;
      }
      case 'source':
      case 'src':
        mount.source = value ?? '';
        break;
      case 'target':
      case 'dst':
      case 'destination':
        mount.target = value ?? '';
        break;
      case 'readonly':
      case 'ro':
        mount.readOnly = value === undefined || /^(?:true|1)$/i.test(value);
        break;
      default:
        if (!knownFields.has(key.toLowerCase())) return t('--mount knows no {0}', key);
        others.push(field);
    }
  }
  if (mount.target === '') return t('{0} lacks target=', text);
  if (!isAbsolute(mount.target)) {
    return t('{0} must be a path from / in the container', mount.target);
  }
  if (mount.type === 'bind' && mount.source === '') return t('{0} lacks source=', text);
  return { ...mount, options: others };
}

const knownFields = new Set([
  'bind-propagation',
  'bind-nonrecursive',
  'bind-recursive',
  'bind-create-src',
  'consistency',
  'volume-driver',
  'volume-opt',
  'volume-label',
  'volume-nocopy',
  'volume-subpath',
  'image-subpath',
  'tmpfs-size',
  'tmpfs-mode',
  'tmpfs-opt',
]);

/** The meaning of `--tmpfs /run:size=64m`. */
export function tmpfsMount(text: string): Mount | string {
  const [, target = '', words = ''] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (!isAbsolute(target)) return t('{0} must be a path from / in the container', target);
  const options = words === '' ? [] : words.split(',');
  return {
    type: 'tmpfs',
    source: '',
    target,
    readOnly: options.includes('ro'),
    options: options.filter((word) => word !== 'ro'),
  };
}

/** As `-v` takes it. */
export function volumeText({ source, target, readOnly, options }: Mount): string {
  const words = [...(readOnly ? ['ro'] : []), ...options];
  return [
    ...(source === '' ? [] : [source]),
    target,
    ...(words.length > 0 ? [words.join(',')] : []),
  ].join(':');
}

/** As `--mount` takes it. */
export function longText({ type, source, target, readOnly, options }: Mount): string {
  return lineOf([
    `type=${type}`,
    ...(source === '' ? [] : [`source=${source}`]),
    `target=${target}`,
    ...(readOnly ? ['readonly'] : []),
    ...options,
  ]);
}

/** As `--tmpfs` takes it. */
export function tmpfsText({ target, readOnly, options }: Mount): string {
  const words = [...(readOnly ? ['ro'] : []), ...options];
  return words.length === 0 ? target : `${target}:${words.join(',')}`;
}
