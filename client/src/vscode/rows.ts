/** Rows that keep their identity across refreshes, so that the tree can redraw only changed rows. */
import { hasChildren, type Item, type LoadedRows } from '../explorer/item.ts';

export class Row {
  item: Item;
  readonly parent: Row | undefined;
  /** The rows below it that have been requested; a collapsed group of thousands of items has none. */
  created: readonly Row[] | undefined;
  /** The rows that were read when it was expanded. */
  loaded: Promise<LoadedRows> | undefined;
  /** The loaded rows that are shown. */
  shown: readonly Row[] = [];
  /** How many of the loaded rows are shown. */
  limit = firstRows;

  constructor(item: Item, parent?: Row) {
    this.item = item;
    this.parent = parent;
  }

  /** The rows below it; undefined if its item is not a group. */
  get children(): readonly Row[] | undefined {
    this.created ??= this.item.children?.map((child) => new Row(child, this));
    return this.created;
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
      const created = known.get(item.id)?.row.created;
      if (created === undefined || !hasChildren(item)) return item;
      const { children: next = [] } = item;
      const children = keepOrder(created, next);
      return children === next ? item : { ...item, children };
    })
    .map((item) => ({ item, index: known.get(item.id)?.index }));
  const kept = placed.flatMap(({ item, index }) => (index === undefined ? [] : [{ item, index }]));
  if (kept.every(({ index }, at) => at === 0 || index > (kept[at - 1]?.index ?? 0)))
    return placed.every(({ item }, at) => item === items[at])
      ? items
      : placed.map(({ item }) => item);
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
  if (old === item) return;
  row.item = item;
  const isGroup = hasChildren(item);
  const changedChildren: Row[] = [];
  // Rows that have not been requested are not shown.
  const same = row.created === undefined || !isGroup || mergeChildren(row, item, changedChildren);
  if (!isGroup) row.created = undefined;
  if (same && hasChildren(old) === isGroup && isSame(visibleContent(old), visibleContent(item)))
    changed.push(...changedChildren);
  else changed.push(row);
}

/** Updates the rows below a row; whether they are the same rows as before. */
function mergeChildren(row: Row, { children = [] }: Item, changed: Row[]): boolean {
  const { rows, same } = merge(row.created ?? [], children, { parent: row, changed });
  row.created = rows;
  return same;
}

/** Everything about a row that is visible or read by a screen reader. */
function visibleContent(item: Item): readonly unknown[] {
  const { label, description, icon, tooltip, accessibilityLabel, traits, failed } = item;
  const tooltipData = typeof tooltip === 'object' ? tooltip.data : tooltip;
  return [label, description, icon, tooltipData, accessibilityLabel, traits, failed];
}

/** Whether two values of plain data are equal; much faster for thousands of rows than comparing their JSON. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date)
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => key in b && isSame(value, (b as Record<string, unknown>)[key]))
  );
}
