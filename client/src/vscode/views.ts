/** The views in the side bar: rows, titles, badges, and their updates while they are visible. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Engine } from '../engine/engine.ts';
import { drawingTime } from '../engine/drawing.ts';
import type { EngineLists } from '../engine/lists/engine-lists.ts';
import { isConnectionError } from '../engine/errors.ts';
import type { Drop } from '../copy/drop.ts';
import {
  hasChildren,
  type Item,
  type LoadedRows,
  type View,
  type ViewId,
} from '../explorer/item.ts';
import type { EngineState } from '../manifest.ts';
import type { Connection } from './connection.ts';
import { LiveViews } from './live-views.ts';
import { errorDetails, type Log } from './log.ts';
import { registerDoubleClicks } from './double-click.ts';
import { ExpandedGroups, type StateStorage } from './expanded-groups.ts';
import { registerRowColors } from './row-colors.ts';
import { RowDrops } from './row-drops.ts';
import type { FileRef, LazyRows } from '../ui/files.ts';
import type { LateView, LateViews } from './late-views.ts';
import { Row } from './rows.ts';
import { ViewTree } from './tree.ts';

/** Milliseconds in which engines answer, apart from those of other machines. */
const answerTime = 150;

/** Milliseconds that commands wait for the rows of an engine that does not answer. */
const longestWait = 500;

export interface Views {
  readonly live: LiveViews;
  /** Reads all views again. */
  readonly refresh: () => void;
  /** Redraws all views from the data that was read, with the current settings. */
  readonly redraw: () => void;
  selection(view: string): readonly Item[];
  /** Expands the row of an object and the rows below it. */
  readonly expand: (view: ViewId, matches: (item: Item) => boolean) => Promise<void>;
  /** Reads the rows below these again, if they have been read. */
  readonly reload: (matches: (item: Item) => boolean) => void;
  /** Selects the row of a file of a container or volume, or the nearest row above it. */
  reveal(file: FileRef): Promise<void>;
  /** Resolves when a visible view has its first rows, after half a second at most; at once if no view is visible. */
  firstRows(): Promise<void>;
  dispose(): void;
}

export interface ViewsOptions {
  readonly views: readonly View[];
  /** The views of VS Code, which wait for their rows. */
  readonly treeViews: LateViews<Row>;
  readonly connection: Connection;
  readonly log: Log;
  /** Stores which groups are expanded. */
  readonly memory: StateStorage;
  /** Starts to watch the files that determine the engine address; the returned function ends that. */
  readonly watch: (changed: () => void) => () => void;
  /** Called when these files have changed. */
  readonly onAddressChange: () => void;
  /** Copies what is dropped on a row; reports its failures itself. */
  readonly copyDropped: (drop: Drop) => Promise<void>;
  /** Reads rows that an expanded row shows; does not reject. */
  readonly load: (lazy: LazyRows) => Promise<LoadedRows>;
}

