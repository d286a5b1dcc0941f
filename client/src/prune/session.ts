/** Prunes unused objects: shows a preview with sizes, asks for confirmation, and reports the result. */
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { isConnectionError, isEngineError } from '../engine/errors.ts';
import { ageBetween, formatAge, joinDetails, formatSize } from '../ui/format.ts';
import type { Tools } from '../ui/tools.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { prunableLater, type CountPrunableLater } from './second-prune.ts';
import { formatNames } from '../ui/name-list.ts';
import {
  groupCacheRecords,
  findUnused,
  type Prunable,
  type PruneKind,
  type Unused,
} from './candidates.ts';
import { chooseFilter } from './filter.ts';

/** Prunes the unused objects of these kinds that the user selects. */
export async function prune(
  { engine: connected, editor, volumeSizes }: Tools,
  kinds: readonly PruneKind[],
): Promise<void> {
  const engine = await connected();
  const unused = await editor.withProgress(t('Finding unused objects'), (signal) =>
    findUnused(engine, kinds, signal),
  );
  if (unused.all.length === 0) {
    await editor.showInformation(t('Nothing to prune.'));
    return;
  }
  const filter = await chooseFilter(editor, unused.all);
  if (filter === undefined) return;
  const rows = groupCacheRecords(unused.all.filter(filter));
  if (rows.length === 0) {
    await editor.showInformation(t('No unused objects match the filter.'));
    return;
  }
  const later = kinds.includes('container') ? prunableLater(await engine.containers()) : undefined;
  const chosen = await editor.pickMany(t('Prune'), toChoices(rows), (selected) =>
    selectionSummary(selected, unused, later),
  );
  if (chosen === undefined || chosen.length === 0) return;
  if (!(await confirmPrune(editor, chosen, unused))) return;
  const outcome = await editor.withProgress(t('Pruning'), (signal, report) =>
    removeAll(engine, chosen, { unused, signal, report: (name) => report(name) }),
  );
  for (const { kind, ids } of chosen) if (kind === 'volume') volumeSizes.delete(ids[0] ?? '');
  await reportOutcome(editor, outcome);
}

function toChoices(rows: readonly Prunable[]): readonly Choice<Prunable>[] {
  const now = new Date();
  return rows.map((row, index) => ({
    label: row.label,
    description: joinDetails(
      row.description,
      // The status of a container already contains a time.
      row.kind === 'container' || row.since.getTime() === 0
        ? undefined
        : formatAge(ageBetween(row.since, now)),
    ),
    picked: row.preselected,
    ...(rows[index - 1]?.kind !== row.kind && { heading: headingOf(row.kind) }),
    value: row,
  }));
}

function headingOf(kind: PruneKind): string {
  switch (kind) {
    case 'container':
      return t('Containers');
    case 'network':
      return t('Networks');
    case 'volume':
      return t('Volumes');
    case 'image':
      return t('Images');
    case 'cache':
      return t('Build cache');
  }
}

function selectionSummary(
  rows: readonly Prunable[],
  unused: Unused,
  later: CountPrunableLater | undefined,
): string {
  const frees = t('frees {0}', formatSize(bytesOf(rows, unused)));
  const count = later?.(rows.flatMap(({ kind, ids }) => (kind === 'container' ? ids : []))) ?? 0;
  // Objects used by the selected containers are not listed, because they become unused only after the removal.
  if (count === 0) return frees;
  return count === 1
    ? t('{0}; 1 object used only by these containers can be pruned afterwards', frees)
    : t('{0}; {1} objects used only by these containers can be pruned afterwards', frees, count);
}

/** Layers that images share are counted once. */
function bytesOf(rows: readonly Prunable[], { bytes }: Unused): number {
  const images = new Set(rows.flatMap(({ kind, ids }) => (kind === 'image' ? ids : [])));
  const others = rows.filter(({ kind }) => kind !== 'image');
  return others.reduce((total, row) => total + row.size, 0) + bytes.freed(images);
}

function confirmPrune(editor: Editor, rows: readonly Prunable[], unused: Unused): Promise<boolean> {
  const labelsOf = (kind: PruneKind) =>
    rows
      .filter((row) => row.kind === kind && !(kind === 'volume' && row.preselected))
      .map(({ label }) => label);
  const volumes = labelsOf('volume');
  const containers = labelsOf('container');
  const details = [
    ...(volumes.length > 0
      ? [t('All files in {0} will be deleted. This cannot be undone.', formatNames(volumes, 8))]
      : []),
    ...(containers.length > 0
      ? [t('Files written inside {0} will be deleted.', formatNames(containers, 8))]
      : []),
    t('Images can be pulled or built again. The next build can reuse less of the build cache.'),
  ];
  const question = t(
    'Remove {0} and free {1}?',
    formatCounts(rows),
    formatSize(bytesOf(rows, unused)),
  );
  return editor.confirm(question, details.join(' '), t('Remove'));
}

