/** What known command lines mean: one table a program, read by one reader of options. */
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { Kept } from '../text/kept.ts';
import { span } from '../text/span.ts';

export interface Program {
  /** Without folder; two words where the program is named by both: `uv pip`. */
  readonly names: readonly string[];
  /** Other spellings of a name: `pip3.12`. */
  readonly spelled?: RegExp;
  /** Options that take a value: the next word, unless it is attached. */
  readonly valued: readonly string[];
  /** Options that take a value only behind these subcommands. */
  readonly valuedBy?: Readonly<Record<string, readonly string[]>>;
  /** Words that may be a subcommand; any first operand is one where the list is empty. */
  readonly subcommands?: readonly string[];
  /** `single`: `-ldflags` is one option, not six; `bundle`: a first word without a dash is options too. */
  readonly style?: 'single' | 'bundle';
}

/** Subcommands of a package manager by what they do, in every spelling that it knows. */
export interface Verbs {
  /** They add the packages that are named. */
  readonly install?: readonly string[];
  /** They install again what is installed. */
  readonly reinstall?: readonly string[];
  /** They install the dependencies that the project lists. */
  readonly restore?: readonly string[];
  readonly remove?: readonly string[];
  /** They replace packages with another version. */
  readonly upgrade?: readonly string[];
  /** They download packages and install none. */
  readonly download?: readonly string[];
  /** They download the lists of packages. */
  readonly update?: readonly string[];
  /** They delete what was downloaded. */
  readonly clean?: readonly string[];
}

/** A table that says what the subcommands do; a manager has the verbs that `V` names. */
export interface PackageManager<V extends keyof Verbs> extends Program {
  readonly verbs: Required<Pick<Verbs, V>>;
}

/** Names under which the same program, or one with the same command line, is called. */
export type Family = readonly (string | RegExp)[];

/** Whether a name is one of a family. */
export function isNamed(name: string | undefined, family: Family): boolean {
  if (name === undefined) return false;
  for (const one of family)
    if (typeof one === 'string' ? one === name : one.test(name)) return true;
  return false;
}

/** Whether the subcommand of a call is one of these. */
export function isVerb(
  call: Pick<Invocation, 'subcommand'> | undefined,
  ...verbs: readonly (readonly string[])[]
): boolean {
  const text = call?.subcommand?.text;
  if (text === undefined) return false;
  for (const list of verbs) if (list.includes(text)) return true;
  return false;
}

/** An option as it stands: `name` has its dashes, `word` is where it is written, alone or with others. */
export interface Option {
  readonly name: string;
  readonly word: ShellWord;
  readonly value?: ShellWord | undefined;
}

export interface Invocation {
  /** The name as the program's table has it. */
  readonly name: string;
  readonly subcommand: ShellWord | undefined;
  /** What is neither option nor value of one, nor the subcommand. */
  readonly operands: readonly ShellWord[];
  readonly options: readonly Option[];
  /** Whether one of the options is there; `-qq` asks for two `-q`. */
  has(...flags: readonly string[]): boolean;
  /** The first of the options that is there. */
  option(...flags: readonly string[]): Option | undefined;
  /** The value of the first of the options that has one. */
  value(...flags: readonly string[]): ShellWord | undefined;
  values(...flags: readonly string[]): readonly ShellWord[];
}

/** A command is read once, however many rules ask; hardly one is asked of as more than one program. */
const readings = new Kept<Command, Known[]>();

interface Known {
  readonly program: Program;
  readonly invocation: Invocation;
}

/** The command read as a call of the program; undefined when it is one of another. */
export function invoke(command: Command, program: Program): Invocation | undefined {
  const name = nameOf(command);
  if (name === undefined) return undefined;
  const known = readings.get(command);
  if (known) for (const one of known) if (one.program === program) return one.invocation;
  const { one, pairs } = lookupOf(program);
  const second = pairs === undefined ? undefined : command.args[0]?.text;
  const two = second === undefined ? '' : `${name} ${second}`;
  const isTwo = pairs?.has(two) === true;
  if (!isTwo && !one.has(name) && !program.spelled?.test(name)) return undefined;
  const invocation = isTwo
    ? read(two, command.args.slice(1), program)
    : read(name, command.args, program);
  if (known) known.push({ program, invocation });
  else readings.set(command, [{ program, invocation }]);
  return invocation;
}

/** What a program's table is asked for again and again. */
interface Lookup {
  readonly one: ReadonlySet<string>;
  /** Names of two words; hardly any program has them. */
  readonly pairs: ReadonlySet<string> | undefined;
  readonly valued: ReadonlySet<string>;
}

const lookups = new WeakMap<Program, Lookup>();

function lookupOf(program: Program): Lookup {
  const before = lookups.get(program);
  if (before) return before;
  const pairs = program.names.filter((name) => name.includes(' '));
  const made: Lookup = {
    one: new Set(program.names),
    pairs: pairs.length > 0 ? new Set(pairs) : undefined,
    valued: new Set(program.valued),
  };
  lookups.set(program, made);
  return made;
}

interface Reading {
  readonly program: Program;
  readonly args: readonly ShellWord[];
  readonly options: Option[];
  readonly operands: ShellWord[];
  subcommand?: ShellWord;
}

