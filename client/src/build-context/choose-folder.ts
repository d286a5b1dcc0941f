/** Asks for the directory of a build context. */
import { t } from '@vscode/l10n';
import type { Choice, Editor } from '../ui/editor.ts';
import { baseName, parentDirectory } from '../ui/paths.ts';

/** Another directory than those that are offered. */
const other = Symbol('other');

/** The directory of the Dockerfile, one above it up to the workspace folder, or any other one. */
export async function chooseContextFolder(
  editor: Editor,
  dockerfile: string,
): Promise<string | undefined> {
  const workspace = editor.workspaceFolderOf(dockerfile);
  const folders = [parentDirectory(dockerfile)];
  for (let at = folders[0] ?? ''; workspace !== undefined && at.length > workspace.length;) {
    at = parentDirectory(at);
    folders.push(at);
  }
  const choices = folders.map((path, i): Choice<string | typeof other> => {
    const detail =
      i === 0
        ? t('Directory of the Dockerfile')
        : path === workspace
          ? t('Workspace folder')
          : undefined;
    return { label: baseName(path), description: path, value: path, ...(detail !== undefined && { detail }) }; // prettier-ignore
  });
  const title = t('Build Context: Directory');
  const chosen = await editor.pick(title, [...choices, { label: t('Another Directory…'), value: other }]); // prettier-ignore
  return chosen === other ? editor.chooseFolder(title) : chosen;
}
