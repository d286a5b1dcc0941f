/** Composes the extension from its parts and disposes them when it is deactivated. */
import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { filterKey, windowContextKey } from './explorer/workspace-keys.ts';
import type { LazyServer } from './features.ts';
import { once } from './ui/once.ts';
import { Connection } from './vscode/connection.ts';
import type { LateViews } from './vscode/late-views.ts';
import type { LiveViews } from './vscode/live-views.ts';
import { errorDetails, createLog, type Log } from './vscode/log.ts';
import { platform } from './vscode/platform.ts';
import { readSetting, onSettingsChange } from './vscode/settings.ts';
import { createViews, type Views } from './vscode/views.ts';
import { displaySettings } from './vscode/display-settings.ts';
import type { Row } from './vscode/rows.ts';
import type { Address } from './engine/address.ts';
import type { ContextStore } from './engine/contexts.ts';
import type { Engine } from './engine/engine.ts';
import { containersView } from './explorer/containers.ts';
import { contextsView } from './explorer/contexts.ts';
import { imagesView } from './explorer/images.ts';
import type { View, ViewId } from './explorer/item.ts';
import { networksView } from './explorer/networks.ts';
import { volumesView } from './explorer/volumes.ts';
import { isServed } from './manifest.ts';
import type { LanguageServer } from './server.ts';

/** Loads what a connection needs as soon as VS Code says that a view is visible, which it may do before the activation. */
export function prepare(treeViews: LateViews<Row>): void {
  const loadEngine = once(engineModules);
  for (const { treeView } of treeViews.values())
    treeView.onDidChangeVisibility(({ visible }) => {
      // What fails here fails again when it is needed.
      if (visible) void loadEngine().catch(() => undefined);
    });
}

/** Everything that a connection needs, without opening it. */
function engineModules(): Promise<unknown> {
  return Promise.all([
    import('./engine/docker-cli/address-lookup.ts'),
    import('./engine/docker-api/connect.ts'),
  ]);
}

/** Called once; `treeViews` are those of VS Code, which wait for their rows. */
export async function activate(
  context: vscode.ExtensionContext,
  treeViews: LateViews<Row>,
): Promise<void> {
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const log = createLog();
  const connection = new Connection({ locate: () => locateEngine(context), connect }, log);
  const volumeSizes = new Map<string, number>();
  const memory = context.workspaceState;
  const viewModels = createViewModels(memory, connection, volumeSizes);
  const views = createViews({
    views: viewModels,
    treeViews,
    connection,
    log,
    memory,
    watch: watchContexts,
    onAddressChange: () => void reconnectIfAddressChanged(context, connection, views.live),
    copyDropped: async (drop) => (await features()).copyDropped(drop),
    load: async (lazy) => (await (await features()).files()).rows(lazy),
  });
  const reconnect = (): Promise<void> => {
    volumeSizes.clear();
    return restartViews(views);
  };
  const server = startServerWhenNeeded(context, connection, log);
  const onConnectionLost = connectionLostHandler(connection, views.live);
  const shared = { context, log, connection, views, viewModels, volumeSizes, contexts, server };
  const features = once(async () => {
    const { createFeatures } = await import('./features.ts');
    return createFeatures({ ...shared, reconnect, onConnectionLost });
  });
  context.subscriptions.push(log, views, ...subscriptions(views, reconnect));
  // Its answer follows those that say which views are visible.
  await vscode.commands.executeCommand('setContext', 'drydock.platform', platform());
  await views.firstRows();
  context.subscriptions.push(...(await features()).register());
}

/** Reacts to changes of the engine address, the display settings and workspace trust. */
function subscriptions(views: Views, reconnect: () => Promise<void>): readonly vscode.Disposable[] {
  return [
    onSettingsChange(['engine.host'], () => void reconnect()),
    onSettingsChange(displaySettings, () => views.redraw()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void reconnect()),
  ];
}

