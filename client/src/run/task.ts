/** Converts a spec to a task of VS Code. */
import { taskText } from '../command-line/tasks.ts';
import { argumentsOf } from './line.ts';
import { has, type RunSpec } from './spec.ts';

/** An entry of tasks.json; `folder` becomes `${workspaceFolder}`, so that it works on other machines. */
export function taskOf(spec: RunSpec, label: string, folder: string | undefined): object {
  const args = argumentsOf(spec).map((word) => taskText(word, folder));
  return {
    label,
    type: 'process',
    command: 'docker',
    args,
    problemMatcher: [],
    ...(has(spec, 'detach') ? {} : { presentation: { focus: true } }),
  };
}
