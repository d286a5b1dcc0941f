/** Which entries of a build context BuildKit requests (github.com/tonistiigi/fsutil, filter.go). */
import { ignoreFilter } from '../../../../server/src/ignore/ignore-filter.ts';
import { followLinks } from './follow-links.ts';
import type { WalkOptions } from './walk.ts';

export interface RequestedPaths {
  /** Undefined if BuildKit does not say, so that all are needed. */
  readonly followed: readonly string[] | undefined;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}

/** Undefined if a pattern is not valid. */
export async function selectionOf(
  directory: string,
  { followed, included, excluded }: RequestedPaths,
): Promise<WalkOptions | undefined> {
  const targets = followed && (await followLinks(directory, followed));
  const patterns = [...included, ...(targets ?? [])];
  const include = patterns.length === 0 ? null : ignoreFilter(patterns);
  const exclude = excluded.length === 0 ? null : ignoreFilter(excluded);
  if (include === undefined || exclude === undefined) return undefined;
  return { ...(include && { include }), ...(exclude && { exclude }) };
}
