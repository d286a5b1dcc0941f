/** The views in the side bar: rows, titles, badges, and what keeps them true while they are seen. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import { isConnectionTrouble } from '../engine/errors.ts';
import type { Item, View, ViewId } from '../explorer/item.ts';
import type { Connection } from './connection.ts';
import { Live } from './live-views.ts';
import { details, type Log } from './log.ts';
import { Opened, type Memory } from './expanded-groups.ts';
import type { Row } from './rows.ts';
import { sharing } from './shared-reads.ts';
import { Tree } from './tree.ts';

export interface Views {
  readonly live: Live;
  /** Reads all that follow the engine, and the others where they are seen. */
  readonly refresh: () => void;
  /** Shows what was read under the present settings. */
  readonly redraw: () => void;
  selection(view: string): readonly Item[];
  dispose(): void;
}

export interface ViewsOptions {
  readonly views: readonly View[];
  readonly connection: Connection;
  readonly log: Log;
  /** Keeps which groups are open. */
  readonly memory: Memory;
  /** Begins to look after what no engine tells of; the result ends it. */
  readonly watch: (changed: () => void) => () => void;
  /** Files that say where the engine is have changed. */
  readonly moved: () => void;
}

export function openViews({ views, connection, log, memory, watch, moved }: ViewsOptions): Views {
  const trees = new Map<ViewId, Tree>();
  const shown = new Map<ViewId, vscode.TreeView<Row>>();
  const each = (ids: Iterable<ViewId>, act: (tree: Tree) => void): void => {
    for (const id of ids) {
      const tree = trees.get(id);
      if (tree !== undefined) act(tree);
    }
  };
  const fromFiles = views.filter(({ source }) => source === 'files').map(({ id }) => id);
  const seen = (): readonly ViewId[] => fromFiles.filter((id) => shown.get(id)?.visible);
  const live = new Live({
    views: views.filter((view) => view.source === 'engine'),
    engine: () => connection.engine(),
    forget: () => connection.forget(),
    refresh: (ids) => each(ids, (tree) => tree.refresh()),
    tick: (ids) => each(ids, (tree) => tree.show()),
    become: (state) => {
      void vscode.commands.executeCommand('setContext', 'drydock.engine', state);
      each(seen(), (tree) => tree.show());
    },
    log: (message, error) => log.warn(`${message}: ${details(error)}`),
  });
  for (const view of views) {
    const opened = new Opened(memory, view.id);
    const tree = new Tree(view, {
      opened: (item) => opened.is(item),
      engine: () => engineFor(live, connection),
      told: (error) => tell(shown.get(view.id), { view, error, log, live }),
      shown: (items) => decorate(shown.get(view.id), view, items),
    });
    trees.set(view.id, tree);
    shown.set(view.id, treeViewOf(view, tree, opened));
  }
  const watching = watcher({ watch, moved, refresh: () => each(seen(), (tree) => tree.refresh()) });
  for (const [id, treeView] of shown) {
    const follow = (visible: boolean): void => {
      if (!fromFiles.includes(id)) live.setVisible(id, visible);
      else if (visible) trees.get(id)?.refresh();
      watching.while([...shown.values()].some((one) => one.visible));
    };
    treeView.onDidChangeVisibility(({ visible }) => follow(visible));
    if (treeView.visible) follow(true);
  }
  return {
    live,
    refresh: () => {
      live.refresh();
      each(fromFiles, (tree) => tree.refresh());
    },
    redraw: () => each(trees.keys(), (tree) => tree.show()),
    selection: (id) => (shown.get(id as ViewId)?.selection ?? []).map(({ item }) => item),
    dispose: () => {
      live.stop();
      watching.while(false);
      for (const one of [...shown.values(), ...trees.values()]) one.dispose();
    },
  };
}

function treeViewOf(view: View, tree: Tree, opened: Opened): vscode.TreeView<Row> {
  const treeView = vscode.window.createTreeView<Row>(`drydock.${view.id}`, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
  });
  treeView.onDidExpandElement(({ element }) => void opened.set(element.item, true));
  treeView.onDidCollapseElement(({ element }) => void opened.set(element.item, false));
  return treeView;
}

/** Looks after files only while a view is seen. */
function watcher(options: {
  watch(changed: () => void): () => void;
  moved(): void;
  refresh(): void;
}): { while(visible: boolean): void } {
  let end: (() => void) | undefined;
  return {
    while: (visible) => {
      if (!visible) {
        end?.();
        end = undefined;
      } else {
        end ??= options.watch(() => {
          options.refresh();
          options.moved();
        });
      }
    },
  };
}

/** While the engine is away, the views are empty and a welcome text speaks. */
async function engineFor(live: Live, connection: Connection): Promise<Engine | undefined> {
  if (live.state !== undefined && live.state !== 'ready' && live.state !== 'connecting')
    return undefined;
  return connection.engine().then(sharing, () => undefined);
}

interface Told {
  readonly view: View;
  readonly error: unknown;
  readonly log: Log;
  readonly live: Live;
}

/** What stands above a view whose rows could not be read: it must not look as if there were none. */
function tell(treeView: vscode.TreeView<Row> | undefined, { view, error, log, live }: Told): void {
  const says = error instanceof Error && !isConnectionTrouble(error);
  if (treeView !== undefined) treeView.message = says ? t('Not listed: {0}', error.message) : '';
  if (error === undefined) return;
  log.error(`${view.id}: ${details(error)}`);
  if (isConnectionTrouble(error)) live.wake();
}

function decorate(
  treeView: vscode.TreeView<Row> | undefined,
  view: View,
  items: readonly Item[],
): void {
  if (treeView === undefined) return;
  const note = view.note?.();
  if (treeView.description !== note) treeView.description = note ?? '';
  const badge = view.badge?.(items);
  if (treeView.badge?.value !== badge?.value) treeView.badge = badge;
}
