/** Composes the extension from its parts and disposes them when it is deactivated. */
import { config, t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Builds } from './ui/builds.ts';
import type { Logins, Tools } from './ui/tools.ts';
import { commands } from './commands/index.ts';
import { filterKey, windowContextKey } from './explorer/workspace-keys.ts';
import type { BuildMarks } from './vscode/build-marks.ts';
import { showBuildsElsewhere } from './vscode/builds-elsewhere.ts';
import { Connection } from './vscode/connection.ts';
import { registerBuildTasks } from './vscode/build-tasks.ts';
import { followDevContainers } from './vscode/dev-containers.ts';
import { registerCommands, reportFailure } from './vscode/commands.ts';
import { offerDockerfiles } from './vscode/dockerfile-offer.ts';
import { Documents } from './vscode/documents.ts';
import type { LiveViews } from './vscode/live-views.ts';
import { errorDetails, createLog, type Log } from './vscode/log.ts';
import { pageOpener } from './vscode/pages.ts';
import { platform } from './vscode/platform.ts';
import { registerFileSystem } from './vscode/file-system.ts';
import { openFiles } from './vscode/open-files.ts';
import { registerRulePages } from './vscode/rule-pages.ts';
import { registerShellProfile } from './vscode/terminal-profile.ts';
import { readSetting, onSettingsChange } from './vscode/settings.ts';
import { createViews, type Views } from './vscode/views.ts';
import { displaySettings } from './vscode/display-settings.ts';
import { createEditor } from './vscode/editor.ts';
import { beginsAsDockerfile } from './build/dockerfile-text.ts';
import type { Address } from './engine/address.ts';
import type { BuilderSummary } from './engine/builder-summary.ts';
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

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  if (vscode.l10n.bundle !== undefined) config({ contents: vscode.l10n.bundle });
  const log = createLog();
  const connection = new Connection({ locate: () => locateEngine(context), connect }, log);
  const volumeSizes = new Map<string, number>();
  const memory = context.workspaceState;
  const viewModels = createViewModels(memory, connection, volumeSizes);
  const views = createViews({
    views: viewModels,
    connection,
    log,
    memory,
    watch: watchContexts,
    onAddressChange: () => void reconnectIfAddressChanged(context, connection, views.live),
    copyDropped: (drop) =>
      reportFailure(t('Copying'), { log, onConnectionLost }, async () => {
        const { copyDropped } = await import('./copy/drop.ts');
        await copyDropped(tools, drop);
      }),
    load: async (lazy) => (await files()).rows(lazy),
  });
  const files = once(() =>
    openFiles(tools, (matches) => views.reload(matches), context.subscriptions),
  );
  const documents = new Documents();
  const editor = editorOf(context, { documents, views, log });
  const reconnect = (): Promise<void> => {
    volumeSizes.clear();
    return restartViews(views);
  };
  const server = startServerWhenNeeded(context, connection, log);
  const tools: Tools = {
    ...questionsTo(server),
    engine: () => connection.engine(),
    reconnect,
    editor,
    builds: once(() => builds(tools)),
    files,
    contexts,
    logins,
    builders: () => builders(connection),
    volumeSizes,
    connectionState: () => connection.state(),
  };
  const onConnectionLost = connectionLostHandler(connection, views.live);
  const selection = (view: string): ReturnType<Views['selection']> => views.selection(view);
  context.subscriptions.push(log, documents, views);
  // VS Code answers that a view is visible before it registers some hundred commands.
  await new Promise<void>((resolve) => setImmediate(resolve));
  context.subscriptions.push(
    ...registerCommands({ commands, tools, views: viewModels, selection, onConnectionLost, log }),
    followDevContainers(),
    ...registerRulePages(context.extensionUri),
    registerFileSystem(files),
    registerShellProfile({ tools, log, onConnectionLost }),
    ...buildRegistrations(tools, connection, log),
    ...subscriptions(views, reconnect),
  );
}