/** `3 containers, 1 image and 40 records of build cache`. */
function formatCounts(rows: readonly Prunable[]): string {
  const count = (kind: PruneKind): number =>
    rows.reduce((total, row) => (row.kind === kind ? total + row.ids.length : total), 0);
  const [containers, networks, volumes, images, cache] = (
    ['container', 'network', 'volume', 'image', 'cache'] as const
  ).map(count);
  return formatNames(
    [
      containers === 1 ? t('1 container') : containers && t('{0} containers', containers),
      networks === 1 ? t('1 network') : networks && t('{0} networks', networks),
      volumes === 1 ? t('1 volume') : volumes && t('{0} volumes', volumes),
      images === 1 ? t('1 image') : images && t('{0} images', images),
      cache === 1 ? t('1 build cache record') : cache && t('{0} build cache records', cache),
    ].filter((part) => typeof part === 'string'),
    5,
  );
}

interface RemoveOptions {
  readonly unused: Unused;
  readonly signal: AbortSignal;
  readonly report: (name: string) => void;
}

interface Outcome {
  readonly removed: readonly Prunable[];
  readonly failures: readonly string[];
  /** Bytes freed, as reported by the engine. */
  readonly freed: number;
}

/** Removes the objects one after the other; a failure does not stop the others. */
async function removeAll(
  engine: Engine,
  rows: readonly Prunable[],
  { unused, signal, report }: RemoveOptions,
): Promise<Outcome> {
  const removed: Prunable[] = [];
  const failures: string[] = [];
  let cache = 0;
  for (const row of rows) {
    if (signal.aborted) break;
    report(row.label);
    try {
      cache += await removeOne(engine, row, signal);
      removed.push(row);
    } catch (error) {
      if (!isEngineError(error) || isConnectionError(error)) throw error;
      failures.push(`${row.label}: ${error.message}`);
    }
  }
  const images = removed.filter(({ kind }) => kind === 'image');
  const others = removed
    .filter(({ kind }) => kind !== 'image' && kind !== 'cache')
    .reduce((total, row) => total + row.size, 0);
  return {
    removed,
    failures,
    freed: others + cache + (await layersFreed(engine, images, unused)),
  };
}

/** Removes one object; resolves to the bytes freed in the build cache. The engine does not report them for other objects. */
async function removeOne(engine: Engine, row: Prunable, signal: AbortSignal): Promise<number> {
  const [id = ''] = row.ids;
  switch (row.kind) {
    case 'container':
      await engine.remove(id);
      return 0;
    case 'network':
      await engine.removeNetwork(id);
      return 0;
    case 'volume':
      await engine.removeVolume(id);
      return 0;
    case 'image':
      // `force` removes all tags of the image. A running container that was created meanwhile still prevents it.
      await engine.removeImage(id, { force: true });
      return 0;
    case 'cache':
      return engine.pruneBuildCache(row.ids, signal);
  }
}

/** The decrease of the total layer size, or the estimate if the engine does not report that size. */
async function layersFreed(
  engine: Engine,
  images: readonly Prunable[],
  unused: Unused,
): Promise<number> {
  if (images.length === 0) return 0;
  const estimated = unused.bytes.freed(new Set(images.flatMap(({ ids }) => ids)));
  const { layersSize: before } = unused.usage;
  const { signal } = new AbortController();
  const after = await engine.diskUsage(signal).catch(() => undefined);
  if (before === undefined || after?.layersSize === undefined) return estimated;
  return Math.max(0, before - after.layersSize);
}

async function reportOutcome(editor: Editor, { removed, failures, freed }: Outcome): Promise<void> {
  const summary =
    removed.length === 0
      ? undefined
      : t('Freed {0}. Removed {1}.', formatSize(freed), formatCounts(removed));
  if (failures.length === 0) {
    if (summary !== undefined) void editor.showInformation(summary);
    return;
  }
  const failureText = t('Could not remove {0}', formatNames(failures, 3));
  await editor.showWarning(summary === undefined ? failureText : `${summary} ${failureText}`);
}
