/** What the commands of a package manager install, and where. */
import { install, type Install, type Manager } from '../programs/install.ts';
import type { Family } from '../programs/program.ts';
import type { CommandAt, Model } from './model.ts';

export interface InstallAt extends CommandAt {
  readonly install: Install;
}

/** What the commands of these names install by this manager. */
export function* installsOf(model: Model, manager: Manager, names: Family): Iterable<InstallAt> {
  for (const at of model.commands(...names)) {
    const found = install(at.command);
    if (found?.manager !== manager) continue;
    const { command, via, inside, run, stage } = at;
    yield { command, via, inside, run, stage, install: found };
  }
}
