/** The parsed scripts of a file, and their commands by name. */
import { commandsIn, type NamedCommand } from '../shell/commands.ts';
import { dialectOf, shebang } from '../shell/dialect.ts';
import { parseOneLine } from '../shell/one-line.ts';
import { parseScript } from '../shell/parse.ts';
import { CommandNode } from '../shell/command-node.ts';
import type { Dialect, CommandOccurrence, Script, ShellWord, Statement } from '../shell/script.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { Dockerfile, ExecForm, Instruction, Run } from '../syntax/tree.ts';
import { appended } from '../text/exact-array.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { firstFrom } from '../text/sorted.ts';
import type { MaskedText } from '../text/span.ts';
import type { CommandAt, Stage, State } from './model.ts';

interface CachedScript {
  /** The dialect of the shell, not that of a `#!` line. */
  readonly dialect: Dialect | undefined;
  readonly script: Script | undefined;
  /** The commands in the script; undefined until they are read. */
  commands: readonly NamedCommand[] | undefined;
}

/** An instruction that a change does not affect is in the trees of both texts, so its script is parsed once. */
const cache = new ObjectCache<Instruction, CachedScript>();

/** The script of an instruction in shell form, in the shell at its place; whether it is kept if it has to be read. */
export function scriptOf(
  tree: Dockerfile,
  instruction: Instruction,
  { dialect }: State['shell'],
  isKept: boolean,
): Script | undefined {
  const before = cache.get(instruction);
  if (before && before.dialect === dialect) return before.script;
  const script = readScript(tree, instruction, dialect);
  if (isKept) cache.set(instruction, { dialect, script, commands: undefined });
  return script;
}

function readScript(
  tree: Dockerfile,
  instruction: Instruction,
  dialect: Dialect | undefined,
): Script | undefined {
  const line = instruction.kind === 'SHELL' ? undefined : commandLineOf(instruction);
  if (line?.form !== 'shell') return undefined;
  const body = instruction.kind === 'RUN' ? heredocScript(tree, instruction) : undefined;
  if (body === undefined) {
    const parse = instruction.heredocs.length > 0 ? parseScript : parseOneLine;
    return dialect && parse(line.script, dialect);
  }
  const first = shebang(body.text);
  const read = first && !isWindows(dialect) ? dialectOf(first) : dialect;
  return read && parseScript(body, read);
}

function isWindows(dialect: Dialect | undefined): boolean {
  return dialect === 'powershell' || dialect === 'cmd';
}

/** The body of `RUN <<EOF` without other text on its line, which BuildKit runs as the script. */
export function heredocScript(
  { text }: Dockerfile,
  { command, heredocs }: Run,
): MaskedText | undefined {
  const only = heredocs[0];
  if (only === undefined || heredocs.length > 1 || command?.form !== 'shell') return undefined;
  const { script } = command;
  const rest = text.slice(script.at, only.span.start) + text.slice(only.span.end, only.body.start);
  if (rest.trim() !== '') return undefined;
  const body = text.slice(only.body.start, only.body.end);
  // A search is much faster than a replacement that finds nothing.
  return { at: only.body.start, text: body.includes('\r') ? body.replaceAll('\r\n', ' \n') : body };
}

/** A command with its position in the file, by which the commands of several names are sorted. */
interface NumberedCommand extends CommandAt {
  readonly order: number;
  readonly name: string;
}

const none: readonly never[] = [];

/**
 * All commands of the RUN instructions by name, so that finding those with one name does not cost anything for the
 * others.
 */
export class CommandIndex {
  readonly #runs: readonly Run[];
  readonly #all: NumberedCommand[] = [];
  /** For each RUN, the number of commands before it. */
  readonly #starts: number[] = [];
  readonly #byName = new Map<string, NumberedCommand[]>();
  #longRuns: Map<Run, ByName> | undefined;

