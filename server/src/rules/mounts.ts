import { mountFields } from '../syntax/check/mount.ts';
import type { Run } from '../syntax/tree.ts';

/** Whether a cache or tmpfs mount lies on a path or around it, so that what is written there is not in the layer. */
export function isMounted(run: Run, path: string): boolean {
  return run.flags.some(({ name, value }) => {
    if (name.text !== 'mount' || value === undefined) return false;
    const fields = mountFields(value);
    const field = (key: string): string | undefined => fields.find((it) => it.key === key)?.value;
    const target = field('target')?.replace(/\/+$/, '') ?? '';
    if (!['cache', 'tmpfs'].includes(field('type')?.toLowerCase() ?? '') || target === '')
      return false;
    return path === target || path.startsWith(`${target}/`) || target.endsWith(path);
  });
}
