/** What the rules on caches of package managers have in common: who filled one, and whether it stays in the layer. */
import type { Report } from '../rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { Family } from '../../programs/program.ts';
import { removal } from '../../programs/removal.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { t } from '../../text/translated.ts';
import { appendCommand } from '../edits/appended-command.ts';
import { isRemovedLater, laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

export interface Cache {
  /** As its users call it. */
  readonly title: string;
  /** The names of its commands. */
  readonly names: Family;
  readonly fills: (at: CommandAt) => boolean;
  readonly clears: (at: CommandAt) => boolean;
  /** Where it lies; ends of paths where it is in a home. */
  readonly folders: readonly string[];
  /** Arguments of `rm` that take it away. */
  readonly removed: RegExp;
  /** The command that clears it. */
  readonly clear: string | ((model: Model, at: CommandAt) => string);
  /** Whether it may take more with it than the cache. */
  readonly unsafe?: true;
}

/** One problem for each step of a shipped stage that leaves the cache behind, at the last command that filled it. */
export function leftCaches(model: Model, cache: Cache, report: Report): void {
  const { names, fills, clears, folders, removed, title, clear, unsafe } = cache;
  const found = [...model.commands(...names)].filter(fills);
  for (const [i, at] of found.entries()) {
    const { run, stage } = at;
    if (stage === undefined || found[i + 1]?.run === run) continue;
    if (!(isShipped(model, stage) || run.onbuild)) continue;
    if (folders.some((folder) => isMounted(run, folder))) continue;
    if (laterCommands(model, at, names).some(clears) || isRemovedLater(model, at, removed))
      continue;
    const isPowerShell = model.stateAt(run).shell.dialect === 'powershell';
    const isGone = isPowerShell || isUninstalled(model, at, title);
    const command = typeof clear === 'string' ? clear : clear(model, at);
    const fix = isGone ? undefined : appendCommand(model, run, command);
    report({
      at: at.command,
      message: t('The cache of `{0}` stays in the layer', title),
      ...(fix && { fix: unsafe ? { ...fix, safe: false as const } : fix }),
    });
  }
}

/** The manager itself may be gone at the end of the step, so that nothing can be asked of it there. */
function isUninstalled(model: Model, at: CommandAt, title: string): boolean {
  return (
    laterCommands(model, at, systemManagers).some(
      ({ command }) => removal(command) !== undefined,
    ) ||
    laterCommands(model, at, ['rm']).some(({ command }) =>
      command.args.some(({ text }) => text.includes(title)),
    )
  );
}
