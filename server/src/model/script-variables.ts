/** The variables of the script of one instruction, with those that its mounts set. */
import { dialectOf } from '../shell/dialect.ts';
import type { Dialect, Script, Statement } from '../shell/script.ts';
import { parseScript } from '../shell/parse.ts';
import { groupUses, isAssignment, type VariableGroups } from '../shell/variable-groups.ts';
import { variableUses, type Region, type VariableUse } from '../shell/variable-uses.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { Dockerfile, Instruction, InstructionOf } from '../syntax/tree.ts';
import { ObjectCache } from '../text/object-cache.ts';
import type { Model } from './model.ts';
import { execCommand } from './scripts.ts';
import { startedPowershell } from './started-powershell.ts';

export interface ScriptVariables extends VariableGroups {
  readonly dialect: Dialect | undefined;
  readonly uses: readonly VariableUse[];
}

/** By the script, or by the instruction if that has an array. */
const cache = new ObjectCache<Script | Instruction, ScriptVariables>();

/** The script that an instruction runs: a shell form, one that cmd passes to PowerShell, or the one in `["sh", "-c", "…"]`. */
export function shellOf(
  model: Pick<Model, 'script'>,
  instruction: Instruction,
):
  { readonly statements: readonly Statement[]; readonly dialect: Dialect | undefined } | undefined {
  const line = instruction.kind === 'SHELL' ? undefined : commandLineOf(instruction);
  if (line?.form !== 'exec') {
    const script = model.script(instruction);
    const isCmd = line !== undefined && script?.dialect === 'cmd';
    return (isCmd ? startedPowershell(line.script) : undefined) ?? script;
  }
  return { statements: execCommand(line), dialect: dialectOf([line.argv[0]?.text ?? '']) };
}

/**
 * What PowerShell runs before the script of each RUN: in `SHELL ["powershell", "-Command", "$a = 'b';"]` the strings with
 * variables. Undefined for other instructions.
 */
function preludeOf(
  { text }: Dockerfile,
  instruction: Instruction,
): { readonly statements: readonly Statement[]; readonly dialect: Dialect } | undefined {
  if (instruction.kind !== 'SHELL' || instruction.command?.form !== 'exec') return undefined;
  const [program, ...args] = instruction.command.argv;
  if (program === undefined || dialectOf([program.text]) !== 'powershell') return undefined;
  const statements = args.flatMap(({ span }) => {
    const inner = text.slice(span.start + 1, span.end - 1);
    if (!inner.includes('$')) return [];
    // An escaped character of JSON is a space and the character, so that the positions stay.
    const script = inner.replace(/\\([^\n])/g, ' $1');
    return parseScript({ text: script, at: span.start + 1 }, 'powershell').statements;
  });
  return { statements, dialect: 'powershell' };
}

/** The SHELL whose strings PowerShell runs before the script of an instruction, also that of a stage below. */
export function shellAbove(
  model: Pick<Model, 'stageOf'>,
  instruction: Instruction,
): InstructionOf<'SHELL'> | undefined {
  let stage = model.stageOf(instruction);
  while (stage !== undefined) {
    const found = stage.instructions.findLast(
      (one): one is InstructionOf<'SHELL'> =>
        one.kind === 'SHELL' && one.span.start < instruction.span.start,
    );
    if (found !== undefined) return found;
    // A stage is built from one above it.
    stage = stage.base?.kind === 'stage' ? stage.base : undefined;
  }
  return undefined;
}

/** The variables of an instruction's script, computed once; undefined if it has no script that is read. */
export function scriptVariables(
  model: Pick<Model, 'script' | 'tree'>,
  instruction: Instruction,
): ScriptVariables | undefined {
  const script = model.script(instruction);
  const key = script ?? (commandLineOf(instruction)?.form === 'exec' ? instruction : undefined);
  const before = key && cache.get(key);
  if (before !== undefined) return before;
  const shell = preludeOf(model.tree, instruction) ?? shellOf(model, instruction);
  if (shell === undefined) return undefined;
  const { dialect } = shell;
  const uses = [
    ...mountVariables(instruction, model.tree.text),
    ...variableUses(shell.statements, dialect),
  ];
  const found: ScriptVariables = { dialect, uses, ...groupUses(uses, dialect) };
  if (key !== undefined) cache.set(key, found);
  return found;
}

const none: readonly never[] = [];

const everywhere: Region = { kind: 'script', parent: undefined, locals: new Set() };

/** What `--mount=type=secret,id=a,env=NAME` sets in a RUN. */
export function mountVariables({ kind, flags }: Instruction, text: string): readonly VariableUse[] {
  if (kind !== 'RUN' || flags.length === 0) return none;
  return flags.flatMap(({ name, value }): readonly VariableUse[] => {
    if (name.text !== 'mount' || value === undefined) return [];
    const written = text.slice(value.span.start, value.span.end);
    const found = /(?:^|,)env=([A-Za-z_]\w*)(?=,|$)/.exec(written);
    const variable = found?.[1];
    if (found === null || variable === undefined || !written.includes('type=secret')) return [];
    const end = value.span.start + found.index + found[0].length;
    const span = { start: end - variable.length, end };
    return [{ name: variable, span, kind: 'mount', region: everywhere, from: end }];
  });
}

/** The assignments of a script above a place, the last of each name, the nearest first. */
export function assignedBefore(
  model: Pick<Model, 'script' | 'tree'>,
  instruction: Instruction,
  offset: number,
): readonly VariableUse[] {
  const found = new Map<string, VariableUse>();
  for (const { uses } of scriptVariables(model, instruction)?.all ?? []) {
    const last = uses.findLast((use) => use.from < offset && isAssignment(use));
    if (last !== undefined) found.set(`${last.isEnvironment ? 'env:' : ''}${last.name}`, last);
  }
  return [...found.values()].sort((a, b) => b.span.start - a.span.start);
}
