/** What is asked of a person: the part of the Editor port that waits for an answer. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Choice, Editor } from '../commands/editor.ts';
import { withoutLinks } from './plain.ts';

type Questions = Pick<
  Editor,
  | 'confirm'
  | 'choose'
  | 'pick'
  | 'pickMany'
  | 'ask'
  | 'chooseFolder'
  | 'chooseFiles'
  | 'tell'
  | 'warn'
>;

export const questions: Questions = {
  confirm: async (question, detail, yes) => (await modal(question, detail, [yes])) === yes,
  choose: (question, detail, ...buttons) => modal(question, detail, buttons),
  async pick(title, choices) {
    const items = Promise.resolve(choices).then((all) => all.map(pickItem));
    const picked = await vscode.window.showQuickPick(items, { title, ...matching });
    return picked?.value;
  },
  async pickMany(title, choices) {
    const items = choices.map(pickItem);
    const picked = await vscode.window.showQuickPick(items, {
      title,
      ...matching,
      canPickMany: true,
    });
    return picked?.map(({ value }) => value);
  },
  ask: (title, { prompt, value, placeholder, check, note } = {}) =>
    Promise.resolve(
      vscode.window.showInputBox({
        title,
        ignoreFocusOut: true,
        ...(prompt !== undefined && { prompt }),
        ...(value !== undefined && { value }),
        ...(placeholder !== undefined && { placeHolder: placeholder }),
        validateInput: (text) => check?.(text) ?? noted(note?.(text)),
      }),
    ),
  async chooseFolder(title) {
    const [folder] = (await chosen(title, { canSelectFolders: true, canSelectFiles: false })) ?? [];
    return folder;
  },
  chooseFiles,
  tell: (message, ...buttons) =>
    Promise.resolve(vscode.window.showInformationMessage(withoutLinks(message), ...buttons)),
  warn: (message, ...buttons) =>
    Promise.resolve(vscode.window.showWarningMessage(withoutLinks(message), ...buttons)),
};

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
