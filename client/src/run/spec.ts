/** What a container shall be: the meaning of a `docker run` line, and of the form. */
import {
  optionNames,
  options,
  type List,
  type OptionName,
  type Switch,
  type Text,
} from './options.ts';

/**
 * Plain data. Values stand as `docker run` takes them, with paths of this machine made absolute; options that were not
 * given are absent.
 */
export interface RunSpec {
  readonly image: string;
  /** Behind the image; empty where the image's own shall run. */
  readonly command: readonly string[];
  readonly switches: readonly Switch[];
  readonly texts: Readonly<Partial<Record<Text, string>>>;
  readonly lists: Readonly<Partial<Record<List, readonly string[]>>>;
}

/** A container of this image and nothing else said. */
export function specOf(image: string, more: Partial<RunSpec> = {}): RunSpec {
  return { image, command: [], switches: [], texts: {}, lists: {}, ...more };
}

export function has(spec: RunSpec, name: Switch): boolean {
  return spec.switches.includes(name);
}

/** The values of an option that may be given several times. */
export function all(spec: RunSpec, name: List): readonly string[] {
  return spec.lists[name] ?? [];
}

/** The same with one more value of an option: a switch is set, a text replaced, a list grows. */
export function withOption(spec: RunSpec, name: OptionName, value: string): RunSpec {
  switch (options[name].kind) {
    case 'switch':
      return { ...spec, switches: switched(spec.switches, name as Switch, value !== 'false') };
    case 'text':
      return { ...spec, texts: { ...spec.texts, [name]: value } };
    case 'list': {
      const before = all(spec, name as List);
      return { ...spec, lists: { ...spec.lists, [name]: [...before, value] } };
    }
  }
}

const switches = optionNames.filter((name): name is Switch => options[name].kind === 'switch');

/** In the order of the table, so that equal specs are equal data. */
function switched(present: readonly Switch[], name: Switch, on: boolean): readonly Switch[] {
  return switches.filter((one) => (one === name ? on : present.includes(one)));
}

/** The same without these options. */
export function without(spec: RunSpec, ...names: readonly OptionName[]): RunSpec {
  const left = <T>(given: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(given).filter(([name]) => !names.includes(name as OptionName)),
    );
  return {
    ...spec,
    switches: spec.switches.filter((name) => !names.includes(name)),
    texts: left(spec.texts),
    lists: left(spec.lists),
  };
}
