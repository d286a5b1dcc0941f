/** Converts the values of the form to a spec. */
import { t } from '@vscode/l10n';
import { fieldOf, lineFields, textFields } from './option-fields.ts';
import type { Mark, Row, Values } from './form.ts';
import { gpuArgument, mountArgument, portArgument, rowsOf, textOf } from './form-rows.ts';
import { specOfWords } from './line.ts';
import type { List, Text } from './options.ts';
import type { RunSpec } from './spec.ts';
import type { Trouble } from './trouble.ts';
import { wordsOf, type LineContext } from '../command-line/words.ts';

export interface ReadValues {
  readonly spec: RunSpec;
  readonly marks: readonly Mark[];
  /** Converts a trouble of the whole spec to a mark of a field. */
  readonly mark: (trouble: Trouble) => Mark;
}

/** The spec of the values, and the problems of each field. */
export function specOfValues(values: Values, context: LineContext): ReadValues {
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
