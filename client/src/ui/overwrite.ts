/** The question before a file is saved that has changed in the meantime. */
import { t } from '@vscode/l10n';
import type { Editor } from './editor.ts';

export function confirmOverwrite(editor: Editor, path: string): Promise<boolean> {
  return editor.confirm(
    t('Overwrite {0}?', path),
    t('The file has changed in the container since it was opened. Saving replaces these changes.'),
    t('Overwrite'),
  );
}
