/** Rows that keep their identity across refreshes, so that the tree can redraw only changed rows. */
import type { Item, LoadedRows } from '../explorer/item.ts';

export class Row {
  item: Item;
  readonly parent: Row | undefined;
  children: readonly Row[] | undefined;
  /** The rows that were read when it was expanded. */
  loaded: Promise<LoadedRows> | undefined;
  /** The loaded rows that are shown. */
  shown: readonly Row[] = [];
  /** How many of the loaded rows are shown. */
  limit = firstRows;

  constructor(item: Item, parent?: Row) {
    this.item = item;
    this.parent = parent;
    this.children = item.children?.map((child) => new Row(child, this));
  }
}

/** Rows of a directory that are shown at first, and more with each click. */
export const firstRows = 500;

/**
 * The items in the order of the rows that are shown, so that a refresh moves no row under the pointer. New items are below
 * the item that they follow in the given order.
 */
export function keepOrder(before: readonly Row[], items: readonly Item[]): readonly Item[] {
  const known = new Map(before.map((row, index) => [row.item.id, { row, index }]));
  const placed = items
    .map((item): Item => {
      const children = known.get(item.id)?.row.children;
      if (item.children === undefined || children === undefined) return item;
      return { ...item, children: keepOrder(children, item.children) };
    })
    .map((item) => ({ item, index: known.get(item.id)?.index }));
  const kept = placed.flatMap(({ item, index }) => (index === undefined ? [] : [{ item, index }]));
  if (kept.every(({ index }, at) => at === 0 || index > (kept[at - 1]?.index ?? 0)))
    return placed.map(({ item }) => item);
  const followers = new Map<Item | undefined, Item[]>();
  let previous: Item | undefined;
  for (const { item, index } of placed) {
    if (index !== undefined) previous = item;
    else followers.set(previous, [...(followers.get(previous) ?? []), item]);
  }
  return [
    ...(followers.get(undefined) ?? []),
    ...kept
      .sort((a, b) => a.index - b.index)
      .flatMap(({ item }) => [item, ...(followers.get(item) ?? [])]),
  ];
}

export interface Reconciled {
  readonly roots: readonly Row[];
  /** Rows to redraw with their children; `all` if the list of roots has changed. */
  readonly changed: readonly Row[] | 'all';
}

/** Updates existing rows with new items, and creates rows for items without one. */
export function reconcile(
  before: readonly Row[],
  items: readonly Item[],
  parent?: Row,
): Reconciled {
  const changed: Row[] = [];
  const { rows, same } = merge(before, items, { parent, changed });
  return { roots: rows, changed: same ? changed : 'all' };
}

interface MergeContext {
  readonly parent: Row | undefined;
  /** Receives the changed rows. */
  readonly changed: Row[];
}

function merge(
  before: readonly Row[],
  items: readonly Item[],
  { parent, changed }: MergeContext,
): { readonly rows: readonly Row[]; readonly same: boolean } {
  const known = new Map(before.map((row) => [row.item.id, row]));
  const rows = items.map((item) => {
    const row = known.get(item.id);
    if (row === undefined) return new Row(item, parent);
    update(row, item, changed);
    return row;
  });
  const same = rows.length === before.length && rows.every((row, index) => row === before[index]);
  return { rows, same };
}

function update(row: Row, item: Item, changed: Row[]): void {
  const old = row.item;
  row.item = item;
  const changedChildren: Row[] = [];
  const { rows, same } = merge(row.children ?? [], item.children ?? [], {
    parent: row,
    changed: changedChildren,
  });
  row.children = item.children === undefined ? undefined : rows;
  const sameKind = (old.children === undefined) === (item.children === undefined);
  if (same && sameKind && visibleContent(old) === visibleContent(item))
    changed.push(...changedChildren);
  else changed.push(row);
}

/** Everything about a row that is visible or read by a screen reader. */
function visibleContent({
  label,
  description,
  icon,
  tooltip,
  accessibilityLabel,
  traits,
  failed,
}: Item): string {
  const tooltipData = typeof tooltip === 'object' ? tooltip.data : tooltip;
  return JSON.stringify([
    label,
    description,
    icon,
    tooltipData,
    accessibilityLabel,
    traits,
    failed,
  ]);
}
