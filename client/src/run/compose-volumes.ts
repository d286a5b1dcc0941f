/** Mounts as compose files write them. */
import type { Mount } from './mounts.ts';
import { pairOf } from './values.ts';

/** What the short list of tmpfs mounts can say. */
export function isPlainTmpfs({ type, options }: Mount): boolean {
  return type === 'tmpfs' && options.every((option) => !option.startsWith('tmpfs-'));
}

/** An entry under `volumes` of a service; short where that says all. */
export function volumeEntry(
  { type, source, target, readOnly, options }: Mount,
  folder: string | undefined,
): unknown {
  const place = type === 'bind' ? relative(source, folder) : source;
  if (type !== 'tmpfs' && options.every((option) => !option.includes('='))) {
    const words = [...(readOnly ? ['ro'] : []), ...options];
    const parts = [
      ...(place === '' ? [] : [place]),
      target,
      ...(words.length > 0 ? [words.join(',')] : []),
    ];
    return dollars(parts.join(':'));
  }
  const value = (name: string) => options.map(pairOf).find(([key]) => key === name)?.[1];
  const propagation = value('bind-propagation');
  const size = value('tmpfs-size');
  const mode = value('tmpfs-mode');
  return {
    type,
    ...(place !== '' && { source: place }),
    target,
    ...(readOnly && { read_only: true }),
    ...(propagation !== undefined && { bind: { propagation } }),
    ...(options.includes('volume-nocopy=true') && { volume: { nocopy: true } }),
    ...((size ?? mode) !== undefined && {
      tmpfs: {
        ...(size !== undefined && { size }),
        ...(mode !== undefined && { mode: Number.parseInt(mode, 8) }),
      },
    }),
  };
}

/** `./data` for what lies below the compose file. */
export function relative(path: string, folder: string | undefined): string {
  if (folder === undefined) return path;
  if (path === folder) return '.';
  const below = path.startsWith(folder) && /^[/\\]/.test(path.slice(folder.length));
  return below ? `.${path.slice(folder.length).replaceAll('\\', '/')}` : path;
}

/** A sign of the dollar begins a variable in compose files. */
export function dollars(value: string): string {
  return value.replaceAll('$', '$$$$');
}
