/** Offers to treat a file as a Dockerfile if it begins as one and has another language, or none. */
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { language } from '../manifest.ts';
import type { Editor } from '../ui/editor.ts';

/** Languages that VS Code gives to files whose names it does not know. */
const unknownLanguages = new Set([
  'plaintext',
  'ini',
  'properties',
  'log',
  'Log',
  'code-text-binary',
]);

export interface OfferOptions {
  readonly editor: Editor;
  /** Whether the text begins as a Dockerfile. */
  readonly isDockerfile: (text: string) => boolean;
}

/** Looks at files when they are shown. Each file is offered once. */
export function offerDockerfiles({ editor, isDockerfile }: OfferOptions): vscode.Disposable {
  const asked = new Set<string>();
  const look = (shown: vscode.TextEditor | undefined): void => {
    const document = shown?.document;
    if (document === undefined || document.uri.scheme !== 'file') return;
    const path = document.uri.fsPath;
    const isKnown =
      asked.has(path) ||
      !unknownLanguages.has(document.languageId) ||
      editor.getState(offersKey) === 'never' ||
      editor.getState(`${fileKey}${path}`) !== undefined ||
      vscode.workspace.getWorkspaceFolder(document.uri) === undefined;
    if (isKnown || !isDockerfile(document.getText(firstCharacters))) return;
    asked.add(path);
    void offer(document, editor);
  };
  look(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor(look);
}

/** The beginning of a file: lines after these are not read. */
const firstCharacters = new vscode.Range(0, 0, 400, 0);

const offersKey = 'dockerfile.offers';
const fileKey = 'dockerfile.offered:';

async function offer(document: vscode.TextDocument, editor: Editor): Promise<void> {
  const path = document.uri.fsPath;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const [use, never] = [t('Use as Dockerfile'), t("Don't Ask Again")];
  const pressed = await editor.showInformation(
    t('{0} begins with FROM. Use it as a Dockerfile in this workspace?', name),
    use,
    never,
  );
  if (pressed === never) await editor.setState(offersKey, 'never');
  else await editor.setState(`${fileKey}${path}`, pressed === use ? 'used' : 'asked');
  if (pressed === use) await useAsDockerfile(document);
}

/** Adds the file to `files.associations` of the workspace, and gives it the language. */
export async function useAsDockerfile(document: vscode.TextDocument): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  const path = vscode.workspace.asRelativePath(document.uri, false);
  const settings = vscode.workspace.getConfiguration('files', folder?.uri);
  const known = settings.inspect<Record<string, string>>('associations')?.workspaceValue ?? {};
  // Characters that have a meaning in patterns.
  const pattern = `**/${path.replace(/[[\]{}*?]/g, '?')}`;
  await settings.update(
    'associations',
    { ...known, [pattern]: language.id },
    vscode.ConfigurationTarget.Workspace,
  );
  await vscode.languages.setTextDocumentLanguage(document, language.id);
}
