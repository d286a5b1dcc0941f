/**
 * BuildKit keeps one copy of a build context for each key, and cuts it down to what the last build needed. Builds that need
 * different files therefore have different keys.
 */
import { createHash } from 'node:crypto';
import type { BuildRequest } from '../../../../contract/build.ts';

/** One key for each context, Dockerfile and target. */
export function sharedKeyOf({ context, dockerfile, target = '' }: BuildRequest): string {
  const place = context.kind === 'directory' ? context.path : context.address;
  return createHash('sha256').update([place, dockerfile, target].join('\0')).digest('hex');
}
