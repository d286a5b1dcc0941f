/** The type of an entry in the table of `docker build` options. */
import type { BuildRequest } from '../../../../contract/build.ts';
import type { Syntax } from '../../command-line/syntax.ts';
import type { LineContext } from '../../command-line/words.ts';

/** A switch is on or off, a text uses the last value given, a list uses all values. */
export type Kind = 'switch' | 'text' | 'list';

export interface Option {
  readonly kind: Kind;
  /** Name of one letter. */
  readonly short?: string;
  /** Commands are printed with the letter. */
  readonly brief?: true;
  readonly label: () => string;
  /** One or two sentences that say what it does: in the form, and in the schema of tasks. */
  readonly about: () => string;
  readonly syntax?: Syntax;
  /** The part of the request for these values, of which there is at least one. Relative paths are those of the context's folder. */
  readonly write?: (values: readonly string[], context: LineContext) => Part;
  /** Whether a build from here does what these values say; absent for options with `write` and options of the output. */
  readonly hasEffect?: (values: readonly string[]) => boolean;
  /** Only changes what is printed, or how the context is sent: never a reason to ask. */
  readonly printing?: true;
  /** Its field; absent if it is only in the line. */
  readonly field?: Field;
  /** How a value is colored in the line. */
  readonly color?: Color;
}

export type Part = Partial<BuildRequest>;

export type Color = 'image' | 'path' | 'pair' | 'number';

export type SectionName =
  'common' | 'arguments' | 'platforms' | 'cache' | 'secrets' | 'output' | 'network' | 'labels';

export interface Field {
  readonly section: SectionName;
  readonly control: Control;
}

export type Control =
  | { readonly kind: 'check' }
  | {
      readonly kind: 'text';
      readonly placeholder?: string;
      /** What the Browse button selects. */
      readonly browse?: 'file' | 'save';
      readonly suggestions?: readonly string[];
    }
  /** The fields with facts of the Dockerfile and the engine. */
  | { readonly kind: 'target' | 'arguments' | 'platforms' | 'builder' | 'secrets' }
  | {
      readonly kind: 'list';
      readonly columns: readonly Column[];
      /** The placeholder of the row that adds a value. */
      readonly add: () => string;
      readonly read: (value: string) => Cells;
      readonly write: (cells: Cells) => string;
    };

export interface Column {
  readonly id: string;
  readonly label?: () => string;
  readonly placeholder?: string;
}

export type Cells = Readonly<Record<string, string>>;

type Facts = Omit<Option, 'kind'>;

/** A switch that is off by default. */
export function flag(facts: Facts): Option {
  return { ...facts, kind: 'switch' };
}

export function text(facts: Facts): Option {
  return { ...facts, kind: 'text' };
}

export function list(facts: Facts): Option {
  return { ...facts, kind: 'list' };
}

/** A list with one column. */
export function oneColumn(add: () => string): Control {
  return {
    kind: 'list',
    columns: [{ id: 'value' }],
    add,
    read: (value) => ({ value }),
    write: ({ value = '' }) => value.trim(),
  };
}

/** A list of `name=value`, or of names with another separator. */
export function twoColumns(
  [name, value]: readonly [Column, Column],
  { add, separator = /=/, join = '=' }: { add: () => string; separator?: RegExp; join?: string },
): Control {
  return {
    kind: 'list',
    columns: [name, value],
    add,
    read: (text) => {
      const at = text.search(separator);
      return at < 0
        ? { [name.id]: text, [value.id]: '' }
        : { [name.id]: text.slice(0, at), [value.id]: text.slice(at + 1) };
    },
    write: (cells) => {
      const [left, right] = [cells[name.id] ?? '', cells[value.id] ?? ''];
      return right === '' ? left.trim() : `${left.trim()}${join}${right}`;
    },
  };
}

/** Whether the last value of a switch is on. */
export function isOn(values: readonly string[]): boolean {
  return values.at(-1) === 'true';
}
