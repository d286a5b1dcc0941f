/** A build as a task of VS Code: type `drydock-build`, with a property for each option. */
import { taskText } from '../command-line/tasks.ts';
import type { LineContext } from '../command-line/words.ts';
import { specOfWords } from './line.ts';
import { withoutSecrets } from './memory.ts';
import { disablesBuildKit, withoutBuildKit } from './program.ts';
import { optionNames, table, type OptionName } from './options/table.ts';
import { givenOptions, specOf, valuesOf, type BuildSpec } from './spec.ts';

export const taskType = 'drydock-build';

/** The property of an option: in tasks, `label` is the name of the task. */
export function propertyName(name: OptionName): string {
  return name === 'label' ? 'labels' : name;
}

/** The properties of a task, as VS Code reads them from tasks.json; anything can be in them. */
export interface TaskDefinition {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** The entry of tasks.json. Values of secret arguments are left out: they are asked for when the task runs. */
export function taskOfSpec(
  spec: BuildSpec,
  { label, folder, context }: { label: string; folder: string; context: LineContext },
): object {
  return { label, ...definitionOf(spec, { folder, context }), problemMatcher: [] };
}

/** The properties of the task without its name. */
export function definitionOf(
  spec: BuildSpec,
  { folder, context }: { folder: string; context: LineContext },
): TaskDefinition {
  const safe = withoutSecrets(spec);
  const text = (value: string) => taskText(value, folder);
  const options = givenOptions(safe).map(
    (name) => [propertyName(name), propertyOf(name, safe, text)] as const,
  );
  const directory = safe.directory ?? context.folder;
  const other = safe.unknown.flat().map(text);
  return {
    type: taskType,
    ...(safe.context !== '' && { context: text(safe.context) }),
    ...Object.fromEntries(options),
    ...(other.length > 0 && { otherOptions: other }),
    ...(disablesBuildKit(safe.program) && { classicBuilder: true }),
    ...(directory !== undefined && directory !== folder && { cwd: text(directory) }),
  };
}

function propertyOf(name: OptionName, spec: BuildSpec, text: (value: string) => string): unknown {
  const values = valuesOf(spec, name);
  switch (table[name].kind) {
    case 'switch':
      return values.at(-1) === 'true';
    case 'text':
      return text(values.at(-1) ?? '');
    case 'list':
      return values.map(text);
  }
}

/** The build of a task. Properties that are not valid are left out. */
export function specOfTask(definition: TaskDefinition): BuildSpec {
  const { context, cwd, otherOptions, classicBuilder } = definition;
  const options = optionNames.flatMap((name) => {
    const values = valuesOfProperty(name, definition[propertyName(name)]);
    return values.length === 0 ? [] : [[name, values] as const];
  });
  const spec = specOf(typeof context === 'string' ? context : '.', Object.fromEntries(options));
  // The last word is the context, so that words after unknown options are their values.
  const other = specOfWords([...texts(otherOptions), '.']).spec;
  return {
    ...spec,
    ...(classicBuilder === true && { program: withoutBuildKit(spec.program) }),
    unknown: other.unknown,
    ...(typeof cwd === 'string' && cwd !== '' && { directory: cwd }),
  };
}

function valuesOfProperty(name: OptionName, value: unknown): readonly string[] {
  switch (table[name].kind) {
    case 'switch':
      return typeof value === 'boolean' ? [String(value)] : [];
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
    case 'list':
      return typeof value === 'string' ? [value] : texts(value);
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
