/** The parsed scripts of a file, and their commands by name. */
import { commandsIn, type NamedCommand } from '../shell/commands.ts';
import { dialectOf, shebang } from '../shell/dialect.ts';
import { parseOneLine } from '../shell/one-line.ts';
import { parseScript } from '../shell/parse.ts';
import { CommandNode } from '../shell/command-node.ts';
import type { Dialect, CommandOccurrence, Script, ShellWord, Statement } from '../shell/script.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { Dockerfile, ExecForm, Instruction, Run, ShellForm, Word } from '../syntax/tree.ts';
import { appended } from '../text/exact-array.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { firstThat } from '../text/sorted.ts';
import type { MaskedText } from '../text/span.ts';
import type { CommandAt, Model } from './model.ts';

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
  dialect: Dialect | undefined,
  isKept: boolean,
): Script | undefined {
  const before = cache.get(instruction);
  if (before !== undefined && before.dialect === dialect) return before.script;
  const line = instruction.kind === 'SHELL' ? undefined : commandLineOf(instruction);
  let script: Script | undefined;
  if (line?.form === 'shell') {
    if (instruction.heredocs.length > 0) script = withHeredocs(tree, instruction, line, dialect);
    else if (dialect !== undefined) script = parseOneLine(line.script, dialect);
  }
  if (isKept) cache.set(instruction, { dialect, script, commands: undefined });
  return script;
}

function withHeredocs(
  tree: Dockerfile,
  instruction: Instruction,
  line: ShellForm,
  dialect: Dialect | undefined,
): Script | undefined {
  const body = instruction.kind === 'RUN' ? heredocScript(tree, instruction) : undefined;
  if (body === undefined) return dialect && parseScript(line.script, dialect);
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

const none: readonly never[] = [];

/** A command with its place among all commands, by which those of several names are sorted. */
interface NumberedCommand extends CommandAt {
  readonly order: number;
}

/** All commands of the RUN instructions in order, found by name. */
export class CommandIndex {
  private readonly all: readonly NumberedCommand[];
  /** The commands by name, for the whole file and for each RUN, where there are many. */
  private byName: Map<Run | undefined, ByName> | undefined = undefined;

  constructor(runs: readonly Run[], model: Pick<Model, 'script' | 'stageOf'>) {
    const all: NumberedCommand[] = [];
    for (let r = 0; r < runs.length; r++) {
      const run = runs[r] as Run;
      const found = commandsOf(run, model.script(run));
      const stage = model.stageOf(run);
      for (let i = 0; i < found.length; i++) {
        const { command, via, ancestors, name } = found[i] as NamedCommand;
        all.push({ command, via, ancestors, name, run, stage, order: all.length });
      }
    }
    this.all = all;
  }
  /** The index of the first command of an instruction that starts at an offset or after it. */
  private firstFrom(offset: number): number {
    return firstThat(this.all, ({ run }) => run.span.start >= offset);
  }
  in(run: Run, names: readonly (string | RegExp)[]): readonly CommandAt[] {
    const start = this.firstFrom(run.span.start);
    if (this.all[start]?.run !== run) return none;
    const end = this.firstFrom(run.span.end);
    return names.length === 0 ? this.all.slice(start, end) : this.of(names, run, start, end);
  }
  /** Those with some names in all instructions, or in one; all of them without a name. */
  of(
    names: readonly (string | RegExp)[],
    run?: Run,
    start = 0,
    end = this.all.length,
  ): readonly CommandAt[] {
    if (names.length === 0) return this.all;
    if (end - start >= manyCommands) return ofNames(this.indexed(run, start, end), names);
    let found: readonly CommandAt[] = none;
    for (let i = start; i < end; i++) {
      const one = this.all[i] as CommandAt;
      if (isOneOf(one.name, names)) found = appended(found, one);
    }
    return found;
  }
  private indexed(run: Run | undefined, start: number, end: number): ByName {
    const indexes = (this.byName ??= new Map<Run | undefined, ByName>());
    let byName = indexes.get(run);
    if (byName === undefined) indexes.set(run, (byName = indexByName(this.all.slice(start, end))));
    return byName;
  }
}

/**
 * From this number of commands on, they are found by name: rules ask for each of the commands of a RUN. Below it, comparing all
 * names takes less time than a map.
 */
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
  const lists = new Set<readonly NumberedCommand[]>();
  for (const name of names) {
    if (typeof name === 'string') {
      const list = byName.get(name);
      if (list) lists.add(list);
      continue;
    }
    for (const [one, list] of byName) if (name.test(one)) lists.add(list);
  }
  const [first = none] = lists;
  return lists.size > 1 ? [...lists].flat().sort((a, b) => a.order - b.order) : first;
}

function isOneOf(name: string, names: readonly (string | RegExp)[]): boolean {
  for (let i = 0; i < names.length; i++) {
    const one = names[i] as string | RegExp;
    if (typeof one === 'string' ? one === name : one.test(name)) return true;
  }
  return false;
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
  const [name] = argv;
  if (name === undefined) return none;
  const args: ShellWord[] = [];
  for (let i = 1; i < argv.length; i++) args.push(literalWord(argv[i] as Word));
  return [new CommandNode(span, literalWord(name), args)];
}

function literalWord({ span, text, raw }: Word): ShellWord {
  return { span, text, raw, literal: true, variables: none, scripts: none };
}