/** Drops the connection after an error, and reconnects if a view is visible. */
function connectionLostHandler(connection: Connection, live: LiveViews): () => void {
  return () => {
    connection.forget();
    live.wake();
  };
}

function restartViews({ live, refresh }: Views): Promise<void> {
  live.restart();
  refresh();
  return Promise.resolve();
}

/** Loaded on first use, like everything that reads files or connects to engines. */
async function locateEngine(context: vscode.ExtensionContext): Promise<Address> {
  const { findAddress } = await import('./engine/docker-cli/address-lookup.ts');
  const chosen = context.workspaceState.get<string>(windowContextKey) || undefined;
  return findAddress(readSetting('engine.host'), undefined, chosen);
}

/** The Docker API client is loaded when an engine is first needed. */
async function connect(address: Address, needsContainers: boolean): Promise<Engine> {
  const api = await import('./engine/docker-api/connect.ts');
  return needsContainers ? api.connectAndList(address) : api.connect(address);
}

async function contexts(): Promise<ContextStore> {
  return (await import('./engine/docker-cli/context-store.ts')).contextStore();
}

/** The views of this window; display settings are read whenever the rows are created. */
function createViewModels(
  memory: vscode.Memento,
  connection: Connection,
  volumeSizes: ReadonlyMap<string, number>,
): readonly View[] {
  const filter = (view: ViewId): string => memory.get<string>(filterKey(view)) ?? '';
  return [
    containersView(() => ({
      show: readSetting('containers.show'),
      groupBy: readSetting('containers.groupBy'),
      groupByLabel: readSetting('containers.groupByLabel'),
      sortBy: readSetting('containers.sortBy'),
      columns: readSetting('containers.columns'),
      filter: filter('containers'),
    })),
    imagesView(() => ({
      groupBy: readSetting('images.groupBy'),
      sortBy: readSetting('images.sortBy'),
      dangling: readSetting('images.showDangling'),
      columns: readSetting('images.columns'),
      filter: filter('images'),
    })),
    volumesView(() => ({ filter: filter('volumes'), sizes: volumeSizes })),
    networksView(() => ({ filter: filter('networks') })),
    contextsView({ store: contexts, connection: () => connection.current }),
  ];
}

/** Reconnects if the context files now select another engine than the connected one. */
async function reconnectIfAddressChanged(
  context: vscode.ExtensionContext,
  connection: Connection,
  live: LiveViews,
): Promise<void> {
  const current = connection.current.address;
  const configured = await locateEngine(context).catch(() => undefined);
  if (JSON.stringify(configured) !== JSON.stringify(current)) live.restart();
}

/** Watches the context files as soon as the code that reads them is loaded. */
function watchContexts(changed: () => void): () => void {
  let end: (() => void) | undefined;
  let isStopped = false;
  void contexts().then((store) => {
    if (!isStopped) end = store.watch(changed);
  });
  return () => {
    isStopped = true;
    end?.();
  };
}

/** Loads the language client when the first Dockerfile is opened. */
function startServerWhenNeeded(
  context: vscode.ExtensionContext,
  connection: Connection,
  log: Log,
): LazyServer {
  let running: Promise<LanguageServer | undefined> | undefined;
  const start = async (): Promise<LanguageServer | undefined> => {
    try {
      const { startServer } = await import('./server.ts');
      const server = await startServer({
        module: context.asAbsolutePath('dist/server.js'),
        // Completion of image names does not open a connection.
        localImages: async () => (await connection.openEngine?.images()) ?? [],
      });
      context.subscriptions.push(server);
      return server;
    } catch (error) {
      log.error(`Language server: ${errorDetails(error)}`);
      return undefined;
    }
  };
  const opened = ({ languageId, uri }: vscode.TextDocument): void => {
    if (isServed({ languageId, path: uri.path })) running ??= start();
  };
  vscode.workspace.textDocuments.forEach(opened);
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(opened));
  return {
    running: () => running ?? Promise.resolve(undefined),
    start: () => (running ??= start()),
  };
}
