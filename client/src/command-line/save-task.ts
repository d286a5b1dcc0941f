/** Saves a command as a task of VS Code. */
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import type { Editor } from '../ui/editor.ts';
import { readText, writeText } from './machine.ts';
import { taskNameError, withTask } from './tasks.ts';

/**
 * Asks for a name, and adds the task to tasks.json of the workspace. Does nothing if the user cancels. Rejects with
 * EngineError.
 */
export async function saveTask(
  editor: Editor,
  name: string,
  task: (label: string, folder: string) => object,
): Promise<void> {
  const folder = editor.firstWorkspaceFolder();
  if (folder === undefined) throw new EngineError('failed', t('A task requires an open folder'));
  const label = await editor.ask(t('Name of the task'), {
    // Names cannot contain variables of VS Code.
    value: name.replaceAll('${', '$'),
    check: taskNameError,
  });
  if (label === undefined) return;
  const path = `${folder}/.vscode/tasks.json`;
  await editor.saveDocument(path);
  const text = withTask(await readText(path), task(label.trim(), folder));
  if (text === undefined) {
    throw new EngineError('failed', t('{0} does not contain a list of tasks', path));
  }
  await writeText(path, text);
  void editor.showInformation(t('Added task "{0}" to tasks.json.', label.trim()));
}
