import { mountFields } from '../syntax/check/mount.ts';
import type { Run } from '../syntax/tree.ts';

const none: readonly never[] = [];

/** Where the cache and tmpfs mounts of a step lie. */
export function cacheTargets(run: Run): readonly string[] {
  if (run.flags.length === 0) return none;
  return run.flags.flatMap(({ name, value }) => {
    if (name.text !== 'mount' || value === undefined) return [];
    const fields = mountFields(value);
    const field = (key: string): string | undefined => fields.find((it) => it.key === key)?.value;
    const target = field('target')?.replace(/\/+$/, '') ?? '';
    return ['cache', 'tmpfs'].includes(field('type')?.toLowerCase() ?? '') && target !== '' ? [target] : []; // prettier-ignore
  });
}

/** Whether a cache or tmpfs mount lies on a path or around it, so that what is written there is not in the layer. */
export function isMounted(run: Run, path: string): boolean {
  return cacheTargets(run).some(
    (target) => path === target || path.startsWith(`${target}/`) || target.endsWith(path),
  );
}