/** Tasks that build, builds of other programs, and files that are offered as Dockerfiles. */
function buildRegistrations(
  tools: Tools,
  connection: Connection,
  log: Log,
): readonly vscode.Disposable[] {
  return [
    registerBuildTasks(tools, () => import('./build/run-task.ts')),
    showBuildsElsewhere({
      tools,
      connection,
      log,
      load: async (options) =>
        new (await import('./build/elsewhere/watcher.ts')).BuildWatcher(options),
    }),
    offerDockerfiles({ editor: tools.editor, isDockerfile: beginsAsDockerfile }),
  ];
}

/** What the language server knows of Dockerfiles. */
function questionsTo(
  server: LazyServer,
): Pick<Tools, 'stageGraph' | 'contextNeeds' | 'buildFacts'> {
  return {
    stageGraph: async (path) => (await server.running())?.stageGraph(path),
    contextNeeds: async (path, text) => (await server.start())?.contextNeeds(path, text),
    buildFacts: async (path, text) => (await server.start())?.buildFacts(path, text),
  };
}

interface EditorParts {
  readonly documents: Documents;
  readonly views: Views;
  readonly log: Log;
}

function editorOf(
  context: vscode.ExtensionContext,
  { documents, views, log }: EditorParts,
): Tools['editor'] {
  return createEditor({
    memory: context.workspaceState,
    secrets: context.secrets,
    documents,
    refreshViews: () => views.refresh(),
    revealFile: (file) => views.reveal(file),
    redrawViews: () => views.redraw(),
    showVolumeFiles: (name) =>
      views.expand(
        'volumes',
        ({ subject }) => subject?.kind === 'volume' && subject.value.name === name,
      ),
    showLog: () => log.show(),
    openPage: pageOpener(context.extensionUri),
    buildMarks: once(() => buildMarks(context)),
  });
}

/** Reacts to changes of the engine address, the display settings and workspace trust. */
function subscriptions(views: Views, reconnect: () => Promise<void>): readonly vscode.Disposable[] {
  void vscode.commands.executeCommand('setContext', 'drydock.platform', platform());
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

async function builders(connection: Connection): Promise<readonly BuilderSummary[]> {
  const { currentEnvironment } = await import('./engine/docker-cli/config-file.ts');
  const { knownBuilders, summaryOf } = await import('./engine/docker-cli/known-builders.ts');
  const { address } = await connection.state();
  const known = await knownBuilders(currentEnvironment(), address?.context);
  return known.builders.map((one) => summaryOf(one, known.current));
}

async function logins(): Promise<Logins> {
  const { saveLogin, removeLogin, listLogins } = await import('./engine/docker-cli/login-store.ts');
  return {
    save: (one) => saveLogin(one),
    remove: (host) => removeLogin(host),
    list: () => listLogins(),
  };
}

/** What builds show in Dockerfiles, loaded with the first build. */
async function buildMarks(context: vscode.ExtensionContext): Promise<BuildMarks> {
  const { createBuildMarks } = await import('./vscode/build-marks.ts');
  const marks = createBuildMarks();
  context.subscriptions.push(marks);
  return marks;
}

/** The page of a build and what it needs; the parser of Dockerfiles is loaded when a build starts. */
async function builds(tools: Tools): Promise<Builds> {
  const { createBuilds } = await import('./build/view/builds.ts');
  return createBuilds(tools, {
    readDockerfile: async (...given) =>
      (await import('./build/dockerfile/read-dockerfile.ts')).readDockerfile(...given),
  });
}

/** The same promise for each call; a failure is not kept. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
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

/** Resolves to the language client once it runs; undefined if it could not be started. */
interface LazyServer {
  /** Undefined if it was not needed yet. */
  running(): Promise<LanguageServer | undefined>;
  start(): Promise<LanguageServer | undefined>;
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
