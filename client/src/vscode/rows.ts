/** Rows that stay the same objects over refreshes, so that the tree can be told which of them changed. */
import type { Item } from '../explorer/item.ts';

export class Row {
  item: Item;
  readonly parent: Row | undefined;
  children: readonly Row[] | undefined;

  constructor(item: Item, parent?: Row) {
    this.item = item;
    this.parent = parent;
    this.children = item.children?.map((child) => new Row(child, this));
  }
}

export interface Reconciled {
  readonly roots: readonly Row[];
  /** Rows to draw again, with all that stands below them; `all` where the roots themselves have changed. */
  readonly changed: readonly Row[] | 'all';
}

/** Old rows with new items in them; new rows for what was not there. */
export function reconciled(before: readonly Row[], items: readonly Item[]): Reconciled {
  const changed: Row[] = [];
  const { rows, same } = merged(before, items, { parent: undefined, changed });
  return { roots: rows, changed: same ? changed : 'all' };
}

interface Place {
  readonly parent: Row | undefined;
  /** Gathers what has changed. */
  readonly changed: Row[];
}

function merged(
  before: readonly Row[],
  items: readonly Item[],
  { parent, changed }: Place,
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
  const below: Row[] = [];
  const { rows, same } = merged(row.children ?? [], item.children ?? [], {
    parent: row,
    changed: below,
  });
  row.children = item.children === undefined ? undefined : rows;
  const kind = (old.children === undefined) === (item.children === undefined);
  if (same && kind && face(old) === face(item)) changed.push(...below);
  else changed.push(row);
}

/** All that a person can see or hear of a row. */
function face({ label, description, icon, tooltip, spoken, traits }: Item): string {
  const told = typeof tooltip === 'object' ? tooltip.of : tooltip;
  return JSON.stringify([label, description, icon, told, spoken, traits]);
}
