/** Converts between a spec and the values of the form. Options without a field are in the field for other options. */
import { t } from '@vscode/l10n';
import { mountsOf, type PlacedMount } from './check-mounts.ts';
import type { Mark, Row, Values } from './form.ts';
import {
  gpuArgument,
  gpuField,
  mountArgument,
  mountRow,
  portArgument,
  portRow,
  rowsOf,
  textOf,
} from './form-rows.ts';
import { argumentsOf, specOfWords } from './line.ts';
import { volumeMount, type Mount } from './mounts.ts';
import {
  listNames,
  optionNames,
  table,
  textNames,
  type List,
  type OptionName,
  type Switch,
  type Text,
} from './options.ts';
import { all, has, specOf, without, type RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { printWords, wordsOf, type LineContext } from '../command-line/words.ts';

/** Options with a text field of the same name. */
export const textFields: readonly Text[] = textNames.filter((name) => table[name].field === 'text');

/** Options with a field of the same name that has one value per line. */
export const lineFields: readonly List[] = listNames.filter(
  (name) => table[name].field === 'lines',
);

/** Options with another kind of field. */
const otherFields: readonly OptionName[] = optionNames.filter((name) => {
  const { kind, field } = table[name];
  return field !== undefined && field !== 'lines' && !(kind === 'text' && field === 'text');
});

/** The values of the form for a spec. */
export function valuesOf(spec: RunSpec): Values {
  const mounts = shownMounts(spec);
  const ports = all(spec, 'publish').map(portRow);
  const [gpus, moreGpus] = firstPlain(all(spec, 'gpus'));
  const [network, moreNetworks] = firstPlain(all(spec, 'network'));
  const lines = lineFields.map((name) => [name, all(spec, name)] as const);
  const left = without(
    { ...spec, image: 'x', command: [] },
    ...textFields.filter((name) => isPlain(spec.texts[name])),
    ...lineFields,
    ...otherFields,
  );
  const other = specOf('x', {
    ...left,
    switches: { ...left.switches, ...loneSwitches(spec) },
    lists: withMore(left.lists, {
      publish: all(spec, 'publish').filter((_, index) => ports[index] === undefined),
      gpus: moreGpus,
      network: moreNetworks,
      ...Object.fromEntries(
        mountNames.map((name) => [
          name,
          all(spec, name).filter(
            (_, index) => !mounts.some((one) => one.place === name && one.index === index),
          ),
        ]),
      ),
      ...Object.fromEntries(
        lines.map(([name, values]) => [name, values.filter((one) => !isPlain(one))]),
      ),
    }),
  });
  return {
    image: spec.image,
    command: printWords(spec.command, 'one line'),
    mode: has(spec, 'detach')
      ? 'detached'
      : has(spec, 'interactive') || has(spec, 'tty')
        ? 'interactive'
        : 'attached',
    rm: has(spec, 'rm'),
    'publish-all': has(spec, 'publish-all'),
    ...Object.fromEntries(
      textFields.map((name) => [name, isPlain(spec.texts[name]) ? spec.texts[name] : '']),
    ),
    ...Object.fromEntries(lines.map(([name, values]) => [name, values.filter(isPlain).join('\n')])),
    ports: ports.filter((row) => row !== undefined),
    mounts: mounts.map(mountRow),
    gpus: gpus === undefined ? '' : gpuField(gpus),
    network: network ?? '',
    other: printWords(argumentsOf(other).slice(1, -1), 'one line'),
  };
}

/** Whether a field of one line keeps it: a field loses line breaks and whitespace at its ends. */
function isPlain(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !/[\r\n]/.test(value) && value.trim() === value;
}

/** The first value if a field keeps it, and all others. */
function firstPlain(
  values: readonly string[],
): readonly [first: string | undefined, others: readonly string[]] {
  const [first, ...others] = values;
  return isPlain(first) ? [first, others] : [undefined, values];
}

const mountNames = ['volume', 'mount', 'tmpfs'] as const;

/** Whether the mount has a row; others are among the other options. */
function isShown({ type, source, target }: Mount): boolean {
  return (
    /^(?:bind|volume|tmpfs)$/.test(type) &&
    [source, target].every((one) => one === '' || isPlain(one))
  );
}

/** The mounts with a row, in the order of the options; also those whose paths are invalid, so that they can be corrected. */
function shownMounts(spec: RunSpec): readonly PlacedMount[] {
  const valid = mountsOf(spec);
  const invalid = all(spec, 'volume').flatMap((text, index) => {
    if (valid.some((one) => one.place === 'volume' && one.index === index)) return [];
    const mount = looseMount(text);
    return mount === undefined ? [] : [{ place: 'volume' as const, index, mount }];
  });
  const places = [...mountNames];
  return [...valid, ...invalid]
    .filter(({ mount }) => isShown(mount))
    .sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place) || a.index - b.index);
}

