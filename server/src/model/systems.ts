/** Base images that are a system and nothing more. */
import type { Stage } from './model.ts';
import { officialName } from './releases.ts';

/** They set `PATH`, to what BuildKit sets where an image has none, and leave `WORKDIR` at the root. */
const bare: ReadonlySet<string> = new Set(
  'almalinux alpine amazonlinux busybox debian rockylinux ubuntu'.split(' '),
);

/** What a stage is made from sets no variable but `PATH`: nothing at all, or a system alone. */
export function isBareBelow({ base, image }: Stage): boolean {
  if (base === undefined) return image === 'scratch';
  return 'from' in base ? isBareBelow(base) : bare.has(officialName(base) ?? '');
}
