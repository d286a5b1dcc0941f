/** Base images that are a system and nothing more. */
import { isFromScratch, rootImage } from './lineage.ts';
import type { Stage } from './model.ts';
import { officialName } from '../images/releases.ts';

/** They set `PATH`, to what BuildKit sets where an image has none, and leave `WORKDIR` at the root. */
const bare: ReadonlySet<string> = new Set(
  'almalinux alpine amazonlinux busybox debian rockylinux ubuntu'.split(' '),
);

/** What a stage is made from sets no variable but `PATH`: nothing at all, or a system alone. */
export function isBareBelow(stage: Stage): boolean {
  const image = rootImage(stage);
  return image === undefined ? isFromScratch(stage) : bare.has(officialName(image) ?? '');
}
