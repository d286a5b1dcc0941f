/** What stages are built on, and what they are for. */
import type { Image, Stage } from '../model/model.ts';

/** The stage at the bottom: itself, or the one that it is built from over any number of others. */
export function bottomOf(stage: Stage): Stage {
  let below = stage;
  while (below.base && 'from' in below.base) below = below.base;
  return below;
}

/** The image under a stage, over any number of others; undefined for scratch and where it is not known. */
export function imageUnder(stage: Stage): Image | undefined {
  const { base } = bottomOf(stage);
  return base && !('from' in base) ? base : undefined;
}

/** Whether a stage is one of those that a stage is built from, or itself. */
export function isUnder(below: Stage, stage: Stage): boolean {
  for (let at: Stage | undefined = stage; at;) {
    if (at === below) return true;
    at = at.base && 'from' in at.base ? at.base : undefined;
  }
  return false;
}

/** Whether an official image of Ruby is older than a release; false where its tag does not say. */
export function isOlderRuby(image: Image, [major, minor]: readonly [number, number]): boolean {
  const [, first, second = '99'] = /^(\d+)(?:\.(\d+))?/.exec(image.tag ?? '') ?? [];
  if (first === undefined || !/(?:^|\/)ruby$/.test(image.repository)) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
}

/** Stages named for work on the program, not for its users: `dev`, `test-runner`. */
export function isForDevelopment({ name }: Stage): boolean {
  return (
    name !== undefined &&
    /(?:^|[-_.])(?:dev|devel|develop|development|debug|test|tests|testing|ci|local|lint)(?:[-_.]|$)/i.test(name) // prettier-ignore
  );
}