// eslint-disable-next-line max-lines-per-function -- the parts refer to each other
export function createViews(options: ViewsOptions): Views {
  const { views, connection, log, memory } = options;
  const trees = new Map<ViewId, ViewTree>();
  const shown = new Map<ViewId, vscode.TreeView<Row>>();
  const forEachTree = (ids: Iterable<ViewId>, act: (tree: ViewTree) => void): void => {
    for (const id of ids) {
      const tree = trees.get(id);
      if (tree !== undefined) act(tree);
    }
  };
  const fileViews = idsOf(views, 'files');
  const engineViews = idsOf(views, 'engine');
  const visibleFileViews = (): readonly ViewId[] =>
    fileViews.filter((id) => shown.get(id)?.visible);
  /**
   * Before the views have been read, an empty view would say that there are no containers. Most engines answer before a view
   * that says that it connects would have been drawn, and VS Code updates all menus when the state changes.
   */
  const readBefore = async (state: EngineState): Promise<void> => {
    // The reads start when all know the state.
    await Promise.resolve();
    if (state === 'connecting') await new Promise((resolve) => setTimeout(resolve, answerTime));
    if (state === 'ready')
      await Promise.all(engineViews.flatMap((id) => trees.get(id)?.reading ?? []));
  };
  let lists:
    { readonly of: Engine; readonly kept: EngineLists; readonly createdAt: number } | undefined;
  /** The engine with lists that its events keep current. */
  const followed = async (engine: Engine): Promise<Engine> => {
    const { EngineLists } = await import('../engine/lists/engine-lists.ts');
    if (lists?.of !== engine)
      lists = { of: engine, kept: new EngineLists(engine), createdAt: Date.now() };
    return lists.kept.engine;
  };
  // Users look at the rows of containers first, and other views need this list, too.
  connection.first = {
    isNeeded: () => shown.get('containers')?.visible === true,
    // The view reads the same list when the connection is complete, and reports the error.
    read: (engine) =>
      void followed(engine).then((kept) => kept.containers().catch(() => undefined)),
  };
  const live = new LiveViews({
    views: views.filter((view) => view.source === 'engine'),
    engine: () => connection.engine(),
    forget: () => connection.forget(),
    abandonReads: () => forEachTree(engineViews, (tree) => tree.abandon()),
    note: (event) => lists?.kept.note(event),
    outdate: (types) => lists?.kept.outdate(types),
    forgetLists: (before = Infinity) => {
      if (lists !== undefined && lists.createdAt < before) lists = undefined;
    },
    refresh: (ids, since) => forEachTree(ids, (tree) => tree.refresh(since)),
    tick: (ids) => forEachTree(ids, (tree) => tree.show()),
    onState: (state) => {
      void readBefore(state).then(() => {
        if (live.state === state)
          void vscode.commands.executeCommand('setContext', 'drydock.engine', state);
      });
      forEachTree(visibleFileViews(), (tree) => tree.show());
    },
    log: (message, error) => log.warn(`${message}: ${errorDetails(error)}`),
  });
  const drops = new RowDrops(options.copyDropped);
  for (const view of views) {
    const expandedGroups = new ExpandedGroups(memory, view.id);
    const tree = new ViewTree(view, {
      isExpanded: (item) => expandedGroups.isExpanded(item),
      engine: () => engineFor(live, connection, followed),
      onRead: (error) => showReadError(shown.get(view.id), { view, error, log, live }),
      onRows: (items) => decorate(shown.get(view.id), view, items),
      load: options.load,
    });
    trees.set(view.id, tree);
    const late = options.treeViews.get(view.id);
    if (late !== undefined) shown.set(view.id, connectView(late, { tree, expandedGroups, drops }));
  }
  const registered = vscode.Disposable.from(
    registerShowMore((row) => forEachTree(trees.keys(), (tree) => tree.showMore(row))),
    registerDoubleClicks(),
    registerRowColors(),
  );
  const refresh = (): void => forEachTree(visibleFileViews(), (tree) => tree.refresh());
  const watcher = createWatcher({ ...options, refresh });
  const sortAgain = (): void => forEachTree(trees.keys(), (tree) => tree.sortAgain());
  onVisibilityChange(shown, (id, visible) => {
    const tree = trees.get(id);
    if (visible) tree?.sortAgain();
    if (fileViews.includes(id)) {
      if (visible) tree?.refresh();
    } else {
      // Otherwise the rows are sorted when they have been read.
      if (visible && !live.isStale(id)) tree?.show();
      live.setVisible(id, visible);
    }
    watcher.setVisible([...shown.values()].some((one) => one.visible));
  });
  return {
    live,
    refresh: () => {
      sortAgain();
      live.readAll();
      forEachTree(fileViews, (tree) => tree.refresh());
    },
    redraw: () => {
      sortAgain();
      forEachTree(trees.keys(), (tree) => tree.show());
    },
    reload: (matches) => forEachTree(trees.keys(), (tree) => tree.reload(matches)),
    expand: async (id, matches) => {
      const row = trees.get(id)?.find(matches);
      if (row !== undefined) await shown.get(id)?.reveal(row, { expand: 2, focus: true });
    },
    reveal: async (file) => {
      const id = file.place.kind === 'container' ? 'containers' : (`${file.place.kind}s` as const);
      const row = await trees.get(id)?.rowOf(file);
      if (row !== undefined) await shown.get(id)?.reveal(row, { select: true, focus: true });
    },
    selection: (id) => {
      const tree = trees.get(id as ViewId);
      // VS Code keeps rows in the selection that have been removed.
      const rows = (shown.get(id as ViewId)?.selection ?? []).filter((row) => tree?.has(row));
      return rows.map(({ item }) => item);
    },
    firstRows: async () => {
      const visible = views.filter(({ id }) => shown.get(id)?.visible === true);
      if (visible.length === 0) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, longestWait)));
      await Promise.race([late, ...visible.flatMap(({ id }) => trees.get(id)?.shown ?? [])]);
      clearTimeout(timer);
      // VS Code draws them first.
      await new Promise((resolve) => setTimeout(resolve, drawingTime));
    },
    dispose: () => {
      registered.dispose();
      live.stop();
      watcher.setVisible(false);
      for (const one of [...shown.values(), ...trees.values()]) one.dispose();
    },
  };
}

