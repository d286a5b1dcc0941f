/** Base images that contain only a system. */
import { rootStage } from './lineage.ts';
import type { Stage } from './model.ts';
import { officialName } from '../images/releases.ts';

/** These images set only `PATH`, to BuildKit's default, and leave `WORKDIR` at the root. */
const plainSystems: ReadonlySet<string> = new Set(
  'almalinux alpine amazonlinux busybox debian rockylinux ubuntu'.split(' '),
);

/** Whether a stage is built from scratch or from a system, so that the base sets no variable but `PATH`. */
export function isOnPlainSystem(stage: Stage): boolean {
  return isPlainSystem(rootStage(stage));
}

/** The same of a stage that is built from no other one. */
export function isPlainSystem({ base, image }: Stage): boolean {
  if (base?.kind !== 'image') return base === undefined && image === 'scratch';
  const { repository } = base;
  // The name of an official image is the last part of its repository, and for most images this says no at once.
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  return plainSystems.has(last) && officialName(base) === last;
}
