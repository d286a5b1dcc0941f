/** The parsed scripts of a file, and their commands by name. */
import { eachCommand } from '../shell/commands.ts';
import { dialectOf, shebang } from '../shell/dialect.ts';
import { parseOneLine } from '../shell/one-line.ts';
import { parseScript } from '../shell/parse.ts';
import { CommandNode } from '../shell/command-node.ts';
import type { Dialect, CommandOccurrence, Script, ShellWord, Statement } from '../shell/script.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { Dockerfile, ExecForm, Instruction, Run } from '../syntax/tree.ts';
import { ObjectCache } from '../text/object-cache.ts';
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

/** The script of an instruction in shell form, in the shell at its place. */
export function scriptOf(
  tree: Dockerfile,
  instruction: Instruction,
  { dialect }: State['shell'],
): Script | undefined {
  const before = keptScript(instruction, dialect);
  if (before) return before.script;
  const script = readScript(tree, instruction, dialect);
  cache.set(instruction, { dialect, script, commands: undefined });
  return script;
}

/** Like `scriptOf`, but does not keep a script that it has to read. */
export function scriptOnce(
  tree: Dockerfile,
  instruction: Instruction,
  { dialect }: State['shell'],
): Script | undefined {
  const before = keptScript(instruction, dialect);
  return before ? before.script : readScript(tree, instruction, dialect);
}

/** What is kept of an instruction that was read in this dialect. */
function keptScript(
  instruction: Instruction,
  dialect: Dialect | undefined,
): CachedScript | undefined {
  const kept = cache.get(instruction);
  return kept?.dialect === dialect ? kept : undefined;
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
  const [only, second] = heredocs;
  if (only === undefined || second !== undefined || command?.form !== 'shell') return undefined;
  const { script } = command;
  const rest = text.slice(script.at, only.span.start) + text.slice(only.span.end, only.body.start);
  if (rest.trim() !== '') return undefined;
  const body = text.slice(only.body.start, only.body.end);
  // A search is much faster than a replacement that finds nothing.
  return { at: only.body.start, text: body.includes('\r') ? body.replaceAll('\r\n', ' \n') : body };
}

export interface CommandIndex {
  of(names: readonly (string | RegExp)[]): readonly CommandAt[];
  in(run: Run, names: readonly (string | RegExp)[]): readonly CommandAt[];
  names(): Iterable<string>;
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
export function commandIndex(
  runs: readonly Run[],
  scriptAt: (run: Run) => Script | undefined,
  stageOf: (run: Run) => Stage | undefined,
): CommandIndex {
  const all: NumberedCommand[] = [];
  const byName = new Map<string, NumberedCommand[]>();
  const byRun = new Map<Run, NumberedCommand[]>();
  const longRuns = new Map<Run, ByName>();
  for (const run of runs) {
    const stage = stageOf(run);
    const ofRun: NumberedCommand[] = [];
    byRun.set(run, ofRun);
    for (const { command, via, ancestors, name } of commandsOf(run, scriptAt(run))) {
      const at: NumberedCommand = { command, via, ancestors, run, stage, order: all.length, name };
      const list = byName.get(name);
      if (list) list.push(at);
      else byName.set(name, [at]);
      all.push(at);
      ofRun.push(at);
    }
  }
  return {
    names: () => byName.keys(),
    in(run, names) {
      const ofRun = byRun.get(run) ?? none;
      if (names.length === 0) return ofRun;
      if (ofRun.length < manyCommands) return ofRun.filter(({ name }) => isOneOf(name, names));
      let index = longRuns.get(run);
      if (index === undefined) longRuns.set(run, (index = indexByName(ofRun)));
      return ofNames(index, names);
    },
    of: (names) => (names.length === 0 ? all : ofNames(byName, names)),
  };
}

/** From this number of commands in one RUN on, they are found by name there too: rules ask for each of its commands. */
const manyCommands = 50;

type ByName = ReadonlyMap<string, readonly NumberedCommand[]>;

function indexByName(commands: readonly NumberedCommand[]): ByName {
  const byName = new Map<string, NumberedCommand[]>();
  for (const command of commands) {
    const list = byName.get(command.name);
    if (list) list.push(command);
    else byName.set(command.name, [command]);
  }
  return byName;
}

function ofNames(byName: ByName, names: readonly (string | RegExp)[]): readonly NumberedCommand[] {
  const lists: (readonly NumberedCommand[])[] = [];
  const add = (list: readonly NumberedCommand[] | undefined): void => {
    if (list !== undefined && !lists.includes(list)) lists.push(list);
  };
  for (const name of names) {
    if (typeof name === 'string') add(byName.get(name));
    else for (const list of listsLike(byName, name)) add(list);
  }
  return lists.length > 1 ? lists.flat().sort(byOrder) : (lists[0] ?? none);
}

function isOneOf(name: string, names: readonly (string | RegExp)[]): boolean {
  for (const one of names) if (typeof one === 'string' ? one === name : one.test(name)) return true;
  return false;
}

function byOrder(a: NumberedCommand, b: NumberedCommand): number {
  return a.order - b.order;
}

function listsLike(
  byName: ReadonlyMap<string, readonly NumberedCommand[]>,
  pattern: RegExp,
): readonly (readonly NumberedCommand[])[] {
  return [...byName].filter(([name]) => pattern.test(name)).map(([, list]) => list);
}

interface NamedCommand extends CommandOccurrence {
  readonly name: string;
}

/** The commands of one instruction, whatever file it is in. */
function commandsOf(run: Run, script: Script | undefined): readonly NamedCommand[] {
  const read = cache.get(run);
  const isOfScript = read !== undefined && read.script === script;
  if (isOfScript && read.commands !== undefined) return read.commands;
  const all: NamedCommand[] = [];
  const { command } = run;
  const statements = command?.form === 'exec' ? execCommand(command) : (script?.statements ?? none);
  eachCommand(statements, ({ command, via, ancestors }, name = '') => {
    all.push({ command, via, ancestors, name });
  });
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
