/** Shows builds of other programs in the Dockerfiles that are visible, while this window is connected to the engine. */
import * as vscode from 'vscode';
import type { BuildWatcher, WatcherOptions } from '../build/elsewhere/watcher.ts';
import type { OpenDockerfile } from '../ui/builds.ts';
import type { Tools } from '../ui/tools.ts';
import { language } from '../manifest.ts';
import type { Connection } from './connection.ts';
import { errorDetails, type Log } from './log.ts';
import { onSettingsChange, readSetting } from './settings.ts';

export interface ElsewhereOptions {
  readonly tools: Tools;
  readonly connection: Connection;
  readonly log: Log;
  /** Loads the watcher when there is something to watch. */
  readonly load: (options: WatcherOptions) => Promise<BuildWatcher>;
}

/** VS Code reports no visible editors while it changes from one file to another, in milliseconds. */
const settleTime = 200;

/** Starts and ends watching; never connects to an engine. */
export function showBuildsElsewhere({
  tools,
  connection,
  log,
  load,
}: ElsewhereOptions): vscode.Disposable {
  const engine = () =>
    vscode.workspace.isTrusted && readSetting('build.showElsewhere')
      ? connection.openEngine
      : undefined;
  let watcher: Promise<BuildWatcher> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = (): void => {
    if (watcher === undefined && (engine() === undefined || visibleDockerfiles().length === 0))
      return;
    watcher ??= load({
      engine,
      dockerfiles: visibleDockerfiles,
      show: async (record, dockerfile) => (await tools.builds()).addElsewhere(record, dockerfile),
      log: (message, error) => log.warn(`${message}: ${errorDetails(error)}`),
    });
    watcher.then(
      (loaded) => loaded.update(),
      (error: unknown) => log.error(errorDetails(error)),
    );
  };
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(update, settleTime);
  };
  connection.onChange = changed;
  changed();
  const registrations = [
    vscode.window.onDidChangeVisibleTextEditors(changed),
    vscode.workspace.onDidOpenTextDocument(changed),
    vscode.workspace.onDidGrantWorkspaceTrust(changed),
    onSettingsChange(['build.showElsewhere'], changed),
  ];
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    connection.onChange = () => undefined;
    for (const registration of registrations) registration.dispose();
    void watcher?.then((loaded) => loaded.dispose());
  });
}

function visibleDockerfiles(): readonly OpenDockerfile[] {
  const files = new Map<string, OpenDockerfile>();
  for (const { document } of vscode.window.visibleTextEditors) {
    if (document.languageId !== language.id || document.uri.scheme !== 'file') continue;
    files.set(document.uri.fsPath, { path: document.uri.fsPath, text: document.getText() });
  }
  return [...files.values()];
}
