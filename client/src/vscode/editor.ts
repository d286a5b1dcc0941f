/** The Editor port, implemented with VS Code's API. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Editor, ReportProgress } from '../ui/editor.ts';
import type { FileRef } from '../ui/files.ts';
import { EngineError } from '../engine/errors.ts';
import { composeFile, language } from '../manifest.ts';
import { devContainers } from './dev-containers.ts';
import type { Documents } from './documents.ts';
import type { BuildMarks } from './build-marks.ts';
import { platform } from './platform.ts';
import { resources } from './resources.ts';
import { createStatusItem } from './status-item.ts';
import { findInWorkspace } from './workspace-files.ts';
import { dialogs } from './dialogs.ts';
import { openOutputTerminal, openTerminal, typeInTerminal } from './terminal.ts';

export interface EditorOptions {
  readonly memory: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly documents: Documents;
  readonly refreshViews: () => void;
  readonly revealFile: (file: FileRef) => Promise<void>;
  readonly redrawViews: () => void;
  readonly showVolumeFiles: (name: string) => Promise<void>;
  readonly showLog: () => void;
  readonly openPage: Editor['openPage'];
  /** Loaded with the first build. */
  readonly buildMarks: () => Promise<BuildMarks>;
}

/** The only implementation of the port. */
export function createEditor({
  memory,
  secrets,
  documents,
  buildMarks,
  ...views
}: EditorOptions): Editor {
  return {
    ...dialogs,
    ...devContainers,
    withProgress,
    withWindowProgress: (title, work) =>
      Promise.resolve(
        vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work),
      ),
    showDocument: (name, text, kind) => documents.showDocument(name, text, kind),
    compareTexts: (left, right, title) => documents.compare(left, right, title),
    showMarkdown: (name, markdown) => documents.showMarkdown(name, markdown),
    ...terminals,
    ...views,
    findInWorkspace,
    firstWorkspaceFolder,
    showLine,
    ...resources,
    openText,
    showUnsavedFile,
    onDocumentChange,
    readText,
    revealInExplorer: async (path) => {
      await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(path));
    },
    openInBrowser,
    openSettings,
    getSetting: (name) => vscode.workspace.getConfiguration('drydock').get(name),
    updateSetting,
    platform: platform(),
    findDockerfiles,
    findComposeFiles,
    workspaceFolderOf: (path) =>
      vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.fsPath,
    saveDocument: async (path) => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path);
      if (document?.isDirty === true) await document.save();
    },
    activeFile,
    activeLine: () => vscode.window.activeTextEditor?.selection.active.line,
    ...stored(memory, secrets),
    createStatusItem,
    ...buildMarksOf(buildMarks),
    runCommand,
    hasCommand: async (id) => (await vscode.commands.getCommands(true)).includes(`drydock.${id}`),
  };
}

const terminals = { openTerminal, openOutputTerminal, typeInTerminal };

function activeFile(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

/** The state of the workspace, and the clipboard. */
function stored(
  memory: vscode.Memento,
  secrets: vscode.SecretStorage,
): Pick<
  Editor,
  'getState' | 'setState' | 'getSecret' | 'setSecret' | 'copyToClipboard' | 'readClipboard'
> {
  return {
    getSecret: (key) => Promise.resolve(secrets.get(key)),
    setSecret: (key, value) => Promise.resolve(secrets.store(key, value)),
    getState: (key) => memory.get<string>(key),
    setState: (key, value) => Promise.resolve(memory.update(key, value)),
    copyToClipboard: (text) => Promise.resolve(vscode.env.clipboard.writeText(text)),
    readClipboard: () => Promise.resolve(vscode.env.clipboard.readText()),
  };
}

function buildMarksOf(
  load: EditorOptions['buildMarks'],
): Pick<Editor, 'showBuildProblem' | 'clearBuildProblem' | 'showBuildCosts'> {
  return {
    showBuildProblem: (problem) => void load().then(({ problems }) => problems.show(problem)),
    clearBuildProblem: (path) => void load().then(({ problems }) => problems.clear(path)),
    showBuildCosts: (shown) => void load().then(({ costs }) => costs.show(shown)),
  };
}

async function openInBrowser(address: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}

async function openSettings(name: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `drydock.${name}`);
}

