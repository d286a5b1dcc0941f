/** Packages that are installed without a version: the common part of the rules about pinning. */
import type { Problem } from '../rule.ts';
import type { Package } from '../../programs/install.ts';
import { t } from '../../text/translation.ts';

/** One problem per command, at the first package that is not pinned; undefined if all are. */
export function unpinnedProblem(
  packages: readonly Package[],
  isUnpinned: (one: Package) => boolean,
): Pick<Problem, 'at' | 'message'> | undefined {
  const unpinned = packages.filter(isUnpinned);
  const [first] = unpinned;
  if (first === undefined) return undefined;
  const more = unpinned.length - 1;
  return {
    at: first.word,
    message:
      more === 0
        ? t('`{0}` is not pinned; the newest version is installed', first.name)
        : t(
            '`{0}` and {1} more are not pinned; the newest versions are installed',
            first.name,
            more,
          ),
  };
}

/** Whether the shell expands a part of the word, so that its version is not known. */
export function hasExpansion({ word }: Package): boolean {
  return word.variables.length > 0 || word.scripts.length > 0;
}
