/** Spec → `docker build …`. */
import { printWords } from '../command-line/words.ts';
import { pairOf } from '../command-line/values.ts';
import { prefixLength } from '../command-line/prefix.ts';
import { table, type OptionName } from './options/table.ts';
import { givenOptions, valuesOf, type BuildSpec } from './spec.ts';

/** The words after `docker build`: options, those that are not known, and the context. */
export function argumentsOf(spec: BuildSpec): readonly string[] {
  const { context, unknown } = spec;
  return [
    ...givenOptions(spec).flatMap((name) => optionWords(spec, name)),
    ...unknown.flat(),
    // A directory whose name looks like an option.
    ...(/^-./.test(context) ? ['--'] : []),
    ...(context === '' ? [] : [context]),
  ];
}

/** The words of one option, once for each of its values. */
export function optionWords(spec: BuildSpec, name: OptionName): readonly string[] {
  return valuesOf(spec, name).flatMap((value) => valueWords(name, value));
}

function valueWords(name: OptionName, value: string): readonly string[] {
  const { kind, short, brief } = table[name];
  const spelling = brief === true && short !== undefined ? `-${short}` : `--${name}`;
  if (kind === 'switch') return [value === 'true' ? spelling : `--${name}=${value}`];
  // An empty value, or one that starts with a dash, could be read as something else.
  return value === '' || value.startsWith('-') ? [`--${name}=${value}`] : [spelling, value];
}

/** The command that does this build in a terminal. */
export function lineOfSpec(spec: BuildSpec, shell: 'posix' | 'powershell' = 'posix'): string {
  const { program, directory } = spec;
  const start = prefixLength(program);
  const cd = directory === undefined ? [] : [`${printWords(['cd', directory], shell)} &&`];
  const before = program.slice(0, start).map((word) => assignment(word, shell));
  const words = printWords([...program.slice(start), ...argumentsOf(spec)], shell);
  return [...cd, ...before, words].join(' ');
}

/** A shell does not read `'A=x y'` as a variable, only `A='x y'`. */
function assignment(word: string, shell: 'posix' | 'powershell'): string {
  const [name, value] = pairOf(word);
  if (value === undefined || !/^[A-Za-z_]\w*$/.test(name)) return printWords([word], shell);
  return `${name}=${value === '' ? '' : printWords([value], shell)}`;
}
