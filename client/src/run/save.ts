/** A container to be, written down for others: a task, a service of a compose file. */
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { serviceOf } from './compose.ts';
import { withService } from './compose-file.ts';
import { readText, writeText } from './host.ts';
import type { RunSpec } from './spec.ts';
import { taskOf, withTask } from './task.ts';
import type { Editor } from '../ui/editor.ts';
import { parentDirectory, baseName } from '../ui/paths.ts';

/** Asks for a name and adds the task to the workspace's tasks.json. */
export async function saveTask(spec: RunSpec, editor: Editor): Promise<void> {
  const folder = editor.firstWorkspaceFolder();
  if (folder === undefined) throw new EngineError('failed', t('A task needs an open folder'));
  const label = await editor.ask(t('Save as Task: which name?'), {
    value: t('Run {0}', spec.texts.name ?? spec.image),
    check: (text) => (text.trim() === '' ? t('A task has a name.') : undefined),
  });
  if (label === undefined) return;
  const path = `${folder}/.vscode/tasks.json`;
  await editor.saveDocument(path);
  const text = withTask(await readText(path), taskOf(spec, label.trim(), folder));
  if (text === undefined) {
    throw new EngineError('failed', t('{0} holds no list of tasks', path));
  }
  await writeText(path, text);
  void editor.showInformation(t('“{0}” is among the tasks of this folder.', label.trim()));
}

/** Asks for a compose file, agrees on what will be written, and adds the service. */
export async function saveService(spec: RunSpec, editor: Editor): Promise<void> {
  const path = await composeFile(editor);
  if (path === undefined) return;
  await editor.saveDocument(path);
  const service = serviceOf(spec, parentDirectory(path));
  const written = withService(await readText(path), service);
  if (typeof written === 'string') throw new EngineError('failed', written);
  const left = service.left.join(', ');
  const agreed = await editor.confirm(
    t('Add service {0} to {1}?', written.name, baseName(path)),
    left === '' ? undefined : t('Compose has no word for {0}.', left),
    t('Add'),
  );
  if (!agreed) return;
  await writeText(path, written.text);
  void editor.showInformation(t('{0} now has the service {1}.', baseName(path), written.name));
}

async function composeFile(editor: Editor): Promise<string | undefined> {
  const kind = await editor.pick(t('Add to Compose File: which?'), [
    { label: t('A file that exists…'), icon: 'file', value: 'present' },
    { label: t('A new file…'), icon: 'new-file', value: 'new' },
  ]);
  if (kind === undefined) return undefined;
  return kind === 'present'
    ? editor.chooseFile(t('Add to Compose File: which?'), ['yaml', 'yml'])
    : editor.chooseSaveFile(t('Add to Compose File: which?'), 'compose.yaml');
}
