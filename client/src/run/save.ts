/** Saves a spec as a task of VS Code or as a service of a compose file. */
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { serviceOf } from './compose.ts';
import { withService } from './compose-file.ts';
import { readText, writeText } from '../command-line/machine.ts';
import { saveTask } from '../command-line/save-task.ts';
import { readTexts } from './host.ts';
import { filesOf } from './request.ts';
import type { RunSpec } from './spec.ts';
import { taskOf } from './task.ts';
import type { Editor } from '../ui/editor.ts';
import { parentDirectory, baseName } from '../ui/paths.ts';

/** Asks for a name, and adds the task to tasks.json of the workspace. */
export function saveRunTask(spec: RunSpec, editor: Editor): Promise<void> {
  return saveTask(editor, t('Run {0}', spec.texts.name ?? spec.image), (label, folder) =>
    taskOf(spec, label, folder),
  );
}

/** Asks for a compose file and for confirmation, and adds the service. */
export async function saveService(spec: RunSpec, editor: Editor): Promise<void> {
  const path = await composeFile(editor);
  if (path === undefined) return;
  await editor.saveDocument(path);
  const files = await readTexts(filesOf(spec));
  const service = serviceOf(spec, { folder: parentDirectory(path), files });
  const written = withService(await readText(path), service);
  if (typeof written === 'string') throw new EngineError('failed', written);
  const left = service.left.join(', ');
  const agreed = await editor.confirm(
    t('Add service {0} to {1}?', written.name, baseName(path)),
    left === '' ? undefined : t('Compose has no equivalent for {0}.', left),
    t('Add'),
  );
  if (!agreed) return;
  await writeText(path, written.text);
  void editor.showInformation(t('Added service {1} to {0}.', baseName(path), written.name));
}

async function composeFile(editor: Editor): Promise<string | undefined> {
  const kind = await editor.pick(t('Select a compose file'), [
    { label: t('Existing file…'), icon: 'file', value: 'present' },
    { label: t('New file…'), icon: 'new-file', value: 'new' },
  ]);
  if (kind === undefined) return undefined;
  return kind === 'present'
    ? editor.chooseFile(t('Select a compose file'), ['yaml', 'yml'])
    : editor.chooseSaveFile(t('Select a compose file'), 'compose.yaml');
}
