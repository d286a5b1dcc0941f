/** Profiles and files of variables that were chosen for a project, in the workspace state. */
import type { Editor } from '../ui/editor.ts';
import type { ComposeProject } from './project.ts';

export interface Choices {
  readonly profiles: readonly string[];
  /** Absolute paths. */
  readonly envFiles: readonly string[];
}

export function savedChoices(editor: Pick<Editor, 'getState'>, project: ComposeProject): Choices {
  try {
    const saved: unknown = JSON.parse(editor.getState(keyOf(project)) ?? '{}');
    return { profiles: textsOf(saved, 'profiles'), envFiles: textsOf(saved, 'envFiles') };
  } catch {
    return { profiles: [], envFiles: [] };
  }
}

export function saveChoices(
  editor: Pick<Editor, 'setState'>,
  project: ComposeProject,
  choices: Choices,
): Promise<void> {
  return editor.setState(keyOf(project), JSON.stringify(choices));
}

function keyOf({ folder, files }: ComposeProject): string {
  return `compose:${[folder, ...files].join(':')}`;
}

function textsOf(saved: unknown, name: keyof Choices): readonly string[] {
  const value: unknown =
    typeof saved === 'object' && saved !== null ? Reflect.get(saved, name) : undefined;
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
