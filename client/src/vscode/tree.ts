/** The tree data provider of all views. Only changed rows are redrawn. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import { tooltipText, type Item, type LoadedRows, type Rows, type View } from '../explorer/item.ts';
import { t } from '@vscode/l10n';
import type { FilePlace } from '../engine/files/place.ts';
import { drawingTime, longList, rowsInSight } from '../engine/drawing.ts';
import type { FileRef, LazyRows } from '../ui/files.ts';
import { firstRows, keepOrder, reconcile, Row } from './rows.ts';
import { treeItem } from './tree-item.ts';

export interface ViewTreeOptions {
  /** The engine, or undefined if a welcome view is shown instead. */
  engine(): Promise<Engine | undefined>;
  /** Called after reading; the error is undefined if the rows could be read. */
  onRead(error: unknown): void;
  /** Whether a group is expanded. */
  readonly isExpanded: (item: Item) => boolean;
  /** Called with new rows. */
  onRows(items: readonly Item[]): void;
  /** Reads rows that an expanded row shows; does not reject. */
  load(lazy: LazyRows): Promise<LoadedRows>;
}

/** With more changes than this, redrawing the whole view is faster. */
const manyChanges = 40;

export class ViewTree implements vscode.TreeDataProvider<Row> {
  readonly #view: View;
  readonly #options: ViewTreeOptions;
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: Rows | undefined;
  #roots: readonly Row[] = [];
  #reading: Promise<void> | undefined;
  #readAgain = false;
  /** When the last read began, in milliseconds since 1970. */
  #readingSince = 0;
  /** Rows with a long list of rows below them that VS Code has requested, and this tree if the list of its roots is long. */
  readonly #requested = new WeakSet<Row | ViewTree>();
  /** How often VS Code waits for the roots of a read that is running. */
  #waiting = 0;
  /** The next rows are in the order of the settings, not in that of the rows that are shown. */
  #sortAgain = false;
  /** Ends the wait for the read that is running; its result is then ignored. */
  #abandon: (() => void) | undefined;
  #hasShown: () => void = () => undefined;

  constructor(view: View, options: ViewTreeOptions) {
    this.#view = view;
    this.#options = options;
  }

