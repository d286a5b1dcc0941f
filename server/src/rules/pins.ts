/** Installs whose packages name no version: what the rules on pinning have in common. */
import type { Problem } from '../lint/rule.ts';
import type { CommandAt, Model } from '../model/model.ts';
import { install, type Install, type Manager, type Package } from '../programs/install.ts';
import { t } from '../text/translated.ts';

export interface InstallAt extends CommandAt {
  readonly install: Install;
}

/** What the commands of these names install by this manager. */
export function* installsOf(
  model: Model,
  manager: Manager,
  names: readonly (string | RegExp)[],
): Iterable<InstallAt> {
  for (const at of model.commands(...names)) {
    const found = install(at.command);
    if (found?.manager !== manager) continue;
    const { command, via, inside, run, stage } = at;
    yield { command, via, inside, run, stage, install: found };
  }
}

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
