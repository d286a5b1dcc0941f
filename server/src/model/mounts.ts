import { mountFields } from '../syntax/check/mount.ts';
import type { Run } from '../syntax/tree.ts';

const none: readonly never[] = [];

/** The target paths of the cache and tmpfs mounts of a step. */
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

/** Whether a path is in a cache or tmpfs mount, so that files written there are not in the layer. */
export function isMounted(run: Run, path: string): boolean {
  return cacheTargets(run).some(
    (target) => path === target || path.startsWith(`${target}/`) || target.endsWith(path),
  );
}
