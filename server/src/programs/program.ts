/** The meaning of known command lines: one table per program, and one parser of options. */
import { nameOf } from '../shell/commands.ts';
import type { Command, ShellWord } from '../shell/script.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { span } from '../text/span.ts';

export interface Program {
  /** Without a directory; two words if both are part of the name: `uv pip`. */
  readonly names: readonly string[];
  /** Matches other forms of a name: `pip3.12`. */
  readonly namePattern?: RegExp;
  /** Options that take a value: the next word, unless it is attached. */
  readonly valueOptions: readonly string[];
  /** Options that take a value only after these subcommands. */
  readonly valueOptionsBySubcommand?: Readonly<Record<string, readonly string[]>>;
  /** Words that may be a subcommand; if the list is empty, any first operand is one. */
  readonly subcommands?: readonly string[];
  /** `single`: `-ldflags` is one option instead of seven; `bundle`: the first word may be options without a dash. */
  readonly style?: 'single' | 'bundle';
}

/** The subcommands of a package manager by what they do, in all forms that it accepts. */
export interface Verbs {
  /** Install the named packages. */
  readonly install?: readonly string[];
  /** Reinstall installed packages. */
  readonly reinstall?: readonly string[];
  /** Install the dependencies that the project lists. */
  readonly restore?: readonly string[];
  readonly remove?: readonly string[];
  /** Replace packages with another version. */
  readonly upgrade?: readonly string[];
  /** Download packages without installing them. */
  readonly download?: readonly string[];
  /** Download the package index. */
  readonly update?: readonly string[];
  /** Delete downloaded files. */
  readonly clean?: readonly string[];
}

/** A table with the meaning of subcommands; a package manager has the verbs in `V`. */
export interface PackageManager<V extends keyof Verbs> extends Program {
  readonly verbs: Required<Pick<Verbs, V>>;
}

/** The names of a program, and of others with the same command line. */
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
  for (let i = 0; i < verbs.length; i++) if (verbs[i]?.includes(text) === true) return true;
  return false;
}

/** An option as written: `name` includes its dashes, `word` is the word that contains it, alone or with others. */
export interface Option {
  readonly name: string;
  readonly word: ShellWord;
  readonly value?: ShellWord | undefined;
}

export interface Invocation {
  /** The name as in the table of the program. */
  readonly name: string;
  readonly subcommand: ShellWord | undefined;
  /** Words that are not an option, the value of one, or the subcommand. */
  readonly operands: readonly ShellWord[];
  readonly options: readonly Option[];
  /** Whether it has one of the options; `-qq` requires `-q` twice. */
  has(...flags: readonly string[]): boolean;
  /** The first of the options that it has. */
  option(...flags: readonly string[]): Option | undefined;
  /** The value of the first of the options that has one. */
  value(...flags: readonly string[]): ShellWord | undefined;
  values(...flags: readonly string[]): readonly ShellWord[];
}

/** A command is parsed once for all rules; few commands are parsed for more than one program. */
const invocations = new ObjectCache<Command, KnownInvocation[]>();

interface KnownInvocation {
  readonly program: Program;
  readonly invocation: Invocation;
}

/** The command parsed as a call of the program; undefined if it calls another one. */
export function invoke(command: Command, program: Program): Invocation | undefined {
  const name = nameOf(command);
  if (name === undefined) return undefined;
  const known = invocations.get(command);
  for (let i = 0; known !== undefined && i < known.length; i++) {
    const one = known[i] as KnownInvocation;
    if (one.program === program) return one.invocation;
  }
  const { args } = command;
  const { names, namePattern } = program;
  // A name of two words goes first.
  const ofTwo = `${name} ${args[0]?.text ?? ''}`;
  const isOfTwo = names.includes(ofTwo);
  if (!isOfTwo && !names.includes(name) && namePattern?.test(name) !== true) return undefined;
  const invocation = isOfTwo
    ? readArguments(ofTwo, args.slice(1), program)
    : readArguments(name, args, program);
  if (known) known.push({ program, invocation });
  else invocations.set(command, [{ program, invocation }]);
  return invocation;
}

