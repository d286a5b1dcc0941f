/** Composes the extension: what is made here is handed to those who use it, and ended with it. */
import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Logins, Tools } from './ui/tools.ts';
import { commands } from './commands/index.ts';
import { filterKey, windowContext } from './explorer/workspace-keys.ts';
import { Connection } from './vscode/connection.ts';
import { registerCommands } from './vscode/commands.ts';
import { Documents } from './vscode/documents.ts';
import type { Live } from './vscode/live-views.ts';
import { details, openLog, type Log } from './vscode/log.ts';
import { pagesIn } from './vscode/pages.ts';
import { platform } from './vscode/platform.ts';
import { registerRulePages } from './vscode/rule-pages.ts';
import { registerShellProfile } from './vscode/terminal-profile.ts';
import { setting, whenSettingChanges } from './vscode/settings.ts';
import { openViews, type Views } from './vscode/views.ts';
import { editorOver } from './vscode/editor.ts';
import type { Address } from './engine/address.ts';
import type { ContextStore } from './engine/contexts.ts';
import type { Engine } from './engine/engine.ts';
import { containersView } from './explorer/containers.ts';
import { contextsView } from './explorer/contexts.ts';
import { imagesView } from './explorer/images.ts';
import type { View, ViewId } from './explorer/item.ts';
import { networksView } from './explorer/networks.ts';
import { volumesView } from './explorer/volumes.ts';
import { language as dockerfile } from './manifest.ts';
import type { LanguageServer } from './server.ts';

export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const log = openLog();
  const connection = new Connection({ locate: () => located(context), connect }, log);
  const volumeSizes = new Map<string, number>();
  const memory = context.workspaceState;
  const all = viewsOf(memory, connection, volumeSizes);
  const views = openViews({
    views: all,
    connection,
    log,
    memory,
    watch: watchContexts,
    moved: () => void moveIfElsewhere(context, connection, views.live),
  });
  const documents = new Documents();
  const editor = editorOver({
    memory,
    documents,
    refresh: () => views.refresh(),
    redraw: () => views.redraw(),
    showLog: () => log.show(),
    openPage: pagesIn(context.extensionUri),
  });
  const reconnect = (): Promise<void> => {
    volumeSizes.clear();
    return reconnected(views);
  };
  const server = startServerWhenNeeded(context, connection, log);
  const tools: Tools = {
    stageGraph: async (path) => (await server())?.stageGraph(path),
    engine: () => connection.engine(),
    reconnect,
    editor,
    contexts,
    logins,
    volumeSizes,
    state: () => connection.state(),
  };
  const lost = lostFrom(connection, views.live);
  const registered = registerCommands({
    commands,
    tools,
    views: all,
    selection: (view) => views.selection(view),
    lost,
    log,
  });
  context.subscriptions.push(
    log,
    documents,
    views,
    ...registered,
    ...registerRulePages(context.extensionUri),
    registerShellProfile({ tools, log, lost }),
    ...reactions(views, reconnect),
  );
  void vscode.commands.executeCommand('setContext', 'drydock.platform', platform());
}

/** What changes the connection or how the views look. */
function reactions(views: Views, reconnect: () => Promise<void>): readonly vscode.Disposable[] {
  return [
    whenSettingChanges(['engine.host'], () => void reconnect()),
    whenSettingChanges(looks, () => views.redraw()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void reconnect()),
  ];
}

/** What to do when the connection is not what it was. */
function lostFrom(connection: Connection, live: Live): () => void {
  return () => {
    connection.forget();
    live.wake();
  };
}

function reconnected({ live, refresh }: Views): Promise<void> {
  live.restart();
  refresh();
  return Promise.resolve();
}

/** Settings that change how rows look, and not what is read. */
const looks = [
  'containers.show',
  'containers.groupBy',
  'containers.groupByLabel',
  'containers.sortBy',
  'containers.columns',
  'images.groupBy',
  'images.sortBy',
  'images.columns',
  'images.showDangling',
] as const;

