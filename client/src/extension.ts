/** Composes the extension: what is made here is handed to those who use it, and ended with it. */
import { config, t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commands } from './commands/index.ts';
import { Connection } from './editor/connection.ts';
import { registerCommands } from './editor/commands.ts';
import { Documents } from './editor/documents.ts';
import { isConnectionTrouble } from './editor/guard.ts';
import { Live } from './editor/live.ts';
import { details, openLog, type Log } from './editor/log.ts';
import { platform } from './editor/platform.ts';
import { setting, whenSettingChanges } from './editor/settings.ts';
import { Tree } from './editor/tree.ts';
import { editorOver } from './editor/window.ts';
import type { Engine } from './engine/engine.ts';
import { containersView } from './explorer/containers.ts';
import { imagesView } from './explorer/images.ts';
import type { Item, View } from './explorer/item.ts';
import { language, type EngineState } from './manifest.ts';

export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const log = openLog();
  const connection = new Connection(connect, log);
  const views: readonly View[] = [
    containersView({ show: () => setting('containers.show') }),
    imagesView(),
  ];
  const { live, trees } = openViews(views, connection, log);
  const documents = new Documents();
  const editor = editorOver({
    memory: context.workspaceState,
    documents,
    refresh: () => live.refresh(),
    showLog: () => log.show(),
  });
  const reconnect = (): Promise<void> => {
    live.restart();
    return Promise.resolve();
  };
  const registered = registerCommands({
    commands,
    tools: { engine: () => connection.engine(), reconnect, editor },
    views,
    selection: (view) => trees.get(view)?.selection ?? [],
    lost: () => {
      connection.forget();
      live.wake();
    },
    log,
  });
  context.subscriptions.push(
    log,
    documents,
    ...trees.values(),
    ...registered,
    { dispose: () => live.stop() },
    whenSettingChanges(['engine.host'], () => live.restart()),
    whenSettingChanges(['containers.show'], () => live.refresh(['containers'])),
    vscode.workspace.onDidGrantWorkspaceTrust(() => live.restart()),
  );
  startServerWhenNeeded(context, connection, log);
  void vscode.commands.executeCommand('setContext', 'drydock.platform', platform());
}

/** The adapter and all that it brings are loaded when an engine is first wanted. */
async function connect(): Promise<Engine> {
  const [{ connect: open }, { findAddress }] = await Promise.all([
    import('./engine/dockerode.ts'),
    import('./engine/address.ts'),
  ]);
  return open(await findAddress(setting('engine.host')));
}

function openViews(
  views: readonly View[],
  connection: Connection,
  log: Log,
): { readonly live: Live; readonly trees: ReadonlyMap<string, vscode.TreeView<Item>> } {
  const providers = new Map<View['id'], Tree>();
  const live = new Live({
    views,
    engine: () => connection.engine(),
    forget: () => connection.forget(),
    refresh: (ids) => {
      for (const id of ids) providers.get(id)?.refresh();
    },
    become: (state: EngineState) => {
      void vscode.commands.executeCommand('setContext', 'drydock.engine', state);
    },
    log: (message, error) => log.warn(`${message}: ${details(error)}`),
  });
  const trees = new Map<string, vscode.TreeView<Item>>();
  for (const view of views) {
    const tellRows = (error: unknown): void => {
      const shown = trees.get(view.id);
      if (shown !== undefined) shown.message = rowsMessage(error);
      if (error === undefined) return;
      log.error(`${view.id}: ${details(error)}`);
      if (isConnectionTrouble(error)) live.wake();
    };
    const tree = new Tree(view, {
      engine: () => engineFor(live, connection),
      told: tellRows,
    });
    providers.set(view.id, tree);
    const shown = vscode.window.createTreeView(`drydock.${view.id}`, {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
    });
    shown.onDidChangeVisibility(({ visible }) => live.setVisible(view.id, visible));
    live.setVisible(view.id, shown.visible);
    trees.set(view.id, shown);
  }
  return { live, trees };
}

/** What stands above a view whose rows could not be read: it must not look as if there were none. */
function rowsMessage(error: unknown): string {
  return error instanceof Error && !isConnectionTrouble(error)
    ? t('Not listed: {0}', error.message)
    : '';
}

/** While the engine is away, the views are empty and a welcome text speaks. */
async function engineFor(live: Live, connection: Connection): Promise<Engine | undefined> {
  if (live.state !== undefined && live.state !== 'ready' && live.state !== 'connecting')
    return undefined;
  return connection.engine().catch(() => undefined);
}

/** The language client is loaded with the first Dockerfile, and never for the views alone. */
function startServerWhenNeeded(
  context: vscode.ExtensionContext,
  connection: Connection,
  log: Log,
): void {
  let started = false;
  const start = (document: vscode.TextDocument): void => {
    if (started || document.languageId !== language.id) return;
    started = true;
    void import('./server.ts')
      .then(({ startServer }) =>
        startServer({
          module: context.asAbsolutePath('dist/server.js'),
          // Asking for names is no reason to connect.
          localImages: async () => (await connection.open?.images()) ?? [],
        }),
      )
      .then(
        (client) => context.subscriptions.push(client),
        (error: unknown) => log.error(`Language server: ${details(error)}`),
      );
  };
  vscode.workspace.textDocuments.forEach(start);
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(start));
}
