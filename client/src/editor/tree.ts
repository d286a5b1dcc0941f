/** Rows of a view in VS Code's tree: one provider for all views. */
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import type { Item, View } from '../explorer/item.ts';

export interface TreeOptions {
  /** The engine, or undefined when a welcome view shall speak instead. */
  engine(): Promise<Engine | undefined>;
  /** Undefined when the rows could be read. */
  told(error: unknown): void;
}

export class Tree implements vscode.TreeDataProvider<Item> {
  readonly #view: View;
  readonly #options: TreeOptions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(view: View, options: TreeOptions) {
    this.#view = view;
    this.#options = options;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(item?: Item): Promise<Item[]> {
    if (item !== undefined) return [...(item.children ?? [])];
    try {
      const engine = await this.#options.engine();
      const items = engine === undefined ? [] : await this.#view.items(engine);
      this.#options.told(undefined);
      return [...items];
    } catch (error) {
      this.#options.told(error);
      return [];
    }
  }

  getTreeItem(item: Item): vscode.TreeItem {
    const row = new vscode.TreeItem(item.label, collapsible(item));
    row.id = item.id;
    row.contextValue = [item.subject?.kind ?? 'group', ...(item.traits ?? [])].join(' ');
    if (item.description !== undefined) row.description = item.description;
    if (item.icon !== undefined) row.iconPath = icon(item.icon);
    if (item.spoken !== undefined) row.accessibilityInformation = { label: item.spoken };
    return row;
  }

  /** Tooltips are made when they are wanted; what stands in them came from strangers and may not act. */
  resolveTreeItem(row: vscode.TreeItem, item: Item): vscode.TreeItem {
    if (item.tooltip !== undefined) row.tooltip = new vscode.MarkdownString(item.tooltip);
    return row;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function collapsible({ children, expanded }: Item): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return expanded === true
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function icon({ name, color }: NonNullable<Item['icon']>): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}
