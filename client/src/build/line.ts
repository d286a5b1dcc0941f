/** `docker build …` → spec. */
import { t } from '@vscode/l10n';
import { argumentsIn, type Argument, type OptionNames } from '../command-line/arguments.ts';
import { fullPath } from '../command-line/paths.ts';
import { boolean } from '../command-line/syntax.ts';
import { wordsOf, type LineContext, type Span } from '../command-line/words.ts';
import { optionOf, shortOptions, table, type OptionName } from './options/table.ts';
import { programOf } from './program.ts';
import { dockerBuild, specOf, type BuildSpec } from './spec.ts';

/** What has a problem or a place in the line; `line` is the whole command. */
export type Place = OptionName | 'context' | 'unknown' | 'line';

export interface Trouble {
  readonly place: Place;
  /** Index of the value, for options with several values. */
  readonly index?: number;
  /** An error prevents the build, a warning does not. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** A part of the line. */
export interface LinePart {
  readonly place: Place | 'program';
  readonly index: number;
  readonly words: readonly (Span & { readonly text: string })[];
}

export interface ReadLine {
  readonly spec: BuildSpec;
  readonly troubles: readonly Trouble[];
  readonly parts: readonly LinePart[];
}

/** Commands of one text that are searched for a build. */
const mostCommands = 50;

/** Reads a pasted command. Accepts any text: everything that is invalid or ignored is reported. */
export function specOfLine(line: string, context: LineContext): ReadLine {
  const text = line.replace(/\r\n?/g, '\n');
  return (
    buildIn(text, context) ??
    buildIn(withoutMarkup(text), context) ??
    commandAt(text, 0, context).read
  );
}

/** With spaces for the marks of comments, lists and code in which commands are quoted: `# docker build .`, `- run: docker …`. */
function withoutMarkup(text: string): string {
  return text
    .replace(/^[ \t]*(?:#+|\/\/+|::|(?:[-*][ \t]+)?run:[ \t]*\|?|[-*](?=[ \t]))/gm, (mark) =>
      ' '.repeat(mark.length),
    )
    .replace(
      /^([ \t]*)(`{1,3})(.*?)(`{1,3})([ \t]*)$/gm,
      (_, before: string, open: string, code: string, close: string, after: string) =>
        [before, ' '.repeat(open.length), code, ' '.repeat(close.length), after].join(''),
    );
}

/** The first build among the commands of a text; undefined if there is none. */
function buildIn(text: string, context: LineContext): ReadLine | undefined {
  const ignored: string[] = [];
  let directory: string | undefined;
  let at = 0;
  for (let count = 0; count < mostCommands; count++) {
    const here = directory === undefined ? context : { ...context, folder: directory };
    const command = commandAt(text, at, here);
    const [program, target] = command.words;
    if (command.isBuild) return withNotes(command.read, { directory, ignored, command });
    if (program === 'cd' && target !== undefined) directory = fullPath(target, here);
    else ignored.push(text.slice(at, command.end).trim());
    if (command.rest === '') break;
    at += command.restAt;
  }
  return undefined;
}

interface Command {
  readonly words: readonly string[];
  readonly isBuild: boolean;
  readonly read: ReadLine;
  readonly unknown: readonly string[];
  readonly rest: string;
  readonly restAt: number;
  readonly end: number;
}

function commandAt(text: string, at: number, context: LineContext): Command {
  const { words, spans, unknown, rest, restAt } = wordsOf(text.slice(at), context);
  const moved = spans.map(({ start, end }) => ({ start: start + at, end: end + at }));
  const { length, isBuild, trouble } = programOf(words);
  const program = length === 0 ? dockerBuild : words.slice(0, length);
  const read = readWords({ words, spans: moved }, { at: length, program });
  const troubles = trouble === undefined ? [] : [error('line', trouble)];
  return {
    words,
    isBuild,
    unknown,
    rest,
    restAt,
    end: moved.at(-1)?.end ?? at,
    read: { ...read, troubles: [...troubles, ...read.troubles] },
  };
}

function withNotes(
  read: ReadLine,
  {
    directory,
    ignored,
    command: { unknown, rest },
  }: { directory: string | undefined; ignored: readonly string[]; command: Command },
): ReadLine {
  const others = [...ignored, rest].filter((one) => one !== '');
  return {
    ...read,
    spec: { ...read.spec, ...(directory !== undefined && { directory }) },
    troubles: [
      ...read.troubles,
      ...unknown.map((name) =>
        warning(t('The value of {0} is not known; it is kept as written', name)),
      ),
      ...others.map((one) => warning(t('Ignored, not part of the docker command: {0}', one))),
    ],
  };
}

function warning(message: string): Trouble {
  return { place: 'line', severity: 'warning', message };
}

function error(place: Place, message: string, index?: number): Trouble {
  return { place, severity: 'error', message, ...(index !== undefined && { index }) };
}

/** Reads the words after `docker build`. */
export function specOfWords(words: readonly string[], program = dockerBuild): ReadLine {
  return readWords({ words, spans: words.map(() => ({ start: 0, end: 0 })) }, { at: 0, program });
}

const buildOptionNames: OptionNames = {
  long: optionOf,
  short: (letter) => shortOptions.get(letter),
  isSwitch: (name) => table[name as OptionName].kind === 'switch',
  interspersed: true,
};

function readWords(
  line: { readonly words: readonly string[]; readonly spans: readonly Span[] },
  { at, program }: { readonly at: number; readonly program: readonly string[] },
): ReadLine {
  const words = line.words.slice(at);
  const reader = new WordReader(words, line.spans.slice(at));
  reader.read();
  const head = { place: 'program' as const, index: 0, words: placed(line, 0, at) };
  const options = Object.fromEntries(reader.options);
  const spec = { ...specOf(reader.context, options), program, unknown: reader.unknown };
  return { spec, troubles: reader.troubles, parts: [head, ...reader.parts] };
}

function placed(
  { words, spans }: { readonly words: readonly string[]; readonly spans: readonly Span[] },
  first: number,
  end: number,
): LinePart['words'] {
  return words.slice(first, end).map((text, index) => ({
    text,
    start: spans[first + index]?.start ?? 0,
    end: spans[first + index]?.end ?? 0,
  }));
}

class WordReader {
  readonly options = new Map<OptionName, string[]>();
  readonly unknown: (readonly string[])[] = [];
  readonly troubles: Trouble[] = [];
  readonly parts: LinePart[] = [];
  context = '';
  #unknownWord = -1;
  readonly #words: readonly string[];
  readonly #spans: readonly Span[];

  constructor(words: readonly string[], spans: readonly Span[]) {
    this.#words = words;
    this.#spans = spans;
  }

  read(): void {
    const found = [...argumentsIn(this.#words, buildOptionNames)];
    // Empty words, for example of variables without a value, are ignored.
    const all = withUnknownValues(found.filter((one) => one.kind !== 'operand' || one.text !== ''));
    const operands = all.filter(({ kind }) => kind === 'operand');
    for (const argument of all) {
      if (this.#isInUnknownWord(argument)) continue;
      if (argument.kind === 'option') this.#option(argument);
      else if (argument.kind === 'unknown') this.#unknown(argument);
    }
    const [context, ...others] = operands;
    if (context?.kind === 'operand') {
      this.context = context.text;
      this.#part('context', 0, context);
    }
    for (const other of others) {
      if (other.kind !== 'operand') continue;
      this.troubles.push(
        error('line', t('{0} is not an option; docker build takes one PATH', other.text)),
      );
    }
  }

  #part(place: LinePart['place'], index: number, { first, last }: Argument): void {
    const line = { words: this.#words, spans: this.#spans };
    this.parts.push({ place, index, words: placed(line, first, last + 1) });
  }

  #option(argument: Extract<Argument, { kind: 'option' }>): void {
    const name = argument.name as OptionName;
    const { value } = argument;
    const { kind, syntax = kind === 'switch' ? boolean : undefined } = table[name];
    if (value === undefined) {
      this.troubles.push(error(name, t('{0} requires a value', argument.spelling)));
      return;
    }
    const before = kind === 'list' ? (this.options.get(name) ?? []) : [];
    const index = before.length;
    // Values are kept as written: paths are made absolute for the request only.
    const { value: checked, trouble } = syntax?.(value, noContext) ?? { value };
    if (trouble !== undefined) this.troubles.push(error(name, trouble, index));
    before.push(kind === 'switch' ? checked : value);
    this.options.set(name, before);
    this.#part(name, index, argument);
  }

  /** A letter that is not known makes the rest of its word unknown too: `-Zfoo` can be an option with a value. */
  #unknown(argument: Extract<Argument, { kind: 'unknown' }>): void {
    const { first, last, text } = argument;
    const words = this.#words.slice(first, last + 1);
    const isWhole = words[0]?.startsWith(text) === true;
    if (text === '--') {
      // A dash among letters: alone it would end the options.
      this.troubles.push(error('line', t('{0} is not valid', words[0] ?? text)));
      return;
    }
    this.unknown.push(isWhole ? words : [text]);
    if (isWhole) this.#unknownWord = first;
    this.#part('unknown', this.unknown.length - 1, argument);
  }

  /** Whether the argument is in a word that is unknown as a whole; the next word, if it has one, belongs to it. */
  #isInUnknownWord({ first, last }: Argument): boolean {
    if (first !== this.#unknownWord) return false;
    const value = this.#words[first + 1];
    const words = this.unknown.at(-1);
    if (last > first && value !== undefined && words?.length === 1) {
      this.unknown.splice(-1, 1, [...words, value]);
    }
    return true;
  }
}

const noContext: LineContext = { folder: undefined, variables: {} };

/**
 * `docker build` takes one word that is not an option. If there are more, those directly after unknown options are their
 * values.
 */
function withUnknownValues(all: readonly Argument[]): readonly Argument[] {
  let extra = all.filter(({ kind }) => kind === 'operand').length - 1;
  const found: Argument[] = [];
  for (const argument of all) {
    const before = found.at(-1);
    const isValue =
      extra > 0 &&
      argument.kind === 'operand' &&
      before?.kind === 'unknown' &&
      before.last === argument.first - 1 &&
      before.first === before.last &&
      !before.text.includes('=');
    if (isValue) {
      found.splice(-1, 1, { ...before, last: argument.last });
      extra--;
    } else {
      found.push(argument);
    }
  }
  return found;
}
