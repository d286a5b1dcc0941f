/** Reads arguments as pflag of the docker CLI does: options, their values, and the other words. */

/** The options of a command. */
export interface OptionNames {
  /** The option of a long name; undefined for an unknown name. */
  readonly long: (name: string) => string | undefined;
  readonly short: (letter: string) => string | undefined;
  readonly isSwitch: (option: string) => boolean;
  /** Options can follow other words: true for `docker build`, false for `docker run`. */
  readonly interspersed: boolean;
}

export type Argument = {
  /** Indexes of its first and its last word. */
  readonly first: number;
  readonly last: number;
} & (
  | {
      readonly kind: 'option';
      readonly name: string;
      /** As written, without the value: `--tag`, `-t`. */
      readonly spelling: string;
      /** Undefined if the option requires a value and is the last word; `true` for a switch without one. */
      readonly value: string | undefined;
    }
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'operand'; readonly text: string }
);

/** The arguments of these words, in order. */
export function* argumentsIn(words: readonly string[], names: OptionNames): Generator<Argument> {
  let at = 0;
  let onlyOperands = false;
  while (at < words.length) {
    const word = words[at] ?? '';
    const isOption = !onlyOperands && word.startsWith('-') && word !== '-';
    if (!isOption) {
      yield { kind: 'operand', text: word, first: at, last: at };
      at++;
      if (!names.interspersed) onlyOperands = true;
      continue;
    }
    if (word === '--') {
      onlyOperands = true;
      at++;
      continue;
    }
    const found = word.startsWith('--') ? longOption(words, at, names) : cluster(words, at, names);
    yield* found;
    at = (found.at(-1)?.last ?? at) + 1;
  }
}

function longOption(words: readonly string[], at: number, names: OptionNames): Argument[] {
  const text = (words[at] ?? '').slice(2);
  const equals = text.indexOf('=');
  const given = equals < 0 ? text : text.slice(0, equals);
  const name = names.long(given);
  if (name === undefined) return [{ kind: 'unknown', text: `--${text}`, first: at, last: at }];
  const value = equals < 0 ? undefined : text.slice(equals + 1);
  return [option({ name, spelling: `--${given}`, value }, { words, at, names })];
}

/** `-itd`, `-p8080:80`, `-p=8080:80`. */
function cluster(words: readonly string[], at: number, names: OptionNames): Argument[] {
  const letters = (words[at] ?? '').slice(1);
  const found: Argument[] = [];
  for (let index = 0; index < letters.length; index++) {
    const spelling = `-${letters[index] ?? ''}`;
    const name = names.short(letters[index] ?? '');
    const rest = letters.slice(index + 1);
    if (name === undefined) {
      found.push({ kind: 'unknown', text: spelling, first: at, last: at });
    } else if (!names.isSwitch(name) || rest.startsWith('=')) {
      const value = rest === '' ? undefined : rest.replace(/^=/, '');
      found.push(option({ name, spelling, value }, { words, at, names }));
      break;
    } else {
      found.push(option({ name, spelling, value: undefined }, { words, at, names }));
    }
  }
  return found;
}

function option(
  given: { readonly name: string; readonly spelling: string; readonly value: string | undefined },
  { words, at, names }: { words: readonly string[]; at: number; names: OptionNames },
): Argument {
  const { name, spelling } = given;
  if (given.value !== undefined || names.isSwitch(name)) {
    const value = given.value ?? 'true';
    return { kind: 'option', name, spelling, value, first: at, last: at };
  }
  const last = at + 1 < words.length ? at + 1 : at;
  return { kind: 'option', name, spelling, value: words[at + 1], first: at, last };
}