  constructor(
    runs: readonly Run[],
    scriptAt: (run: Run) => Script | undefined,
    stages: { readonly stageOf: (run: Run) => Stage | undefined },
  ) {
    this.#runs = runs;
    const all = this.#all;
    for (let r = 0; r < runs.length; r++) {
      const run = runs[r] as Run;
      const stage = stages.stageOf(run);
      this.#starts.push(all.length);
      const found = commandsOf(run, scriptAt(run));
      for (let i = 0; i < found.length; i++) {
        const { command, via, ancestors, name } = found[i] as NamedCommand;
        const order = all.length;
        const at: NumberedCommand = { command, via, ancestors, run, stage, order, name };
        all.push(at);
        addByName(this.#byName, at);
      }
    }
  }
  names(): Iterable<string> {
    return this.#byName.keys();
  }
  of(names: readonly (string | RegExp)[]): readonly CommandAt[] {
    return names.length === 0 ? this.#all : ofNames(this.#byName, names);
  }
  in(run: Run, names: readonly (string | RegExp)[]): readonly CommandAt[] {
    const index = firstFrom(this.#runs, run.span.start);
    if (this.#runs[index] !== run) return none;
    const start = this.#starts[index] ?? 0;
    const end = this.#starts[index + 1] ?? this.#all.length;
    if (names.length === 0) return this.#all.slice(start, end);
    if (end - start >= manyCommands) {
      const indexes = (this.#longRuns ??= new Map<Run, ByName>());
      let byName = indexes.get(run);
      if (byName === undefined)
        indexes.set(run, (byName = indexByName(this.#all.slice(start, end))));
      return ofNames(byName, names);
    }
    let found: readonly NumberedCommand[] = none;
    for (let i = start; i < end; i++) {
      const one = this.#all[i] as NumberedCommand;
      if (isOneOf(one.name, names)) found = appended(found, one);
    }
    return found;
  }
}

/** From this number of commands in one RUN on, they are found by name there too: rules ask for each of its commands. */
const manyCommands = 50;

type ByName = Map<string, NumberedCommand[]>;

function indexByName(commands: readonly NumberedCommand[]): ByName {
  const byName: ByName = new Map();
  for (const command of commands) addByName(byName, command);
  return byName;
}

function addByName(byName: ByName, command: NumberedCommand): void {
  const list = byName.get(command.name);
  if (list) list.push(command);
  else byName.set(command.name, [command]);
}

function ofNames(byName: ByName, names: readonly (string | RegExp)[]): readonly NumberedCommand[] {
  let lists: Lists = none;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string | RegExp;
    if (typeof name === 'string') {
      lists = withList(lists, byName.get(name));
      continue;
    }
    for (const [one, list] of byName) if (name.test(one)) lists = withList(lists, list);
  }
  return lists.length > 1 ? lists.flat().sort(byOrder) : (lists[0] ?? none);
}

type Lists = readonly (readonly NumberedCommand[])[];

/** The lists with one more, unless it is among them. */
function withList(lists: Lists, list: readonly NumberedCommand[] | undefined): Lists {
  return list === undefined || lists.includes(list) ? lists : appended(lists, list);
}

function isOneOf(name: string, names: readonly (string | RegExp)[]): boolean {
  for (const one of names) if (typeof one === 'string' ? one === name : one.test(name)) return true;
  return false;
}

function byOrder(a: NumberedCommand, b: NumberedCommand): number {
  return a.order - b.order;
}

/** The commands of one instruction, whatever file it is in. */
function commandsOf(run: Run, script: Script | undefined): readonly NamedCommand[] {
  const read = cache.get(run);
  const isOfScript = read !== undefined && read.script === script;
  if (isOfScript && read.commands !== undefined) return read.commands;
  const { command } = run;
  const all = commandsIn(
    command?.form === 'exec' ? execCommand(command) : (script?.statements ?? none),
  );
  if (isOfScript) read.commands = all;
  return all;
}

/**
 * The commands with some names in one instruction, all of them if no name is given; they are not kept unless its script is.
 */
export function commandsNamed(
  run: Run,
  script: Script | undefined,
  names: readonly (string | RegExp)[],
): readonly CommandOccurrence[] {
  const all = commandsOf(run, script);
  return names.length === 0 ? all : all.filter(({ name }) => isOneOf(name, names));
}

/** The single command of an exec form. */
export function execCommand({ argv, span }: ExecForm): readonly Statement[] {
  const [name, ...args] = argv.map(({ span: place, text, raw }): ShellWord => ({
    span: place,
    text,
    raw,
    literal: true,
    variables: [],
    scripts: [],
  }));
  if (name === undefined) return none;
  return [new CommandNode(span, name, args)];
}
