/** What is asked of a person: the part of the Editor port that waits for an answer. */
import { homedir } from 'node:os';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Choice, Editor } from '../ui/editor.ts';
import { withoutLinks } from './plain-text.ts';
import { askSuggesting } from './suggestion-input.ts';

type Questions = Pick<
  Editor,
  | 'confirm'
  | 'choose'
  | 'pick'
  | 'pickMany'
  | 'ask'
  | 'chooseFolder'
  | 'chooseFiles'
  | 'chooseFile'
  | 'chooseNewFile'
  | 'tell'
  | 'warn'
>;

export const questions: Questions = {
  confirm: async (question, detail, yes) => (await modal(question, detail, [yes])) === yes,
  choose: (question, detail, ...buttons) => modal(question, detail, buttons),
  async pick(title, choices, note) {
    const items = Promise.resolve(choices).then((all) => all.map(pickItem));
    const picked = await vscode.window.showQuickPick(items, {
      title: note === undefined ? title : `${title} · ${note}`,
      ignoreFocusOut: note !== undefined,
      ...matching,
    });
    return picked?.value;
  },
  pickMany,
  ask: (title, { prompt, value, placeholder, secret, check, note, suggestions } = {}) => {
    if (suggestions) return askSuggesting(title, { prompt, value, check, note, suggestions });
    return Promise.resolve(
      vscode.window.showInputBox({
        title,
        ignoreFocusOut: true,
        ...(prompt !== undefined && { prompt }),
        ...(value !== undefined && { value }),
        ...(placeholder !== undefined && { placeHolder: placeholder }),
        ...(secret && { password: true }),
        validateInput: (text) => check?.(text) ?? noted(note?.(text)),
      }),
    );
  },
  async chooseFolder(title) {
    const [folder] = (await chosen(title, { canSelectFolders: true, canSelectFiles: false })) ?? [];
    return folder;
  },
  chooseFiles,
  async chooseFile(title, endings) {
    const filters = endings && { filters: { [endings.join(', ')]: [...endings], '*': ['*'] } };
    const [file] = (await chosen(title, { canSelectFiles: true, ...filters })) ?? [];
    return file;
  },
  async chooseNewFile(title, name) {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const beside = folder?.scheme === 'file' ? folder : vscode.Uri.file(homedir());
    const defaultUri = vscode.Uri.joinPath(beside, name);
    return (await vscode.window.showSaveDialog({ title, defaultUri }))?.fsPath;
  },
  tell: (message, ...buttons) =>
    Promise.resolve(vscode.window.showInformationMessage(withoutLinks(message), ...buttons)),
  warn: (message, ...buttons) =>
    Promise.resolve(vscode.window.showWarningMessage(withoutLinks(message), ...buttons)),
};

/** With check boxes; what the choice means stands in the title and follows it. */
function pickMany<T>(
  title: string,
  choices: readonly Choice<T>[],
  note?: (chosen: readonly T[]) => string,
): Promise<readonly T[] | undefined> {
  const quick = vscode.window.createQuickPick<ReturnType<typeof pickItem<T>>>();
  const rows = choices.flatMap((choice) => {
    const item = pickItem(choice);
    if (choice.heading === undefined) return [item];
    return [{ ...item, label: choice.heading, kind: vscode.QuickPickItemKind.Separator }, item];
  });
  const isRow = (item: (typeof rows)[number]): boolean => !('kind' in item);
  const tell = (chosen: readonly T[]): void => {
    quick.title = note === undefined ? title : `${title} · ${note(chosen)}`;
  };
  quick.canSelectMany = true;
  quick.matchOnDescription = true;
  quick.matchOnDetail = true;
  quick.ignoreFocusOut = note !== undefined;
  quick.items = rows;
  const beforehand = new Set(choices.filter(({ picked }) => picked).map(({ value }) => value));
  quick.selectedItems = rows.filter((item) => isRow(item) && beforehand.has(item.value));
  tell([...beforehand]);
  return new Promise((resolve) => {
    quick.onDidChangeSelection((items) => tell(items.map(({ value }) => value)));
    quick.onDidAccept(() => {
      resolve(quick.selectedItems.map(({ value }) => value));
      quick.hide();
    });
    quick.onDidHide(() => {
      resolve(undefined);
      quick.dispose();
    });
    quick.show();
  });
}

const matching = { matchOnDescription: true, matchOnDetail: true } as const;

function modal(
  message: string,
  detail: string | undefined,
  buttons: readonly string[],
): Promise<string | undefined> {
  const options = { modal: true, ...(detail !== undefined && { detail }) };
  return Promise.resolve(vscode.window.showWarningMessage(message, options, ...buttons));
}

function pickItem<T>({ label, description, detail, icon, value }: Choice<T>) {
  return {
    label,
    value,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    ...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
  };
}

function noted(message: string | undefined): vscode.InputBoxValidationMessage | undefined {
  return message === undefined
    ? undefined
    : { message, severity: vscode.InputBoxValidationSeverity.Info };
}

/** The dialogs of Windows and Linux choose files or folders, never both at once. */
async function chooseFiles(title: string): Promise<readonly string[] | undefined> {
  const both = process.platform === 'darwin' || vscode.env.remoteName !== undefined;
  if (both)
    return chosen(title, { canSelectFiles: true, canSelectFolders: true, canSelectMany: true });
  const kind = await questions.pick(title, [
    { label: t('Files…'), icon: 'file', value: 'files' },
    { label: t('Folders…'), icon: 'folder', value: 'folders' },
  ]);
  if (kind === undefined) return undefined;
  const folders = kind === 'folders';
  return chosen(title, {
    canSelectFiles: !folders,
    canSelectFolders: folders,
    canSelectMany: true,
  });
}

async function chosen(
  title: string,
  options: vscode.OpenDialogOptions,
): Promise<readonly string[] | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uris = await vscode.window.showOpenDialog({
    ...options,
    title,
    openLabel: t('Choose'),
    ...(defaultUri?.scheme === 'file' && { defaultUri }),
  });
  return uris?.map(({ fsPath }) => fsPath);
}
