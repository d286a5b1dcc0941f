/** Installs whose packages name no version: what the rules on pinning have in common. */
import type { Problem } from '../rule.ts';
import type { Package } from '../../programs/install.ts';
import { t } from '../../text/translated.ts';

/** One problem an install, at the first package that is loose; undefined where none is. */
export function loosePackages(
  packages: readonly Package[],
  isLoose: (one: Package) => boolean,
): Pick<Problem, 'at' | 'message'> | undefined {
  const loose = packages.filter(isLoose);
  const [first] = loose;
  if (first === undefined) return undefined;
  const more = loose.length - 1;
  return {
    at: first.word,
    message:
      more === 0
        ? t('`{0}` has no version: the newest one is taken', first.name)
        : t('`{0}` and {1} more have no version: the newest ones are taken', first.name, more),
  };
}

/** Whether a shell puts something into the word, so that nobody can read a version off it. */
export function isOpen({ word }: Package): boolean {
  return word.variables.length > 0 || word.scripts.length > 0;
}
