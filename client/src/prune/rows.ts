/** The rows, groups and totals of the prune page. */
import { t } from '@vscode/l10n';
import { ageBetween, formatAge, formatDateTime, formatSize, joinDetails } from '../ui/format.ts'; // prettier-ignore
import { formatNamesOf } from '../ui/name-list.ts';
import { pruneKinds, type Prunable, type Unused } from './prunable.ts';
import { bytesOf, freesText, keepsLayers, usedBytes } from './freed.ts';
import type { PruneColumn, PruneGroup, PruneRow, ToPrune } from './page.ts';
import type { Selection } from './selection.ts';
import { formatCounts, groupTitle } from './texts.ts';

export interface Sort {
  readonly by: PruneColumn;
  readonly down: boolean;
}

/** The order after a click on the heading of a column; figures begin with the largest. */
export function sortAfter(sort: Sort, by: PruneColumn): Sort {
  return { by, down: sort.by === by ? !sort.down : by !== 'name' };
}

/** What the page says below its title. */
export function factsOf(
  unused: Unused,
  { at, engine }: { readonly at: Date; readonly engine: string },
): readonly string[] {
  // prettier-ignore
  return [
    engine === '' ? '' : t('Unused data on {0}', engine),
    t('{0} used, {1} of it unused', formatSize(usedBytes(unused)), formatSize(bytesOf(unused, unused.all))), // prettier-ignore
    t('measured {0}', formatDateTime(at)),
  ].filter((fact) => fact !== '');
}

interface RowsOptions {
  readonly unused: Unused;
  readonly sort: Sort;
  readonly now: Date;
}

/** The groups that have rows, in the order of the page. */
export function groupsOf(
  shown: readonly Prunable[],
  { unused, sort, now }: RowsOptions,
): readonly PruneGroup[] {
  return pruneKinds.flatMap((kind) => {
    const members = shown.filter((object) => object.kind === kind);
    if (members.length === 0) return [];
    const bytes = new Map(members.map((object) => [object, bytesOf(unused, [object])]));
    const rows = [...members]
      .sort(orderOf(sort, bytes))
      .map((object) => rowOf(object, { now, bytes: bytes.get(object) ?? 0 }));
    const note = {
      text: t('Data in volumes cannot be restored. Named volumes are not selected unless you select them.'), // prettier-ignore
      action: t('Export Volume…'),
    };
    return [{ id: kind, title: groupTitle(kind), rows, ...(kind === 'volume' && { note }) }];
  });
}

type Compare = (a: Prunable, b: Prunable) => number;

function orderOf({ by, down }: Sort, bytes: ReadonlyMap<Prunable, number>): Compare {
  const byName: Compare = (a, b) => a.label.localeCompare(b.label, undefined, { numeric: true });
  const orders: Readonly<Record<PruneColumn, Compare>> = {
    name: byName,
    // The oldest is the largest age.
    age: (a, b) => (b.since?.getTime() ?? Infinity) - (a.since?.getTime() ?? Infinity) || 0,
    frees: (a, b) => (bytes.get(a) ?? 0) - (bytes.get(b) ?? 0),
  };
  const order = orders[by];
  return (a, b) => (down ? order(b, a) : order(a, b)) || byName(a, b);
}

function rowOf(
  object: Prunable,
  { now, bytes }: { readonly now: Date; readonly bytes: number },
): PruneRow {
  const { kind, key, label, parts, reason, since, size, tags = [] } = object;
  const names = kind === 'volume' ? [parts[0]?.id ?? label] : tags.length > 1 ? tags : [label];
  const isKnown = kind !== 'network' && size !== undefined;
  return {
    key,
    name: label,
    title: names.join('\n'),
    reason,
    age: since === undefined ? '' : formatAge(ageBetween(since, now)),
    ageTitle: since === undefined ? '' : (kind === 'cache' ? t('Last used {0}', formatDateTime(since)) : t('Created {0}', formatDateTime(since))), // prettier-ignore
    frees: kind === 'network' ? '' : isKnown ? formatSize(bytes) : '–',
    freesTitle: freesTitle(object, bytes),
  };
}

function freesTitle({ kind, size }: Prunable, bytes: number): string {
  if (kind === 'network') return '';
  if (size === undefined) return t('The engine does not report its size.');
  if (kind !== 'image' || size <= bytes) return '';
  return t('Size {0}, of which other images use {1}', formatSize(size), formatSize(size - bytes));
}

/** What is chosen in each group and in total. */
export function chosenMessage(
  unused: Unused,
  selection: Selection,
): Extract<ToPrune, { kind: 'chosen' }> {
  const chosen = selection.chosen();
  const { shown } = selection;
  const frees = freesText(unused, chosen, chosen);
  return {
    kind: 'chosen',
    groups: pruneKinds.flatMap((kind) => {
      const members = shown.filter((object) => object.kind === kind);
      if (members.length === 0) return [];
      const own = chosen.filter((object) => object.kind === kind);
      return [
        {
          id: kind,
          count: t('{0} of {1}', own.length, members.length),
          frees: own.length === 0 ? '' : freesText(unused, own, chosen),
          check: own.length === 0 ? 'none' : own.length === members.length ? 'all' : 'some',
        },
      ];
    }),
    keys: chosen.map(({ key }) => key),
    disabled: selection.disabled().map((object) => ({
      key: object.key,
      why: t('Select {0} first', formatNamesOf(selection.missingUsers(object))),
    })),
    frees: chosen.length === 0 ? t('Nothing is selected') : t('Frees {0}', frees === '' ? formatSize(0) : frees), // prettier-ignore
    detail: detailOf(unused, selection, chosen),
    button: chosen.length === 1 ? t('Prune 1 Item') : t('Prune {0} Items', chosen.length),
    canPrune: chosen.length > 0,
  };
}

function detailOf(unused: Unused, selection: Selection, chosen: readonly Prunable[]): string {
  const hidden = selection.hidden().length;
  const hasImages = chosen.some(({ kind }) => kind === 'image');
  return joinDetails(
    formatCounts(chosen),
    hidden === 0 ? '' : hidden === 1 ? t('1 selected item is hidden by the filters and stays') : t('{0} selected items are hidden by the filters and stay', hidden), // prettier-ignore
    hasImages && keepsLayers(unused, chosen) ? t('layers that the build cache shares are freed with it') : '', // prettier-ignore
  );
}
