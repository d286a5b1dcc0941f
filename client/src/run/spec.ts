/** The options of a container to create, as read from a `docker run` command or the form. */
import type { Line, Outside } from './options/option.ts';
import {
  listNames,
  switches as switchNames,
  table,
  textNames,
  type List,
  type OptionName,
  type Switch,
  type Text,
} from './options.ts';

/**
 * Plain data. Values have the syntax of `docker run`, with absolute local paths. Options that are not given, and switches
 * with their default value, are absent.
 */
export interface RunSpec {
  readonly image: string;
  /** The words after the image; empty for the command of the image. */
  readonly command: readonly string[];
  readonly switches: Readonly<Partial<Record<Switch, boolean>>>;
  readonly texts: Readonly<Partial<Record<Text, string>>>;
  readonly lists: Readonly<Partial<Record<List, readonly string[]>>>;
}

/** A container of this image, without options. */
export function specOf(image: string, more: Partial<RunSpec> = {}): RunSpec {
  return { image, command: [], switches: {}, texts: {}, lists: {}, ...more };
}

/** Whether a switch is on. */
export function has(spec: RunSpec, name: Switch): boolean {
  return spec.switches[name] ?? table[name].unset === true;
}

/** The values of an option that can be given several times. */
export function all(spec: RunSpec, name: List): readonly string[] {
  return spec.lists[name] ?? [];
}

/** The values of any option; a switch that is given has `true` or `false`. */
export function givenValues(spec: RunSpec, name: OptionName): readonly string[] {
  const { switches, texts, lists } = spec;
  const on = (switches as Readonly<Partial<Record<OptionName, boolean>>>)[name];
  if (on !== undefined) return [String(on)];
  const text = (texts as Readonly<Partial<Record<OptionName, string>>>)[name];
  if (text !== undefined) return [text];
  return (lists as Readonly<Partial<Record<OptionName, readonly string[]>>>)[name] ?? [];
}

/** The options that are given. */
export function givenOptions(spec: RunSpec): readonly OptionName[] {
  const names = [...switchNames, ...textNames, ...listNames];
  return names.filter((name) => givenValues(spec, name).length > 0);
}

/** The values of all options, for the functions of the table. */
export function lineOfOptions(spec: RunSpec, outside: Outside): Line {
  return {
    values: (name) => (Object.hasOwn(table, name) ? givenValues(spec, name as OptionName) : []),
    outside,
  };
}

/** The spec with a value added: it sets a switch, replaces a text, or is appended to a list. */
export function withOption(spec: RunSpec, name: OptionName, value: string): RunSpec {
  const { kind, unset } = table[name];
  switch (kind) {
    case 'switch': {
      const on = value !== 'false';
      const others = without(spec, name);
      if (on === unset) return others;
      return { ...others, switches: { ...others.switches, [name]: on } };
    }
    case 'text':
      return { ...spec, texts: { ...spec.texts, [name]: value } };
    case 'list': {
      const before = givenValues(spec, name);
      return { ...spec, lists: { ...spec.lists, [name]: [...before, value] } };
    }
  }
}

/** The spec without these options. */
export function without(spec: RunSpec, ...names: readonly OptionName[]): RunSpec {
  const dropped = new Set<string>(names);
  const left = <T extends object>(given: T): T =>
    Object.fromEntries(Object.entries(given).filter(([name]) => !dropped.has(name))) as T;
  return {
    ...spec,
    switches: left(spec.switches),
    texts: left(spec.texts),
    lists: left(spec.lists),
  };
}
