/** The texts of the prune page. */
import { t } from '@vscode/l10n';
import { formatSize } from '../ui/format.ts';
import { formatNames } from '../ui/name-list.ts';
import type { Prunable, PruneKind } from './prunable.ts';
import type { PruneTexts, ResultLine } from './page.ts';
import type { Removal } from './removal.ts';

export function pageTexts(): PruneTexts {
  return {
    table: t('Unused data'),
    search: t('Filter by name or reason'),
    age: t('Age'),
    ages: [
      { value: '', label: t('Any age') },
      { value: '24h', label: t('Older than a day') },
      { value: '168h', label: t('Older than a week') },
      { value: '720h', label: t('Older than 30 days') },
    ],
    filter: t('Filters of docker prune'),
    filterHint: 'label!=keep until=24h',
    columns: { name: t('Name'), age: t('Age'), frees: t('Frees') },
    reason: t('Why it is unused'),
    selectAll: t('Select everything'),
    select: t('Select {0}', '{0}'),
    collapse: t('Collapse {0}', '{0}'),
    expand: t('Expand {0}', '{0}'),
    sortBy: t('Sort by {0}', '{0}'),
    measure: t('Measure again'),
    copy: t('Copy Commands'),
    cancel: t('Cancel'),
    retry: t('Retry'),
  };
}

export function groupTitle(kind: PruneKind): string {
  switch (kind) {
    case 'container':
      return t('Stopped containers');
    case 'image':
      return t('Images');
    case 'volume':
      return t('Volumes');
    case 'network':
      return t('Networks');
    case 'cache':
      return t('Build cache');
  }
}

function countText(kind: PruneKind, count: number): string {
  switch (kind) {
    case 'container':
      return count === 1 ? t('1 container') : t('{0} containers', count);
    case 'image':
      return count === 1 ? t('1 image') : t('{0} images', count);
    case 'volume':
      return count === 1 ? t('1 volume') : t('{0} volumes', count);
    case 'network':
      return count === 1 ? t('1 network') : t('{0} networks', count);
    case 'cache':
      return count === 1 ? t('1 build cache record') : t('{0} build cache records', count);
  }
}

/** Records of the build cache are counted one by one. */
function countOf(objects: readonly Prunable[]): number {
  return objects.reduce((sum, { parts }) => sum + parts.length, 0);
}

function byKind(objects: readonly Prunable[]): readonly [PruneKind, readonly Prunable[]][] {
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  return kinds.map((kind) => [kind, objects.filter((object) => object.kind === kind)]);
}

/** `3 containers, 1 image and 40 build cache records`. */
export function formatCounts(objects: readonly Prunable[]): string {
  return formatNames(
    byKind(objects).map(([kind, members]) => countText(kind, countOf(members))),
    5,
  );
}

/** One line for each group: what was removed and freed; then one for each failure. */
export function resultLines(
  { removed, failures, left, error }: Removal,
  freed: ReadonlyMap<PruneKind, number>,
): readonly ResultLine[] {
  const lines: ResultLine[] = byKind(removed).map(([kind, members]) => {
    const count = countText(kind, countOf(members));
    const bytes = freed.get(kind);
    const text = bytes === undefined ? t('Removed {0}.', count) : t('Removed {0}, freed {1}.', count, formatSize(bytes)); // prettier-ignore
    return { level: 'good', text };
  });
  for (const { object, reason } of failures)
    lines.push({ level: 'error', text: t('Could not remove {0}: {1}.', object.label, reason.replace(/\.$/, '')) }); // prettier-ignore
  if (left.length > 0) {
    const counts = formatCounts(left);
    const text = error instanceof Error ? t('Stopped: {0}. Not removed: {1}.', error.message.replace(/\.$/, ''), counts) : t('Cancelled. Not removed: {0}.', counts); // prettier-ignore
    lines.push({ level: error === undefined ? 'info' : 'error', text });
  } else if (error instanceof Error) lines.push({ level: 'error', text: error.message });
  return lines;
}
