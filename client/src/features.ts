/**
 * Everything besides the views and the language server: commands and what they use, tasks, and files of containers. Loaded
 * when the visible views have their first rows.
 */
import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { beginsAsDockerfile } from './build/dockerfile-text.ts';
import { commands } from './commands/index.ts';
import type { Drop } from './copy/drop.ts';
import type { BuilderSummary } from './engine/builder-summary.ts';
import type { View } from './explorer/item.ts';
import type { FileSession } from './files/session.ts';
import type { LanguageServer } from './server.ts';
import type { Builds } from './ui/builds.ts';
import { once } from './ui/once.ts';
import type { Logins, Tools } from './ui/tools.ts';
import type { BuildMarks } from './vscode/build-marks.ts';
import { registerBuildTasks } from './vscode/build-tasks.ts';
import { showBuildsElsewhere } from './vscode/builds-elsewhere.ts';
import { registerCommands, reportFailure } from './vscode/commands.ts';
import type { Connection } from './vscode/connection.ts';
import { followDevContainers } from './vscode/dev-containers.ts';
import { offerDockerfiles } from './vscode/dockerfile-offer.ts';
import { Documents } from './vscode/documents.ts';
import { createEditor } from './vscode/editor.ts';
import { registerFileSystem } from './vscode/file-system.ts';
import type { Log } from './vscode/log.ts';
import { openFiles } from './vscode/open-files.ts';
import { pageOpener } from './vscode/pages.ts';
import { registerRulePages } from './vscode/rule-pages.ts';
import { registerShellProfile } from './vscode/terminal-profile.ts';
import type { Views } from './vscode/views.ts';

/** Resolves to the language client once it runs; undefined if it could not be started. */
export interface LazyServer {
  /** Undefined if it was not needed yet. */
  running(): Promise<LanguageServer | undefined>;
  start(): Promise<LanguageServer | undefined>;
}

export interface FeaturesOptions {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly connection: Connection;
  readonly views: Views;
  readonly viewModels: readonly View[];
  readonly volumeSizes: Map<string, number>;
  readonly contexts: Tools['contexts'];
  readonly server: LazyServer;
  readonly reconnect: () => Promise<void>;
  /** Called when the engine could not be reached. */
  readonly onConnectionLost: () => void;
}

export interface Features {
  /** Files of containers, volumes and images; loaded when they are first needed. */
  files(): Promise<FileSession>;
  /** Copies what was dropped on a row, and reports its failures. */
  copyDropped(drop: Drop): Promise<void>;
  /** Registers all commands and what else VS Code calls. */
  register(): readonly { dispose(): unknown }[];
}

/** Creates what the features share. */
export function createFeatures(options: FeaturesOptions): Features {
  const { context, log, connection, views, volumeSizes, onConnectionLost } = options;
  const documents = new Documents();
  const files = once(() =>
    openFiles(tools, (matches) => views.reload(matches), context.subscriptions),
  );
  const tools: Tools = {
    ...questionsTo(options.server),
    engine: () => connection.engine(),
    reconnect: options.reconnect,
    editor: editorOf(context, { documents, views, log }),
    builds: once(() => builds(tools)),
    files,
    contexts: options.contexts,
    logins,
    builders: () => builders(connection),
    volumeSizes,
    connectionState: () => connection.state(),
  };
  const selection = (view: string): ReturnType<Views['selection']> => views.selection(view);
  const { viewModels } = options;
  return {
    files,
    copyDropped: (drop) =>
      reportFailure(t('Copying'), { log, onConnectionLost }, async () => {
        const { copyDropped } = await import('./copy/drop.ts');
        await copyDropped(tools, drop);
      }),
    register: () => [
      documents,
      ...registerCommands({ commands, tools, views: viewModels, selection, onConnectionLost, log }),
      followDevContainers(),
      ...registerRulePages(context.extensionUri),
      registerFileSystem(files),
      registerShellProfile({ tools, log, onConnectionLost }),
      ...buildRegistrations(tools, connection, log),
    ],
  };
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