  /**
   * Reads the rows; calls during a read cause one more read, unless the one that is running began after `since`, in milliseconds
   * since 1970.
   */
  refresh(since = Infinity): void {
    if (this.#reading !== undefined) {
      if (this.#readingSince < since) this.#readAgain = true;
      return;
    }
    this.#readingSince = Date.now();
    let abandoned = false;
    const ended = new Promise<void>((resolve) => {
      this.#abandon = () => {
        abandoned = true;
        resolve();
      };
    });
    const read = this.#read(() => abandoned).finally(() => {
      if (abandoned) return;
      this.#reading = undefined;
      if (!this.#readAgain) return;
      this.#readAgain = false;
      this.refresh();
    });
    this.#reading = Promise.race([read, ended]);
  }

  /** Resolves when the read that is running has ended or was given up. */
  get reading(): Promise<void> | undefined {
    return this.#reading;
  }

  /** Gives up a read that is running: its engine was disconnected, and may never answer. */
  abandon(): void {
    if (this.#reading === undefined) return;
    this.#abandon?.();
    this.#reading = undefined;
    this.#readAgain = false;
  }

  /** Redraws the rows from the data that was read, with the current time and settings. */
  show(): void {
    if (this.#rows !== undefined) this.#draw(this.#rows(new Date()));
  }

  /** Sorts the rows when they are next drawn: until then, they keep their order. */
  sortAgain(): void {
    this.#sortAgain = true;
  }

  /** Resolves when VS Code has got the first roots. */
  readonly shown = new Promise<void>((resolve) => (this.#hasShown = resolve));

  /** The rows below a row for VS Code. Those of a long list that are in sight come first, and all when these are drawn. */
  async getChildren(row?: Row): Promise<Row[]> {
    if (row === undefined) this.#waiting++;
    const rows = await this.#below(row);
    if (row === undefined) {
      this.#waiting--;
      this.#hasShown();
    }
    const list = row ?? this;
    // Of files, as many are returned as are drawn at once.
    const isWhole = rows.length <= longList || row?.item.lazy !== undefined;
    if (isWhole || this.#requested.has(list)) return rows;
    this.#requested.add(list);
    setTimeout(() => this.#changed.fire(row), drawingTime);
    return rows.slice(0, rowsInSight);
  }

  async #below(row?: Row): Promise<Row[]> {
    if (row !== undefined) return [...(await this.#loadedRows(row)), ...(row.children ?? [])];
    if (this.#rows === undefined && this.#reading === undefined) this.refresh();
    await this.#reading;
    return [...this.#roots];
  }

  /** The rows that are read when a row is expanded, kept until they are reloaded. */
  async #loadedRows(row: Row): Promise<readonly Row[]> {
    const { lazy } = row.item;
    if (lazy === undefined) return [];
    row.loaded ??= this.#options.load(lazy);
    const { length, items } = await row.loaded;
    // One object can be in several rows, and the ids of a view must differ.
    const below = items(row.limit).map((item) => ({ ...item, id: `${row.item.id}/${item.id}` }));
    const { roots } = reconcile(row.shown, below, row);
    row.shown = roots;
    return length > row.limit ? [...roots, moreRow(row, length - row.limit)] : roots;
  }

  /** Reads the rows below these again, if they have been read. */
  reload(matches: (item: Item) => boolean): void {
    for (const row of this.#loadedParents(this.#roots)) {
      if (!matches(row.item)) continue;
      row.loaded = undefined;
      this.#changed.fire(row);
    }
  }

  /** Reads the files of a directory again when it is next expanded. */
  forget(row: Row): void {
    if (row.loaded === undefined || row.item.lazy?.kind === 'branches') return;
    row.loaded = undefined;
    row.limit = firstRows;
    this.#changed.fire(row);
  }

  /** Shows more of the rows that were read. */
  showMore({ parent }: Row): void {
    if (parent === undefined || !this.#contains(parent)) return;
    parent.limit *= 4;
    this.#changed.fire(parent);
  }

  #contains(row: Row): boolean {
    const { parent } = row;
    if (parent === undefined) return this.#roots.includes(row);
    const isBelow = parent.created?.includes(row) === true || parent.shown.includes(row);
    return isBelow && this.#contains(parent);
  }

  #loadedParents(rows: readonly Row[]): readonly Row[] {
    return rows.flatMap((row) => [
      ...(row.loaded === undefined ? [] : [row]),
      ...this.#loadedParents(row.shown),
      ...this.#loadedParents(row.created ?? []),
    ]);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return treeItem(row, this.#options.isExpanded);
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  /** Creates the tooltip when it is shown. Its Markdown is not trusted, because it contains text from containers and images. */
  async resolveTreeItem(row: vscode.TreeItem, { item }: Row): Promise<vscode.TreeItem> {
    const text = (await this.#detailedTooltip(item)) ?? tooltipText(item);
    if (text !== undefined) row.tooltip = new vscode.MarkdownString(text);
    return row;
  }

  /** The tooltip with details from the engine; undefined if the engine is not available. */
  async #detailedTooltip(item: Item): Promise<string | undefined> {
    const view = this.#view;
    if (view.source === 'files' || view.tooltip === undefined || item.subject === undefined)
      return undefined;
    try {
      const engine = await this.#options.engine();
      return engine && (await view.tooltip(item, engine));
    } catch {
      return undefined;
    }
  }

  /** The first row whose item matches. */
  find(matches: (item: Item) => boolean): Row | undefined {
    const search = (rows: readonly Row[]): Row | undefined => {
      for (const row of rows) {
        const found = matches(row.item) ? row : search(row.children ?? []);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return search(this.#roots);
  }

  /** Whether the row is still in the view. */
  has(row: Row): boolean {
    return this.#contains(row);
  }

  /** The row of a file, whose directories are read; else the nearest row above it. Undefined if its container has no row. */
  async rowOf({ place, path }: FileRef): Promise<Row | undefined> {
    await this.#below();
    let row = this.find((item) => isObjectOf(item, place));
    for (let at = row; at !== undefined;) {
      const rows: readonly Row[] = await this.#below(at);
      at = rows.find((below) => isOnTheWay(below.item, path));
      row = at ?? row;
      if (at?.item.subject?.kind === 'file' && at.item.subject.value.path === path) break;
    }
    return row;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(isAbandoned: () => boolean): Promise<void> {
    try {
      const rows = await this.#readRows();
      if (isAbandoned()) return;
      this.#rows = rows;
      this.#options.onRead(undefined);
    } catch (error) {
      if (isAbandoned()) return;
      // The last rows stay, below the error.
      this.#rows ??= () => [];
      this.#options.onRead(error);
    }
    this.#drawFirst(this.#rows);
  }

  /** Draws the rows that were read. Those of a long list that VS Code waits for are created as far as they are in sight. */
  #drawFirst(rows: Rows): void {
    const isFirst = this.#waiting > 0 && this.#roots.length === 0;
    const items = rows(new Date(), isFirst);
    this.#draw(items);
    if (isFirst && items.length === rowsInSight) setTimeout(() => this.show(), drawingTime);
  }

  async #readRows(): Promise<Rows> {
    if (this.#view.source === 'files') return this.#view.read();
    const engine = await this.#options.engine();
    return engine === undefined ? () => [] : this.#view.read(engine);
  }

  #draw(items: readonly Item[]): void {
    const ordered = this.#sortAgain ? items : keepOrder(this.#roots, items);
    this.#sortAgain = false;
    const { roots, changed } = reconcile(this.#roots, ordered);
    this.#roots = roots;
    this.#options.onRows(items);
    if (changed === 'all' || changed.length > manyChanges) {
      // VS Code would drop the answer that it waits for, and request the same rows once more.
      if (this.#waiting === 0) this.#changed.fire(undefined);
    } else if (changed.length > 0) this.#changed.fire([...changed]);
  }
}

function moreRow(parent: Row, left: number): Row {
  const label = t('Show more ({0} left)', left);
  const id = `${parent.item.id}//more`;
  return new Row({ id, label, icon: { name: 'ellipsis' }, click: 'files.show-more' }, parent);
}

function isObjectOf({ subject }: Item, place: FilePlace): boolean {
  if (subject?.kind === 'container')
    return place.kind === 'container' && subject.value.id === place.id;
  return subject?.kind === 'volume' && place.kind === 'volume' && subject.value.name === place.name;
}

/** Whether it is the row of a path, or of a directory above it; not one of the list of changes. */
function isOnTheWay({ subject, lazy }: Item, path: string): boolean {
  if (subject?.kind !== 'file' || subject.value.change !== undefined) return false;
  const { path: at } = subject.value;
  return at === path || (lazy !== undefined && path.startsWith(at === '/' ? at : `${at}/`));
}
