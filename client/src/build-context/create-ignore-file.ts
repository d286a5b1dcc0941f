/** Creates an ignore file for a project, or opens the one that it has. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import type { Editor } from '../ui/editor.ts';
import { baseName } from '../ui/paths.ts';
import { firstFolder, type LastFolder } from './folder.ts';
import { proposeIgnoreFile } from './propose.ts';
import { textOf } from './text.ts';

export interface CreateOptions {
  readonly editor: Editor;
  /** The Dockerfile; by default the active one, or the first one. A workspace without one gets the file in its folder. */
  readonly path: string | undefined;
  readonly needs: (path: string, text: string) => Promise<ContextNeeds | undefined>;
  readonly lastFolder: LastFolder;
}

/** Shows an existing file instead of proposing another one. */
export async function createIgnoreFile(options: CreateOptions): Promise<void> {
  const { editor, path, needs, lastFolder } = options;
  const dockerfile = path ?? (await firstDockerfile(editor));
  const text = dockerfile === undefined ? undefined : await textOf(editor, dockerfile);
  const needed =
    dockerfile === undefined || text === undefined ? undefined : await needs(dockerfile, text);
  const folder =
    dockerfile === undefined
      ? editor.firstWorkspaceFolder()
      : firstFolder(dockerfile, needed, lastFolder);
  if (folder === undefined) {
    await editor.showInformation(t('Open a folder first.'));
    return;
  }
  const own = dockerfile === undefined ? [] : [`${dockerfile}.dockerignore`];
  for (const file of [...own, join(folder, '.dockerignore')]) {
    if (!(await exists(file))) continue;
    await editor.showLine(file, 0);
    void editor.showInformation(t('{0} already exists.', baseName(file)));
    return;
  }
  await proposeIgnoreFile(editor, { folder, needs: needed });
}

async function firstDockerfile(editor: Editor): Promise<string | undefined> {
  const found = await editor.findDockerfiles();
  const active = editor.activeFile();
  return active !== undefined && found.includes(active) ? active : found[0];
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
