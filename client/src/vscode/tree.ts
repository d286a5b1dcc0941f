/** Rows of a view in VS Code's tree: one provider for all views. Only what has changed is drawn again. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import { tooltipText, type Item, type Rows, type View } from '../explorer/item.ts';
import { reconciled, type Row } from './rows.ts';

export interface TreeOptions {
  /** The engine, or undefined when a welcome view shall speak instead. */
  engine(): Promise<Engine | undefined>;
  /** Undefined when the rows could be read. */
  told(error: unknown): void;
  /** Whether a group stands open. */
  opened(item: Item): boolean;
  /** There are new rows. */
  shown(items: readonly Item[]): void;
}

/** From here on the whole view costs less than its parts. */
const manyChanges = 40;

export class Tree implements vscode.TreeDataProvider<Row> {
  readonly #view: View;
  readonly #options: TreeOptions;
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #rows: Rows | undefined;
  #roots: readonly Row[] = [];
  #reading: Promise<void> | undefined;
  #again = false;

  constructor(view: View, options: TreeOptions) {
    this.#view = view;
    this.#options = options;
  }

  /** Reads anew; what comes while it reads is one more reading. */
  refresh(): void {
    if (this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    this.#reading = this.#read().finally(() => {
      this.#reading = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.refresh();
    });
  }

  /** Shows what was read as it looks now, by the clock and by the settings. */
  show(): void {
    if (this.#rows !== undefined) this.#draw(this.#rows(new Date()));
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined) return [...(row.children ?? [])];
    if (this.#rows === undefined && this.#reading === undefined) this.refresh();
    await this.#reading;
    return [...this.#roots];
  }

  getTreeItem({ item }: Row): vscode.TreeItem {
    const row = new vscode.TreeItem(item.label, this.#collapsible(item));
    row.id = item.id;
    row.contextValue = [item.subject?.kind ?? 'group', ...(item.traits ?? [])].join(' ');
    if (item.description !== undefined) row.description = item.description;
    if (item.icon !== undefined) row.iconPath = icon(item.icon);
    if (item.spoken !== undefined) row.accessibilityInformation = { label: item.spoken };
    return row;
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  /** Tooltips are made when they are wanted; what stands in them came from strangers and may not act. */
  async resolveTreeItem(row: vscode.TreeItem, { item }: Row): Promise<vscode.TreeItem> {
    const text = (await this.#fuller(item)) ?? tooltipText(item);
    if (text !== undefined) row.tooltip = new vscode.MarkdownString(text);
    return row;
  }

  /** What only the thing itself tells; without an engine, what the list told stands. */
  async #fuller(item: Item): Promise<string | undefined> {
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

  #collapsible(item: Item): vscode.TreeItemCollapsibleState {
    if (item.children === undefined) return vscode.TreeItemCollapsibleState.None;
    return this.#options.opened(item)
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }

  /** The row whose item fits. */
  find(fits: (item: Item) => boolean): Row | undefined {
    const among = (rows: readonly Row[]): Row | undefined => {
      for (const row of rows) {
        const found = fits(row.item) ? row : among(row.children ?? []);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return among(this.#roots);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    try {
      this.#rows = await this.#readRows();
      this.#options.told(undefined);
    } catch (error) {
      this.#rows = () => [];
      this.#options.told(error);
    }
    this.#draw(this.#rows(new Date()));
  }

  async #readRows(): Promise<Rows> {
    if (this.#view.source === 'files') return this.#view.read();
    const engine = await this.#options.engine();
    return engine === undefined ? () => [] : this.#view.read(engine);
  }

  #draw(items: readonly Item[]): void {
    const { roots, changed } = reconciled(this.#roots, items);
    this.#roots = roots;
    this.#options.shown(items);
    if (changed === 'all' || changed.length > manyChanges) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }
}

function icon({ name, color }: NonNullable<Item['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}
