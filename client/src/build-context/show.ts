/** Shows the build context of a Dockerfile, and asks which one if there are several. */
import { t } from '@vscode/l10n';
import type { Editor } from '../ui/editor.ts';
import { chooseDockerfile } from './choose-dockerfile.ts';
import { openBuildContext, type ContextViewOptions } from './session.ts';

export interface ShowOptions {
  readonly editor: Editor;
  readonly path: string | undefined;
  readonly needs: ContextViewOptions['needs'];
  readonly lastFolder: ContextViewOptions['lastFolder'];
}

/** Resolves when the page is closed. */
export async function showBuildContext(options: ShowOptions): Promise<void> {
  const { editor, path, ...more } = options;
  const dockerfile = path ?? (await chooseDockerfile(editor, t('Build Context: Dockerfile')));
  if (dockerfile !== undefined) await openBuildContext({ editor, dockerfile, ...more });
}
