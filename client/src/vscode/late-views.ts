/**
 * The tree views, which VS Code gets before the code that has their rows is loaded: it says which of them are visible while
 * that code is read. A part of `dist/extension.js`, so it imports nothing of any size.
 */
import * as vscode from 'vscode';
import { rowsType, uriList } from './drop-types.ts';

/** What a view gets its rows from, and what is done with files that are dropped on them. */
export interface RowSource<T> {
  readonly onDidChangeTreeData: vscode.Event<T | T[] | undefined>;
  getChildren(row?: T): Promise<T[]>;
  getTreeItem(row: T): vscode.TreeItem;
  getParent(row: T): T | undefined;
  resolveTreeItem(item: vscode.TreeItem, row: T): Promise<vscode.TreeItem>;
  handleDrag(rows: readonly T[], transfer: vscode.DataTransfer): void;
  handleDrop(row: T | undefined, transfer: vscode.DataTransfer): Promise<void>;
}

/** A view that waits for what it gets its rows from. */
export class LateView<T> {
  readonly treeView: vscode.TreeView<T>;
  readonly #changed = new vscode.EventEmitter<T | T[] | undefined>();
  #connect: (source: RowSource<T>) => void = () => undefined;

  constructor(id: string, takesFiles: boolean) {
    const connected = new Promise<RowSource<T>>((resolve) => (this.#connect = resolve));
    let rows: RowSource<T> | undefined;
    void connected.then((source) => (rows = source));
    this.treeView = vscode.window.createTreeView<T>(id, {
      canSelectMany: true,
      showCollapseAll: true,
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getChildren: async (row) => (await connected).getChildren(row),
        // Only rows that it returned.
        getTreeItem: (row) => rows?.getTreeItem(row) ?? new vscode.TreeItem(''),
        getParent: (row) => rows?.getParent(row),
        resolveTreeItem: (item, row) => rows?.resolveTreeItem(item, row),
      },
      ...(takesFiles && {
        dragAndDropController: {
          dragMimeTypes: [rowsType],
          dropMimeTypes: [rowsType, uriList, 'files'],
          handleDrag: (dragged, transfer) => rows?.handleDrag(dragged, transfer),
          handleDrop: (target, transfer) => rows?.handleDrop(target, transfer),
        },
      }),
    });
  }

  /** Passes the rows on from now on, and answers what VS Code has requested before. */
  connect(source: RowSource<T>): void {
    source.onDidChangeTreeData((changed) => this.#changed.fire(changed));
    this.#connect(source);
  }

  dispose(): void {
    this.treeView.dispose();
    this.#changed.dispose();
  }
}

/** The views by their ids. */
export type LateViews<T> = ReadonlyMap<string, LateView<T>>;
