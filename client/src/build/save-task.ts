/** Saves a build as a task. */
import { t } from '@vscode/l10n';
import { saveTask } from '../command-line/save-task.ts';
import type { LineContext } from '../command-line/words.ts';
import type { Editor } from '../ui/editor.ts';
import { baseName } from '../ui/paths.ts';
import { dockerfileOf } from './request.ts';
import { valueOf, type BuildSpec } from './spec.ts';
import { taskOfSpec } from './task.ts';

/** Asks for a name, and adds the task to tasks.json. Does nothing if the user cancels. Rejects with EngineError. */
export function saveBuildTask(
  editor: Editor,
  spec: BuildSpec,
  context: LineContext,
): Promise<void> {
  const name = valueOf(spec, 'tag') ?? baseName(dockerfileOf(spec, context));
  return saveTask(editor, t('Build {0}', name), (label, folder) =>
    taskOfSpec(spec, { label, folder, context }),
  );
}
