/** Dialogs, pickers and notifications: the part of the Editor port that waits for an answer. */
import { homedir } from 'node:os';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Choice, Editor } from '../ui/editor.ts';
import { withoutLinks } from './plain-text.ts';
import { showPathPicker } from './path-picker.ts';
import { showSuggestionInput } from './suggestion-input.ts';

type Dialogs = Pick<
  Editor,
  | 'confirm'
  | 'chooseButton'
  | 'pick'
  | 'pickMany'
  | 'pickSome'
  | 'pickPath'
  | 'ask'
  | 'chooseFolder'
  | 'chooseFiles'
  | 'chooseFile'
  | 'chooseSaveFile'
  | 'showInformation'
  | 'showWarning'
  | 'showError'
>;

export const dialogs: Dialogs = {
  confirm: async (question, detail, button) =>
    (await showModal(question, detail, [button])) === button,
  chooseButton: (question, detail, ...buttons) => showModal(question, detail, buttons),
  async pick(title, choices, note) {
    const items = Promise.resolve(choices).then(rowsOf);
    const picked = await vscode.window.showQuickPick(items, {
      title: note === undefined ? title : `${title} · ${note}`,
      ignoreFocusOut,
      ...matchOptions,
    });
    return picked?.value;
  },
  pickMany,
  pickSome,
  pickPath: showPathPicker,
  ask: (title, { prompt, value, placeholder, secret, check, note, suggestions } = {}) => {
    if (suggestions) return showSuggestionInput(title, { prompt, value, check, note, suggestions });
    return Promise.resolve(
      vscode.window.showInputBox({
        title,
        ignoreFocusOut,
        ...(prompt !== undefined && { prompt }),
        ...(value !== undefined && { value }),
        ...(placeholder !== undefined && { placeHolder: placeholder }),
        ...(secret && { password: true }),
        validateInput: (text) => check?.(text) ?? infoMessage(note?.(text)),
      }),
    );
  },
  async chooseFolder(title) {
    const [folder] =
      (await showOpenDialog(title, { canSelectFolders: true, canSelectFiles: false })) ?? [];
    return folder;
  },
  chooseFiles,
  async chooseFile(title, extensions) {
    const filters = extensions && {
      filters: { [extensions.join(', ')]: [...extensions], '*': ['*'] },
    };
    const [file] = (await showOpenDialog(title, { canSelectFiles: true, ...filters })) ?? [];
    return file;
  },
  async chooseSaveFile(title, name) {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const parent = folder?.scheme === 'file' ? folder : vscode.Uri.file(homedir());
    const defaultUri = vscode.Uri.joinPath(parent, name);
    return (await vscode.window.showSaveDialog({ title, defaultUri }))?.fsPath;
  },
  showInformation: (message, ...buttons) =>
    Promise.resolve(vscode.window.showInformationMessage(withoutLinks(message), ...buttons)),
  showWarning: (message, ...buttons) =>
    Promise.resolve(vscode.window.showWarningMessage(withoutLinks(message), ...buttons)),
  showError: (message, ...buttons) =>
    Promise.resolve(vscode.window.showErrorMessage(withoutLinks(message), ...buttons)),
};

function pickMany<T>(
  title: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[] | undefined> {
  return pickWithBoxes(title, choices, (selected) => selected);
}

function pickSome<T>(
  title: string,
  choices: readonly Choice<T>[],
  note?: string,
): Promise<readonly T[] | undefined> {
  const placeholder = t('Press Enter for one, or check several first');
  return pickWithBoxes(
    note === undefined ? title : `${title} · ${note}`,
    choices,
    (selected, active) => (selected.length === 0 ? active : selected),
    placeholder,
  );
}

/** A picker with check boxes; `accepted` decides between the checked entries and the one that has the focus. */
function pickWithBoxes<T>(
  title: string,
  choices: readonly Choice<T>[],
  accepted: (selected: readonly T[], active: readonly T[]) => readonly T[],
  placeholder?: string,
): Promise<readonly T[] | undefined> {
  const quick = vscode.window.createQuickPick<ReturnType<typeof pickItem<T>>>();
  const rows = rowsOf(choices);
  const isRow = (item: (typeof rows)[number]): boolean => !('kind' in item);
  quick.title = title;
  quick.placeholder = placeholder;
  quick.canSelectMany = true;
  quick.matchOnDescription = true;
  quick.matchOnDetail = true;
  quick.ignoreFocusOut = ignoreFocusOut;
  quick.items = rows;
  const initial = new Set(choices.filter(({ picked }) => picked).map(({ value }) => value));
  quick.selectedItems = rows.filter((item) => isRow(item) && initial.has(item.value));
  const valuesOf = (items: readonly (typeof rows)[number][]) => items.map(({ value }) => value);
  return new Promise((resolve) => {
    quick.onDidAccept(() => {
      resolve(accepted(valuesOf(quick.selectedItems), valuesOf(quick.activeItems)));
      quick.hide();
    });
    quick.onDidHide(() => {
      resolve(undefined);
      quick.dispose();
    });
    quick.show();
  });
}

/**
 * A page or a terminal may take the focus after a button in it has opened the picker, and what was marked would be lost: pickers
 * stay until they are answered or Escape is pressed.
 */
const ignoreFocusOut = true;

const matchOptions = { matchOnDescription: true, matchOnDetail: true } as const;

function showModal(
  message: string,
  detail: string | undefined,
  buttons: readonly string[],
): Promise<string | undefined> {
  const options = { modal: true, ...(detail !== undefined && { detail }) };
  return Promise.resolve(vscode.window.showWarningMessage(message, options, ...buttons));
}

/** The items, and the headings above them. */
function rowsOf<T>(choices: readonly Choice<T>[]) {
  return choices.flatMap((choice) => {
    const item = pickItem(choice);
    if (choice.heading === undefined) return [item];
    return [{ ...item, label: choice.heading, kind: vscode.QuickPickItemKind.Separator }, item];
  });
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

function infoMessage(message: string | undefined): vscode.InputBoxValidationMessage | undefined {
  return message === undefined
    ? undefined
    : { message, severity: vscode.InputBoxValidationSeverity.Info };
}

/** Native dialogs on Windows and Linux select either files or folders. */
async function chooseFiles(title: string): Promise<readonly string[] | undefined> {
  const both = process.platform === 'darwin' || vscode.env.remoteName !== undefined;
  if (both)
    return showOpenDialog(title, {
      canSelectFiles: true,
      canSelectFolders: true,
      canSelectMany: true,
    });
  const kind = await dialogs.pick(title, [
    { label: t('Files…'), icon: 'file', value: 'files' },
    { label: t('Folders…'), icon: 'folder', value: 'folders' },
  ]);
  if (kind === undefined) return undefined;
  const folders = kind === 'folders';
  return showOpenDialog(title, {
    canSelectFiles: !folders,
    canSelectFolders: folders,
    canSelectMany: true,
  });
}

async function showOpenDialog(
  title: string,
  options: vscode.OpenDialogOptions,
): Promise<readonly string[] | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uris = await vscode.window.showOpenDialog({
    ...options,
    title,
    openLabel: t('Select'),
    ...(defaultUri?.scheme === 'file' && { defaultUri }),
  });
  return uris?.map(({ fsPath }) => fsPath);
}
