/** What the commands of a package manager install, with their place in the file. */
import { installOf, type Install, type Manager } from '../programs/install.ts';
import type { Family } from '../programs/program.ts';
import type { CommandAt, Model } from './model.ts';

export interface InstallAt extends CommandAt {
  readonly install: Install;
}

/** What the commands with these names install with this package manager. */
export function* installsOf(model: Model, manager: Manager, names: Family): Iterable<InstallAt> {
  for (const at of model.commands(...names)) {
    const found = installOf(at.command);
    if (found?.manager !== manager) continue;
    const { command, via, ancestors, name, run, stage } = at;
    yield { command, via, ancestors, name, run, stage, install: found };
  }
}
