/**
 * The common part of the rules about caches of package managers: the command that fills a cache, and whether the cache
 * stays in the layer.
 */
import type { Report } from '../rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import type { Family } from '../../programs/program.ts';
import { t } from '../../text/translation.ts';
import { addCleanup } from './add-cleanup.ts';
import { isRemovedLater, laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

export interface Cache {
  /** Its name in messages. */
  readonly title: string;
  /** The names of the commands that use it. */
  readonly names: Family;
  readonly fills: (at: CommandAt) => boolean;
  readonly clears: (at: CommandAt) => boolean;
  /** Its directories; ends of paths if it is in a home directory. */
  readonly folders: readonly string[];
  /** Matches arguments of `rm` that remove it. */
  readonly removed: RegExp;
  /** The command that clears it. */
  readonly clear: string | ((model: Model, at: CommandAt) => string);
  /** Whether that command may remove more than the cache. */
  readonly unsafe?: true;
}

/**
 * One problem for each step of a stage in the final image that leaves the cache in its layer, at the last command that
 * filled it.
 */
export function reportLeftCaches(model: Model, cache: Cache, report: Report): void {
  const { names, fills, clears, folders, removed, title, clear, unsafe } = cache;
  const found = [...model.commands(...names)].filter(fills);
  for (const [i, at] of found.entries()) {
    const { run, stage } = at;
    if (stage === undefined || found[i + 1]?.run === run) continue;
    if (!(isShipped(model, stage) || run.onbuild)) continue;
    if (folders.some((folder) => isMounted(run, folder))) continue;
    if (laterCommands(model, at, names).some(clears) || isRemovedLater(model, at, removed))
      continue;
    const isPowerShell = model.shellAt(run)?.dialect === 'powershell';
    const command = typeof clear === 'string' ? clear : clear(model, at);
    const fix = isPowerShell ? undefined : addCleanup(model, at, command);
    report({
      at: at.command,
      message: t('The cache of `{0}` stays in the layer', title),
      ...(fix && { fix: unsafe ? { ...fix, safe: false as const } : fix }),
    });
  }
}
