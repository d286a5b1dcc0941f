/** The options of a build, as read from a `docker build` command or the form. */
import { optionNames, table, type OptionName } from './options/table.ts';

/**
 * Plain data. Values are as they were written, so that the line keeps its relative paths. Options that are not given are
 * absent; a switch has `true` or `false`, a text one value.
 */
export interface BuildSpec {
  /** The words before the options: `docker build`, also `sudo docker buildx build`. */
  readonly program: readonly string[];
  /** The directory of a `cd` before the command, absolute. */
  readonly directory?: string;
  /** A directory, an address, or `-`; empty if none is given. */
  readonly context: string;
  readonly options: Readonly<Partial<Record<OptionName, readonly string[]>>>;
  /** The words of each option that is not in the table. */
  readonly unknown: readonly (readonly string[])[];
}

export const dockerBuild: readonly string[] = ['docker', 'build'];

/** A build of this context, with these options. */
export function specOf(context: string, options: BuildSpec['options'] = {}): BuildSpec {
  return { program: dockerBuild, context, options, unknown: [] };
}

export function valuesOf({ options }: BuildSpec, name: OptionName): readonly string[] {
  return options[name] ?? [];
}

/** The only value of a text, or the last of a list; undefined if it is not given. */
export function valueOf(spec: BuildSpec, name: OptionName): string | undefined {
  return valuesOf(spec, name).at(-1);
}

/** The options that are given, in the order of the table. */
export function givenOptions(spec: BuildSpec): readonly OptionName[] {
  return optionNames.filter((name) => valuesOf(spec, name).length > 0);
}

/** The spec with exactly these values of an option. */
export function withValues(
  spec: BuildSpec,
  name: OptionName,
  values: readonly string[],
): BuildSpec {
  const others = Object.entries(spec.options).filter(([other]) => other !== name);
  const own = values.length === 0 ? [] : [[name, values] as const];
  return { ...spec, options: Object.fromEntries([...others, ...own]) };
}

/** Options that the form does not show: they are kept in the line. */
export function keptOptions(spec: BuildSpec): readonly OptionName[] {
  return givenOptions(spec).filter((name) => table[name].field === undefined);
}