/** A value of `-v` with an invalid path, if its row is written as the same value; undefined otherwise. */
function looseMount(text: string): Mount | undefined {
  const [source = '', target = '', options = '', ...rest] = text.split(':');
  if (source === '' || target === '' || rest.length > 0) return undefined;
  const words = options === '' ? [] : options.split(',');
  const mount: Mount = {
    type: /^[~./\\]/.test(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: words.includes('ro'),
    options: words.filter((word) => word !== 'ro' && word !== 'rw'),
  };
  const written = mountArgument(mountRow({ place: 'volume', index: 0, mount }));
  return written?.[0] === 'volume' && written[1] === text ? mount : undefined;
}

/** The row for a value of `-v`; undefined if it has none. */
export function mountOfText(text: string): Row | undefined {
  const read = volumeMount(text);
  const mount = typeof read === 'string' ? looseMount(text) : read;
  return mount === undefined || !isShown(mount)
    ? undefined
    : mountRow({ place: 'volume', index: 0, mount });
}

/** `-i` or `-t` alone, or with `-d`, is among the other options: the field for the mode has no value for them. */
function loneSwitches(spec: RunSpec): Partial<Record<Switch, boolean>> {
  const [open, tty] = [has(spec, 'interactive'), has(spec, 'tty')];
  if (!has(spec, 'detach') && open === tty) return {};
  return { ...(open && { interactive: true }), ...(tty && { tty: true }) };
}

function withMore(lists: RunSpec['lists'], more: RunSpec['lists']): RunSpec['lists'] {
  return Object.fromEntries(
    Object.entries({ ...lists, ...more }).filter(([, values]) => values.length > 0),
  );
}

export interface DraftRead {
  readonly spec: RunSpec;
  readonly marks: readonly Mark[];
  /** Converts a trouble of the whole spec to a mark of a field. */
  readonly mark: (trouble: Trouble) => Mark;
}

/** The spec of the values, and the problems of each field. */
export function specOfValues(values: Values, context: LineContext): DraftRead {
  const writer = new Writer(values, context);
  const { spec, troubles } = specOfWords(writer.words(), context);
  const mark = (trouble: Trouble) => writer.mark(trouble);
  return { spec, marks: [...writer.marks, ...troubles.map(mark)], mark };
}

/** Writes the words of a command, and records the field of each value. */
class Writer {
  readonly marks: Mark[] = [];
  readonly #values: Values;
  readonly context: LineContext;
  /** For each option, the field and row of each of its values. */
  readonly #places = new Map<string, { readonly field: string; readonly row: number }[]>();

  constructor(values: Values, context: LineContext) {
    this.#values = values;
    this.context = context;
  }

  words(): readonly string[] {
    const { command, image } = this.#values;
    return [
      ...this.#switches(),
      ...textFields.flatMap((name) => this.#text(name)),
      ...this.#rows('ports', portArgument),
      ...this.#rows('mounts', mountArgument),
      ...this.#one('network', textOf(this.#values.network)),
      ...this.#one('gpus', gpuArgument(textOf(this.#values.gpus))),
      ...lineFields.flatMap((name) => this.#lines(name)),
      ...this.#split('other', textOf(this.#values.other)),
      '--',
      textOf(image),
      ...this.#split('command', textOf(command)),
    ];
  }

  mark({ place, index = 0, severity, message, offer }: Trouble): Mark {
    const known = this.#places.get(place);
    const at = known?.[index];
    const where = at ?? { field: known === undefined ? fieldOf(place) : 'other' };
    return {
      ...where,
      severity,
      message,
      ...(offer && {
        offer: {
          label: offer.label,
          ...this.#target(place, index),
          value: this.#offerValue(place, index, offer.value),
        },
      }),
    };
  }

  /** The field for an offered value: a free port belongs to its row, the owner of a directory to the user. */
  #target(
    place: Trouble['place'],
    index: number,
  ): { field: string; row?: number; column?: string } {
    const at = this.#places.get(place)?.[index];
    if (place === 'publish' && at !== undefined) return { ...at, column: 'host' };
    return { field: place === 'volume' || place === 'mount' ? 'user' : place };
  }

  /** The offered value; the address before a port is kept. */
  #offerValue(place: Trouble['place'], index: number, value: string): string {
    const row = this.#places.get(place)?.[index]?.row;
    if (place !== 'publish' || row === undefined) return value;
    const before = textOf(rowsOf(this.#values.ports)[row]?.host);
    return before.includes(':') ? before.replace(/[^:]*$/, value) : value;
  }

  #switches(): readonly string[] {
    const { mode, rm } = this.#values;
    return [
      ...(mode === 'detached' ? ['--detach'] : []),
      ...(mode === 'interactive' && !this.#hasLoneSwitch() ? ['--interactive', '--tty'] : []),
      ...(rm === true ? ['--rm'] : []),
      ...(this.#values['publish-all'] === true ? ['--publish-all'] : []),
    ];
  }

  /** Whether the other options have `-i` or `-t` alone. */
  #hasLoneSwitch(): boolean {
    const words = textOf(this.#values.other).split(/\s+/);
    return words.some((word) => /^(?:-i|-t|--interactive|--tty)$/.test(word));
  }

  #text(name: Text): readonly string[] {
    const value = textOf(this.#values[name]);
    return value === '' ? [] : [`--${name}=${value}`];
  }

  #one(name: List, value: string): readonly string[] {
    if (value === '') return [];
    this.#places.set(name, [{ field: name, row: 0 }]);
    return [`--${name}=${value}`];
  }

  #lines(name: List): readonly string[] {
    return textOf(this.#values[name])
      .split('\n')
      .flatMap((line, row) =>
        line.trim() === '' ? [] : [this.#argument(name, { field: name, row }, line.trim())],
      );
  }

  #rows(
    field: string,
    argument: (row: Row) => readonly [string, string] | undefined,
  ): readonly string[] {
    return rowsOf(this.#values[field]).flatMap((row, number) => {
      const found = argument(row);
      return found === undefined
        ? []
        : [this.#argument(found[0], { field, row: number }, found[1])];
    });
  }

  #argument(
    option: string,
    place: { readonly field: string; readonly row: number },
    value: string,
  ): string {
    const places = this.#places.get(option) ?? [];
    places.push(place);
    this.#places.set(option, places);
    return `--${option}=${value}`;
  }

  #split(field: string, text: string): readonly string[] {
    const { words, unknown, rest } = wordsOf(text.replaceAll('\n', ' '), this.context);
    const [name] = unknown;
    if (name !== undefined) {
      const message = t('The value of {0} is not known; it is kept as written', name);
      this.marks.push({ field, severity: 'warning', message });
    }
    // There is no shell for operators such as &&; they are passed as arguments.
    return rest === '' ? words : [...words, ...rest.split(/\s+/)];
  }
}

const fields = new Set<string>([
  ...textFields,
  ...lineFields,
  ...otherFields.filter((name) => /^(?:check|text)$/.test(table[name].field ?? '')),
  'image',
  'command',
]);

/** The field that shows problems of an option. */
function fieldOf(place: string): string {
  if (fields.has(place)) return place;
  return /^(?:detach|interactive|tty)$/.test(place) ? 'mode' : 'other';
}