/** A class, because one is created for each command that a rule checks. */
class Call implements Invocation {
  readonly name: string;
  subcommand: ShellWord | undefined = undefined;
  readonly operands: ShellWord[] = [];
  readonly options: Option[] = [];

  constructor(name: string) {
    this.name = name;
  }
  has(...flags: readonly string[]): boolean {
    if (this.options.length > 0)
      for (let i = 0; i < flags.length; i++)
        if (hasOption(this.options, flags[i] as string)) return true;
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

function hasOption(options: readonly Option[], flag: string): boolean {
  for (let i = 0; i < options.length; i++) if (options[i]?.name === flag) return true;
  const letter = flag[1] ?? '';
  // `-qq` requires `-q` twice.
  if (flag.length < 3 || flag[2] !== letter || !/^-([A-Za-z])\1+$/.test(flag)) return false;
  let more = flag.length - 1;
  for (const { name } of options) if (name === `-${letter}`) more--;
  return more <= 0;
}

function readArguments(name: string, args: readonly ShellWord[], program: Program): Invocation {
  const call = new Call(name);
  const { style, subcommands } = program;
  let open = true;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as ShellWord;
    const { text } = word;
    if (!text.startsWith('-') || !open || text.length < 2) {
      if (i === 0 && style === 'bundle' && /^[A-Za-z]+$/.test(text))
        i += readShortOptions(call, args, program, i, 0);
      else if (
        subcommands !== undefined &&
        call.subcommand === undefined &&
        call.operands.length === 0 &&
        (subcommands.length === 0 || subcommands.includes(text))
      )
        call.subcommand = word;
      else call.operands.push(word);
    } else if (text === '--') open = false;
    else if (!text.startsWith('--') && style !== 'single')
      i += readShortOptions(call, args, program, i, 1);
    else {
      const equals = text.indexOf('=');
      if (equals < 0) i += readOption(call, args, program, i, i, text);
      else {
        const value = partOfWord(word, equals + 1);
        call.options.push({ name: text.slice(0, equals), word, value });
      }
    }
  }
  return call;
}

function takesValue(program: Program, subcommand: ShellWord | undefined, name: string): boolean {
  if (program.valueOptions.includes(name)) return true;
  const by = program.valueOptionsBySubcommand;
  const key = subcommand?.text ?? '';
  return by !== undefined && Object.hasOwn(by, key) && by[key]?.includes(name) === true;
}

/** Adds an option of the word at a place; its value, if it takes one, follows another word. */
function readOption(
  call: Call,
  args: readonly ShellWord[],
  program: Program,
  at: number,
  last: number,
  name: string,
): number {
  const value = takesValue(program, call.subcommand, name) ? args[last + 1] : undefined;
  call.options.push({ name, word: args[at] as ShellWord, value });
  return value ? 1 : 0;
}

/** Reads `-abc`: each letter is an option, until one takes the rest or the next word as its value. */
function readShortOptions(
  call: Call,
  args: readonly ShellWord[],
  program: Program,
  at: number,
  from: number,
): number {
  const word = args[at] as ShellWord;
  const { text } = word;
  let more = 0;
  for (let i = from; i < text.length; i++) {
    const name = `-${text[i] ?? ''}`;
    const rest = text[i + 1] === '=' ? i + 2 : i + 1;
    const attached = rest < text.length && (rest > i + 1 || from === 1);
    if (attached && (rest > i + 1 || takesValue(program, call.subcommand, name))) {
      call.options.push({ name, word, value: partOfWord(word, rest) });
      return more;
    }
    more += readOption(call, args, program, at, at + more, name);
  }
  return more;
}

/** A part of a word. Its span is exact if nothing in the word is quoted. */
export function partOfWord(word: ShellWord, from: number, to = word.text.length): ShellWord {
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
