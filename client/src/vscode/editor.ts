/** The Editor port over VS Code's window. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Editor, Report } from '../ui/editor.ts';
import { EngineError } from '../engine/errors.ts';
import { language } from '../manifest.ts';
import type { Documents } from './documents.ts';
import { platform } from './platform.ts';
import { questions } from './questions.ts';
import { openPrintout, openTerminal, typeInTerminal } from './terminal.ts';

export interface WindowOptions {
  readonly memory: vscode.Memento;
  readonly documents: Documents;
  readonly refresh: () => void;
  readonly redraw: () => void;
  readonly showLog: () => void;
  readonly openPage: Editor['openPage'];
}

/** The one implementation of the port. */
export function editorOver({
  memory,
  documents,
  refresh,
  redraw,
  showLog,
  openPage,
}: WindowOptions): Editor {
  return {
    ...questions,
    during,
    meanwhile: (title, work) =>
      Promise.resolve(
        vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work),
      ),
    show: (name, text, kind) => documents.show(name, text, kind),
    page: (name, markdown) => documents.page(name, markdown),
    terminal: openTerminal,
    printout: openPrintout,
    openPage,
    openFolder,
    typeInTerminal,
    goTo,
    whenChanged,
    reveal: async (path) => {
      await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(path));
    },
    openInBrowser: async (address) => {
      await vscode.env.openExternal(vscode.Uri.parse(address, true));
    },
    openSetting: async (name) => {
      await vscode.commands.executeCommand('workbench.action.openSettings', `drydock.${name}`);
    },
    preference: (name) => vscode.workspace.getConfiguration('drydock').get(name),
    prefer,
    refresh,
    redraw,
    showLog,
    platform: platform(),
    dockerfiles,
    workspaceFolder: (path) =>
      vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.fsPath,
    save: async (path) => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === path);
      if (document?.isDirty === true) await document.save();
    },
    activeFile: () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === 'file' ? uri.fsPath : undefined;
    },
    recall: (key) => memory.get<string>(key),
    remember: (key, value) => Promise.resolve(memory.update(key, value)),
    copyText: (text) => Promise.resolve(vscode.env.clipboard.writeText(text)),
  };
}

/** A file that is open nowhere is opened where files are: on the left. */
async function goTo(path: string, line: number): Promise<void> {
  const open = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.fsPath === path,
  );
  const document = open?.document ?? (await vscode.workspace.openTextDocument(path));
  const place = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(document, {
    viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(place, place),
  });
}

/** Whoever types a word is not interrupted by each letter of it, in milliseconds. */
const rest = 250;

function whenChanged(path: string, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listening = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (document.uri.fsPath !== path || contentChanges.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(changed, rest);
  });
  return () => {
    clearTimeout(timer);
    listening.dispose();
  };
}

/** Where a workspace has its own value, that one; a person's own otherwise. */
async function prefer(name: string, value: unknown): Promise<void> {
  const settings = vscode.workspace.getConfiguration('drydock');
  const inWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(name, value, !inWorkspace);
}

/** What is not on a disk has no path. */
function openFolder(): string | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
}

/** Progress in a notification; cancelling takes effect at once, whatever the work still does. */
async function during<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const controller = new AbortController();
    let reached = 0;
    const report: Report = (message, fraction) => {
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

/** By name, as the language is recognised, and those that were opened as Dockerfiles. */
async function dockerfiles(): Promise<readonly string[]> {
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