async function runCommand(...[id, on, ...others]: Parameters<Editor['runCommand']>): Promise<void> {
  const argument = on !== undefined && 'file' in on ? vscode.Uri.file(on.file) : on;
  await vscode.commands.executeCommand(
    `drydock.${id}`,
    ...(argument === undefined ? [] : [argument, ...others]),
  );
}

/** A file that is not open is opened in the first editor group. */
async function showLine(path: string, line: number): Promise<void> {
  const open = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.fsPath === path,
  );
  const document = open?.document ?? (await vscode.workspace.openTextDocument(path));
  const position = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(document, {
    viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(position, position),
  });
}

function openText(path: string): string | undefined {
  return vscode.workspace.textDocuments
    .find(({ uri }) => uri.scheme === 'file' && uri.fsPath === path)
    ?.getText();
}

async function showUnsavedFile(path: string, text: string): Promise<void> {
  const uri = vscode.Uri.file(path).with({ scheme: 'untitled' });
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // An untitled document of an earlier proposal keeps the changes of the user.
  if (document.getText() === '') await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text)); // prettier-ignore
}

/** Changes are reported after a pause in typing of this many milliseconds. */
const debounceDelay = 250;

function onDocumentChange(path: string, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document.uri.fsPath !== path || contentChanges.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(changed, debounceDelay);
  });
  return () => {
    clearTimeout(timer);
    subscription.dispose();
  };
}

/** Larger files are not Dockerfiles; in bytes. */
const largestText = 1_000_000;

async function readText(path: string): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path);
  if (open !== undefined) return open.getText();
  try {
    const uri = vscode.Uri.file(path);
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > largestText) return undefined;
    const bytes = await vscode.workspace.fs.readFile(uri);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Updates the workspace value if there is one, otherwise the user value. */
async function updateSetting(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration('drydock');
  const inWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(name, value, !inWorkspace);
}

/** Virtual folders have no path and are skipped. */
function firstWorkspaceFolder(): string | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
}

/** Progress in a notification; cancelling takes effect at once, even if the work continues. */
async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const controller = new AbortController();
    let reached = 0;
    const report: ReportProgress = (message, fraction) => {
      const percent = Math.min(100, Math.max(reached, Math.round((fraction ?? 0) * 100)));
      progress.report({
        message,
        ...(fraction !== undefined && { increment: percent - reached }),
      });
      reached = fraction === undefined ? reached : percent;
    };
    const cancelled = new Promise<never>((_, reject) => {
      token.onCancellationRequested(() => {
        controller.abort();
        reject(new EngineError('cancelled', t('Cancelled')));
      });
    });
    return Promise.race([work(controller.signal, report), cancelled]);
  });
}

/** Files whose names match the language, and files that are open as Dockerfiles. */
async function findComposeFiles(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(
    '**/*compose*.{yml,yaml}',
    '**/{node_modules,.git}/**',
    500,
  );
  return found
    .filter(({ scheme, path }) => scheme === 'file' && composeFile.test(path))
    .map(({ fsPath }) => fsPath)
    .sort();
}

async function findDockerfiles(): Promise<readonly string[]> {
  const names = [
    ...language.filenames,
    ...language.filenamePatterns,
    ...language.extensions.map((extension) => `*${extension}`),
  ];
  const found = await vscode.workspace.findFiles(
    `**/{${names.join(',')}}`,
    '**/{node_modules,.git}/**',
    500,
  );
  const opened = vscode.workspace.textDocuments
    .filter(({ languageId, uri }) => languageId === language.id && uri.scheme === 'file')
    .map(({ uri }) => uri);
  const paths = [...found, ...opened]
    .filter(({ scheme }) => scheme === 'file')
    .map(({ fsPath }) => fsPath);
  return [...new Set(paths)].filter((path) => !path.endsWith('.dockerignore')).sort();
}
