/** How long the instructions of an image took, from the builds that this workspace has seen. */
import { pastBuildOf, pastBuildsKey, readPastBuilds } from '../ui/past-builds.ts';
import type { Editor } from '../ui/editor.ts';

/**
 * Milliseconds by the index of the step, the first one first; of a cached step, of its last execution that is known. Empty
 * if no build is known that made the image.
 */
export function buildTimes(
  editor: Pick<Editor, 'getState'>,
  image: string,
  steps: number,
): ReadonlyMap<number, number> {
  const build = pastBuildOf(readPastBuilds(editor.getState(pastBuildsKey)), image);
  const known = (build?.steps ?? []).flatMap(({ entry, ms, ran = ms }) =>
    entry === undefined || ran === undefined ? [] : [[steps - 1 - entry, ran] as const],
  );
  return new Map(known);
}