function read(name: string, args: readonly ShellWord[], program: Program): Invocation {
  const reading: Reading = { program, args, options: [], operands: [] };
  let open = true;
  for (let i = 0; i < args.length; i++) {
    const word = args[i];
    if (word === undefined) break;
    const { text } = word;
    if (!text.startsWith('-') || !open || text.length < 2) {
      if (i === 0 && program.style === 'bundle' && /^[A-Za-z]+$/.test(text))
        i += short(reading, i, 0);
      else operand(reading, word);
    } else if (text === '--') open = false;
    else if (text.startsWith('--') || program.style === 'single') i += long(reading, word, i);
    else i += short(reading, i, 1);
  }
  return new Call(name, reading);
}

/** A class because one is made for each command that a rule looks at. */
class Call implements Invocation {
  readonly name: string;
  readonly subcommand: ShellWord | undefined;
  readonly operands: readonly ShellWord[];
  readonly options: readonly Option[];

  constructor(name: string, { subcommand, operands, options }: Reading) {
    this.name = name;
    this.subcommand = subcommand;
    this.operands = operands;
    this.options = options;
  }
  has(...flags: readonly string[]): boolean {
    if (this.options.length === 0) return false;
    for (const flag of flags) if (isThere(this.options, flag)) return true;
    return false;
  }
  option(...flags: readonly string[]): Option | undefined {
    return this.options.find((one) => flags.includes(one.name));
  }
  value(...flags: readonly string[]): ShellWord | undefined {
    for (const { name, value } of this.options) if (value && flags.includes(name)) return value;
    return undefined;
  }
  values(...flags: readonly string[]): readonly ShellWord[] {
    return this.options.flatMap((one) =>
      one.value && flags.includes(one.name) ? [one.value] : [],
    );
  }
}

function isThere(options: readonly Option[], flag: string): boolean {
  for (const { name } of options) if (name === flag) return true;
  const letter = flag[1] ?? '';
  // `-qq` asks for two `-q`.
  if (flag.length < 3 || flag[2] !== letter || !/^-([A-Za-z])\1+$/.test(flag)) return false;
  let more = flag.length - 1;
  for (const { name } of options) if (name === `-${letter}`) more--;
  return more <= 0;
}

function operand(reading: Reading, word: ShellWord): void {
  const { subcommands } = reading.program;
  const isSubcommand =
    subcommands !== undefined &&
    reading.subcommand === undefined &&
    reading.operands.length === 0 &&
    (subcommands.length === 0 || subcommands.includes(word.text));
  if (isSubcommand) reading.subcommand = word;
  else reading.operands.push(word);
}

function takesValue({ program, subcommand }: Reading, name: string): boolean {
  if (lookupOf(program).valued.has(name)) return true;
  const by = program.valuedBy;
  const key = subcommand?.text ?? '';
  return by !== undefined && Object.hasOwn(by, key) && by[key]?.includes(name) === true;
}

/** `--name`, `--name=value`, `--name value`; gives how many words more it took. */
function long(reading: Reading, word: ShellWord, at: number): number {
  const equals = word.text.indexOf('=');
  if (equals >= 0) {
    const name = word.text.slice(0, equals);
    reading.options.push({ name, word, value: part(word, equals + 1) });
    return 0;
  }
  return alone(reading, word.text, word, at);
}

function alone(reading: Reading, name: string, word: ShellWord, at: number): number {
  const value = takesValue(reading, name) ? reading.args[at + 1] : undefined;
  reading.options.push({ name, word, value });
  return value ? 1 : 0;
}

/** `-abc`: each letter an option, until one takes the rest or the next word as its value. */
function short(reading: Reading, at: number, from: number): number {
  const word = reading.args[at];
  if (word === undefined) return 0;
  const { text } = word;
  let more = 0;
  for (let i = from; i < text.length; i++) {
    const name = `-${text[i] ?? ''}`;
    const rest = text[i + 1] === '=' ? i + 2 : i + 1;
    const attached = rest < text.length && (rest > i + 1 || from === 1);
    if (attached && (rest > i + 1 || takesValue(reading, name))) {
      reading.options.push({ name, word, value: part(word, rest) });
      return more;
    }
    more += alone(reading, name, word, at + more);
  }
  return more;
}

/** The end of a word from a place in its text; its span is exact where nothing in the word is quoted. */
export function part(word: ShellWord, from: number, to = word.text.length): ShellWord {
  const text = word.text.slice(from, to);
  if (word.raw !== word.text) {
    const { span: whole, raw, literal, variables, scripts } = word;
    return { span: whole, text, raw, literal, variables, scripts };
  }
  const start = word.span.start + from;
  const place = span(start, start + text.length);
  const inside = <T extends { readonly span: { readonly start: number; readonly end: number } }>(
    nodes: readonly T[],
  ): readonly T[] => nodes.filter((n) => n.span.start >= place.start && n.span.end <= place.end);
  const variables = inside(word.variables);
  const scripts = inside(word.scripts);
  return { span: place, text, raw: text, literal: word.literal, variables, scripts };
}