/** The row at the end of a long list of files runs it. */
function registerShowMore(show: (row: Row) => void): vscode.Disposable {
  return vscode.commands.registerCommand('drydock.files.show-more', (row: unknown) => {
    if (row instanceof Row) show(row);
  });
}

function idsOf(views: readonly View[], source: View['source']): readonly ViewId[] {
  return views.filter((view) => view.source === source).map(({ id }) => id);
}

/** Gives a view its rows. */
function connectView(
  late: LateView<Row>,
  {
    tree,
    expandedGroups,
    drops,
  }: { readonly tree: ViewTree; readonly expandedGroups: ExpandedGroups; readonly drops: RowDrops },
): vscode.TreeView<Row> {
  const { treeView } = late;
  const store = ({ item }: Row, isExpanded: boolean): void => {
    // Files are read only when their directory is expanded.
    if (hasChildren(item)) void expandedGroups.setExpanded(item, isExpanded);
  };
  treeView.onDidExpandElement(({ element }) => store(element, true));
  treeView.onDidCollapseElement(({ element }) => {
    store(element, false);
    tree.forget(element);
  });
  late.connect(tree, drops);
  return treeView;
}

/** Calls back when a view is shown or hidden, and at once for views that are visible already. */
function onVisibilityChange(
  treeViews: ReadonlyMap<ViewId, vscode.TreeView<Row>>,
  callback: (id: ViewId, visible: boolean) => void,
): void {
  for (const [id, treeView] of treeViews) {
    treeView.onDidChangeVisibility(({ visible }) => callback(id, visible));
    if (treeView.visible) callback(id, true);
  }
}

/** Watches files only while a view is visible. */
function createWatcher(options: {
  watch(changed: () => void): () => void;
  onAddressChange(): void;
  refresh(): void;
}): { setVisible(visible: boolean): void } {
  let end: (() => void) | undefined;
  return {
    setVisible: (visible) => {
      if (!visible) {
        end?.();
        end = undefined;
      } else {
        end ??= options.watch(() => {
          options.refresh();
          options.onAddressChange();
        });
      }
    },
  };
}

/**
 * The engine for reading a view; undefined while it is not available, so that the welcome view is shown. Rejects if the
 * connection is lost before that is known: the rows then stay, because an empty view would say that there are no containers.
 */
async function engineFor(
  live: LiveViews,
  connection: Connection,
  followed: (engine: Engine) => Promise<Engine>,
): Promise<Engine | undefined> {
  if (live.state !== undefined && live.state !== 'ready' && live.state !== 'connecting')
    return undefined;
  return connection.engine().then(followed);
}

interface ReadResult {
  readonly view: View;
  readonly error: unknown;
  readonly log: Log;
  readonly live: LiveViews;
}

/** Shows an error above a view whose rows could not be read, so that it does not look empty. */
function showReadError(
  treeView: vscode.TreeView<Row> | undefined,
  { view, error, log, live }: ReadResult,
): void {
  // Without a connection, a welcome view says what is wrong.
  const isShown = error instanceof Error && (!isConnectionError(error) || live.state === 'ready');
  const message = isShown ? t('Could not load: {0}', error.message) : '';
  if (treeView !== undefined && (treeView.message ?? '') !== message) treeView.message = message;
  if (view.source === 'engine') live.readEnded(view.id, error);
  if (error === undefined) return;
  const isConnection = isConnectionError(error);
  // The connection itself reports the error and is tried again.
  if (isConnection && live.state !== 'ready') return;
  log.error(`${view.id}: ${errorDetails(error)}`);
  if (isConnection) live.wake();
}

function decorate(
  treeView: vscode.TreeView<Row> | undefined,
  view: View,
  items: readonly Item[],
): void {
  if (treeView === undefined) return;
  const description = view.description?.() ?? '';
  // Each change redraws the title and its menus, and containers that restart refresh the rows every few seconds.
  if ((treeView.description ?? '') !== description) {
    treeView.description = description;
    const key = `drydock.filtered.${view.id}`;
    void vscode.commands.executeCommand('setContext', key, description !== '');
  }
  const badge = view.badge?.(items);
  if (treeView.badge?.value !== badge?.value) treeView.badge = badge;
}