/** Late, like all that reads files and speaks with engines. */
async function located(context: vscode.ExtensionContext): Promise<Address> {
  const { findAddress } = await import('./engine/docker-cli/address-lookup.ts');
  const chosen = context.workspaceState.get<string>(windowContext) || undefined;
  return findAddress(setting('engine.host'), undefined, chosen);
}

/** The adapter and all that it brings are loaded when an engine is first wanted. */
async function connect(address: Address): Promise<Engine> {
  const { connect: open } = await import('./engine/docker-api/connect.ts');
  return open(address);
}

async function contexts(): Promise<ContextStore> {
  return (await import('./engine/docker-cli/context-store.ts')).contextStore();
}

async function logins(): Promise<Logins> {
  const {
    saveLogin,
    removeLogin,
    logins: list,
  } = await import('./engine/docker-cli/login-store.ts');
  return { save: (one) => saveLogin(one), remove: (host) => removeLogin(host), list: () => list() };
}

/** The views of this window; how they look is read from the settings whenever they are drawn. */
function viewsOf(
  memory: vscode.Memento,
  connection: Connection,
  volumeSizes: ReadonlyMap<string, number>,
): readonly View[] {
  const filter = (view: ViewId): string => memory.get<string>(filterKey(view)) ?? '';
  return [
    containersView(() => ({
      show: setting('containers.show'),
      groupBy: setting('containers.groupBy'),
      groupByLabel: setting('containers.groupByLabel'),
      sortBy: setting('containers.sortBy'),
      columns: setting('containers.columns'),
      filter: filter('containers'),
    })),
    imagesView(() => ({
      groupBy: setting('images.groupBy'),
      sortBy: setting('images.sortBy'),
      dangling: setting('images.showDangling'),
      columns: setting('images.columns'),
      filter: filter('images'),
    })),
    volumesView(() => ({ filter: filter('volumes'), sizes: volumeSizes })),
    networksView(() => ({ filter: filter('networks') })),
    contextsView({ store: contexts, inUse: () => connection.inUse }),
  ];
}

/** Reconnects where the files now name another engine than the one that we speak with. */
async function moveIfElsewhere(
  context: vscode.ExtensionContext,
  connection: Connection,
  live: Live,
): Promise<void> {
  const before = connection.inUse.address;
  const now = await located(context).catch(() => undefined);
  if (JSON.stringify(now) !== JSON.stringify(before)) live.restart();
}

/** Contexts are read late; until then nobody watches them. */
function watchContexts(changed: () => void): () => void {
  let end: (() => void) | undefined;
  let over = false;
  void contexts().then((store) => {
    if (!over) end = store.watch(changed);
  });
  return () => {
    over = true;
    end?.();
  };
}

/** The language client is loaded with the first Dockerfile, and never for the views alone; gives it as soon as it runs. */
function startServerWhenNeeded(
  context: vscode.ExtensionContext,
  connection: Connection,
  log: Log,
): () => Promise<LanguageServer | undefined> {
  let running: Promise<LanguageServer | undefined> | undefined;
  const start = async (): Promise<LanguageServer | undefined> => {
    try {
      const { startServer } = await import('./server.ts');
      const server = await startServer({
        module: context.asAbsolutePath('dist/server.js'),
        // Asking for names is no reason to connect.
        localImages: async () => (await connection.open?.images()) ?? [],
      });
      context.subscriptions.push(server);
      return server;
    } catch (error) {
      log.error(`Language server: ${details(error)}`);
      return undefined;
    }
  };
  const opened = (document: vscode.TextDocument): void => {
    if (document.languageId === dockerfile.id) running ??= start();
  };
  vscode.workspace.textDocuments.forEach(opened);
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(opened));
  return () => running ?? Promise.resolve(undefined);
}
