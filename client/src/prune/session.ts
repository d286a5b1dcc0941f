/** Prune with eyes open: what is unused, how much of it goes, what then has gone. */
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { isConnectionTrouble, isEngineError } from '../engine/errors.ts';
import { ageOf, ago, joined, size } from '../ui/format.ts';
import type { Tools } from '../ui/tools.ts';
import type { Choice, Editor } from '../ui/editor.ts';
import { laterOf, type Later } from './second-prune.ts';
import { listed } from '../ui/name-list.ts';
import { gathered, unusedOf, type Prunable, type PruneKind, type Unused } from './candidates.ts';
import { chosenFilter } from './filter.ts';

/** Asks, removes and reports; what is unused of these kinds. */
export async function prune(
  { engine: connected, editor, volumeSizes }: Tools,
  kinds: readonly PruneKind[],
): Promise<void> {
  const engine = await connected();
  const unused = await editor.during(t('Looking for what nothing uses'), (signal) =>
    unusedOf(engine, kinds, signal),
  );
  if (unused.all.length === 0) {
    await editor.tell(t('There is nothing to prune.'));
    return;
  }
  const filter = await chosenFilter(editor, unused.all);
  if (filter === undefined) return;
  const rows = gathered(unused.all.filter(filter));
  if (rows.length === 0) {
    await editor.tell(t('Nothing that is unused fits.'));
    return;
  }
  const later = kinds.includes('container') ? laterOf(await engine.containers()) : undefined;
  const chosen = await editor.pickMany(t('Prune'), choicesOf(rows), (some) =>
    sum(some, unused, later),
  );
  if (chosen === undefined || chosen.length === 0) return;
  if (!(await confirmed(editor, chosen, unused))) return;
  const outcome = await editor.during(t('Pruning'), (signal, report) =>
    remove(engine, chosen, { unused, signal, report: (name) => report(name) }),
  );
  for (const { kind, ids } of chosen) if (kind === 'volume') volumeSizes.delete(ids[0] ?? '');
  await tell(editor, outcome);
}

function choicesOf(rows: readonly Prunable[]): readonly Choice<Prunable>[] {
  const now = new Date();
  return rows.map((row, index) => ({
    label: row.label,
    description: joined(
      row.fact,
      // A container's own words hold a time already.
      row.kind === 'container' || row.since.getTime() === 0
        ? undefined
        : ago(ageOf(row.since, now)),
    ),
    picked: row.safe,
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

function sum(rows: readonly Prunable[], unused: Unused, later: Later | undefined): string {
  const frees = t('frees {0}', size(bytesOf(rows, unused)));
  const count = later?.(rows.flatMap(({ kind, ids }) => (kind === 'container' ? ids : []))) ?? 0;
  // What a container uses is no choice here: it becomes unused only when the container has gone.
  if (count === 0) return frees;
  return count === 1
    ? t('{0}; 1 thing that only these containers use can go after them', frees)
    : t('{0}; {1} things that only these containers use can go after them', frees, count);
}

/** Layers that images share are counted once. */
function bytesOf(rows: readonly Prunable[], { bytes }: Unused): number {
  const images = new Set(rows.flatMap(({ kind, ids }) => (kind === 'image' ? ids : [])));
  const others = rows.filter(({ kind }) => kind !== 'image');
  return others.reduce((total, row) => total + row.size, 0) + bytes.freed(images);
}

function confirmed(editor: Editor, rows: readonly Prunable[], unused: Unused): Promise<boolean> {
  const named = (kind: PruneKind) =>
    rows.filter((row) => row.kind === kind && !(kind === 'volume' && row.safe));
  const volumes = named('volume').map(({ label }) => label);
  const containers = named('container').map(({ label }) => label);
  const details = [
    ...(volumes.length > 0
      ? [t('The files in {0} are lost; nothing brings them back.', listed(volumes, 8))]
      : []),
    ...(containers.length > 0
      ? [t('What was written in {0} is lost.', listed(containers, 8))]
      : []),
    t('Images can be pulled or built again; the next build has less to reuse.'),
  ];
  const question = t('Remove {0} and free {1}?', counted(rows), size(bytesOf(rows, unused)));
  return editor.confirm(question, details.join(' '), t('Remove'));
}

/** `3 containers, 1 image and 40 records of build cache`. */
function counted(rows: readonly Prunable[]): string {
  const count = (kind: PruneKind): number =>
    rows.reduce((total, row) => (row.kind === kind ? total + row.ids.length : total), 0);
  const [containers, networks, volumes, images, cache] = (
    ['container', 'network', 'volume', 'image', 'cache'] as const
  ).map(count);
  return listed(
    [
      containers === 1 ? t('1 container') : containers && t('{0} containers', containers),
      networks === 1 ? t('1 network') : networks && t('{0} networks', networks),
      volumes === 1 ? t('1 volume') : volumes && t('{0} volumes', volumes),
      images === 1 ? t('1 image') : images && t('{0} images', images),
      cache && t('{0} records of build cache', cache),
    ].filter((part) => typeof part === 'string'),
    5,
  );
}

interface Work {
  readonly unused: Unused;
  readonly signal: AbortSignal;
  readonly report: (name: string) => void;
}

interface Outcome {
  readonly gone: readonly Prunable[];
  readonly failures: readonly string[];
  /** Bytes, as the engine counts them afterwards. */
  readonly freed: number;
}

/** One after the other; what fails does not keep the others. */
async function remove(
  engine: Engine,
  rows: readonly Prunable[],
  { unused, signal, report }: Work,
): Promise<Outcome> {
  const gone: Prunable[] = [];
  const failures: string[] = [];
  let cache = 0;
  for (const row of rows) {
    if (signal.aborted) break;
    report(row.label);
    try {
      cache += await removeOne(engine, row, signal);
      gone.push(row);
    } catch (error) {
      if (!isEngineError(error) || isConnectionTrouble(error)) throw error;
      failures.push(`${row.label}: ${error.message}`);
    }
  }
  const images = gone.filter(({ kind }) => kind === 'image');
  const others = gone
    .filter(({ kind }) => kind !== 'image' && kind !== 'cache')
    .reduce((total, row) => total + row.size, 0);
  return {
    gone,
    failures,
    freed: others + cache + (await layersFreed(engine, images, unused)),
  };
}

/** Bytes that the build cache gave back; of all else the engine does not say. */
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
      // Several tags of one image go with it; a container that was made since stands in the way.
      await engine.removeImage(id, { force: true });
      return 0;
    case 'cache':
      return engine.pruneBuildCache(row.ids, signal);
  }
}

/** What the engine's layers take less than before; what was reckoned where it does not say. */
async function layersFreed(
  engine: Engine,
  images: readonly Prunable[],
  unused: Unused,
): Promise<number> {
  if (images.length === 0) return 0;
  const reckoned = unused.bytes.freed(new Set(images.flatMap(({ ids }) => ids)));
  const { layersSize: before } = unused.usage;
  const { signal } = new AbortController();
  const after = await engine.diskUsage(signal).catch(() => undefined);
  if (before === undefined || after?.layersSize === undefined) return reckoned;
  return Math.max(0, before - after.layersSize);
}

async function tell(editor: Editor, { gone, failures, freed }: Outcome): Promise<void> {
  const done = gone.length === 0 ? undefined : t('Freed {0}: {1}.', size(freed), counted(gone));
  if (failures.length === 0) {
    if (done !== undefined) void editor.tell(done);
    return;
  }
  const not = t('Not removed: {0}', listed(failures, 3));
  await editor.warn(done === undefined ? not : `${done} ${not}`);
}
