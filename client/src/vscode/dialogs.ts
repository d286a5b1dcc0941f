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
  const { quick } = pickerWithBoxes(title, choices);
  return answerOf(quick, () => valuesOf(quick.selectedItems));
}

function pickSome<T>(
  title: string,
  choices: readonly Choice<T>[],
  note?: string,
): Promise<readonly T[] | undefined> {
  const shown = note === undefined ? title : `${title} · ${note}`;
  const { quick, rows } = pickerWithBoxes(shown, choices);
  quick.placeholder = t('Press Enter for one, or check several first');
  // In a picker with check boxes, VS Code gives no entry the focus.
  const focusFirst = (text: string): void => {
    const typed = text.trim().toLowerCase();
    const contains = ({ label, description = '' }: (typeof rows)[number]) =>
      [label, description].some((one) => one.toLowerCase().includes(typed));
    quick.activeItems = rows.filter((row) => !('kind' in row) && contains(row)).slice(0, 1);
  };
  focusFirst('');
  quick.onDidChangeValue(focusFirst);
  return answerOf(quick, () => {
    const { selectedItems, activeItems } = quick;
    const accepted = valuesOf(selectedItems.length === 0 ? activeItems : selectedItems);
    return accepted.length === 0 ? undefined : accepted;
  });
}

type PickItem<T> = ReturnType<typeof pickItem<T>>;

function pickerWithBoxes<T>(
  title: string,
  choices: readonly Choice<T>[],
): { readonly quick: vscode.QuickPick<PickItem<T>>; readonly rows: readonly PickItem<T>[] } {
  const quick = vscode.window.createQuickPick<PickItem<T>>();
  const rows = rowsOf(choices);
  const isRow = (item: (typeof rows)[number]): boolean => !('kind' in item);
  quick.title = title;
  quick.canSelectMany = true;
  quick.matchOnDescription = true;
  quick.matchOnDetail = true;
  quick.ignoreFocusOut = ignoreFocusOut;
  quick.items = rows;
  const initial = new Set(choices.filter(({ picked }) => picked).map(({ value }) => value));
  quick.selectedItems = rows.filter((item) => isRow(item) && initial.has(item.value));
  return { quick, rows };
}

function valuesOf<T>(items: readonly PickItem<T>[]): readonly T[] {
  return items.map(({ value }) => value);
}

/** Shows the picker, which stays open while `accepted` is undefined; undefined if it is closed without an answer. */
function answerOf<T>(
  quick: vscode.QuickPick<PickItem<T>>,
  accepted: () => readonly T[] | undefined,
): Promise<readonly T[] | undefined> {
  return new Promise((resolve) => {
    quick.onDidAccept(() => {
      const answer = accepted();
      if (answer === undefined) return;
      resolve(answer);
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
