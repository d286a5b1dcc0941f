/** Finds the Dockerfile that a command is about. */
import { t } from '@vscode/l10n';
import type { Choice, Editor } from '../ui/editor.ts';
import { baseName, parentDirectory, relativePath } from '../ui/paths.ts';

/** The one in the active editor, the only one, or the one that the user picks; undefined if there is none. */
export async function chooseDockerfile(editor: Editor, title: string): Promise<string | undefined> {
  const found = await editor.findDockerfiles();
  const active = editor.activeFile();
  if (active !== undefined && found.includes(active)) return active;
  const [first, ...others] = found;
  if (first === undefined) {
    await editor.showInformation(t('No Dockerfile found in this workspace.'));
    return undefined;
  }
  if (others.length === 0) return first;
  return editor.pick(
    title,
    found.map((path): Choice<string> => {
      const description = relativePath(editor.workspaceFolderOf(path), parentDirectory(path));
      return { label: baseName(path), description, value: path };
    }),
  );
}
