/**
 * The tree views, which VS Code gets before the code that has their rows is loaded: it says which of them are visible while
 * that code is read. A part of `dist/extension.js`, so it imports nothing of any size.
 */
import * as vscode from 'vscode';
import { rowsType, uriList } from './drop-types.ts';

/** What a view gets its rows from. */
export interface RowSource<T> {
  readonly onDidChangeTreeData: vscode.Event<T | T[] | undefined>;
  getChildren(row?: T): Promise<T[]>;
  getTreeItem(row: T): vscode.TreeItem;
  getParent(row: T): T | undefined;
  resolveTreeItem(item: vscode.TreeItem, row: T): Promise<vscode.TreeItem>;
}

/** What is done with rows that are dragged, and with files that are dropped on rows. */
export interface RowDragAndDrop<T> {
  handleDrag(rows: readonly T[], transfer: vscode.DataTransfer): void;
  handleDrop(row: T | undefined, transfer: vscode.DataTransfer): Promise<void>;
}

/** A view that waits for what it gets its rows from. */
export class LateView<T> {
  readonly treeView: vscode.TreeView<T>;
  readonly #changed = new vscode.EventEmitter<T | T[] | undefined>();
  #rows: RowSource<T> | undefined;
  #drops: RowDragAndDrop<T> | undefined;
  #connected: (source: RowSource<T>) => void = () => undefined;

  constructor(id: string, takesFiles: boolean) {
    const connected = new Promise<RowSource<T>>((resolve) => (this.#connected = resolve));
    this.treeView = vscode.window.createTreeView<T>(id, {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getChildren: async (row) => (await connected).getChildren(row),
        // Only rows that it returned.
        getTreeItem: (row) => this.#rows?.getTreeItem(row) ?? new vscode.TreeItem(''),
        getParent: (row) => this.#rows?.getParent(row),
        resolveTreeItem: (item, row) => this.#rows?.resolveTreeItem(item, row),
      },
      ...(takesFiles && {
        dragAndDropController: {
          dragMimeTypes: [rowsType],
          dropMimeTypes: [rowsType, uriList, 'files'],
          handleDrag: (dragged, transfer) => this.#drops?.handleDrag(dragged, transfer),
          handleDrop: (target, transfer) => this.#drops?.handleDrop(target, transfer),
        },
      }),
    });
  }

  /** Passes the rows on from now on, and answers what VS Code has requested before. */
  connect(rows: RowSource<T>, drops: RowDragAndDrop<T>): void {
    this.#rows = rows;
    this.#drops = drops;
    rows.onDidChangeTreeData((changed) => this.#changed.fire(changed));
    this.#connected(rows);
  }

  dispose(): void {
    this.treeView.dispose();
    this.#changed.dispose();
  }
}

/** The views by their ids. */
export type LateViews<T> = ReadonlyMap<string, LateView<T>>;
