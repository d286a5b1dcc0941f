/** The names in a file with all their uses: stages, variables and heredocs. */
import { isPosix } from '../shell/dialect.ts';
import { PlainScript } from '../shell/plain-script.ts';
import type { Dialect, Script } from '../shell/script.ts';
import { isRead } from '../shell/variables.ts';
import { variableUses, type VariableUse } from '../shell/variable-uses.ts';
import { appended } from '../text/exact-array.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { CommandLine, Dockerfile, Instruction, Variable } from '../syntax/tree.ts';
import type { Span } from '../text/span.ts';
import { nameFinder } from './mentioned-names.ts';
import type { Stage, State, Symbol, SymbolUse } from './model.ts';
import { spanWithoutQuotes } from './references.ts';
import { declaringScope, isOrInherits, usesGlobalArg } from './scope.ts';
import type { Scope } from './scope-entries.ts';
import { mountVariables, shellOf } from './script-variables.ts';
import { scopeOutside, type Stages } from './stages.ts';

export interface Sources {
  readonly tree: Dockerfile;
  readonly stages: Stages;
  /** Of each stage. */
  readonly scopes: readonly Scope[];
  readonly shellAt: (offset: number) => State['shell'];
  readonly script: (instruction: Instruction) => Script | undefined;
}

interface SymbolDraft {
  readonly kind: Symbol['kind'];
  readonly name: string;
  uses: readonly SymbolUse[];
}

/** Most symbols have one or two uses: an array that grows would have room for many more. */
function addUse(draft: SymbolDraft, use: SymbolUse): void {
  draft.uses = appended(draft.uses, use);
}

const none: readonly never[] = [];

/** All symbols, each with its uses in the order of the text. */
export function symbolsOf(sources: Sources): readonly Symbol[] {
  const all = [
    ...stageSymbols(sources.stages),
    ...variableSymbols(sources),
    ...heredocSymbols(sources.stages.all),
  ];
  for (const { uses } of all)
    if (!isSorted(uses)) (uses as SymbolUse[]).sort((a, b) => a.span.start - b.span.start);
  const used = all.filter(({ uses }) => uses.length > 0);
  return isSortedByFirstUse(used) ? used : used.sort((a, b) => firstUse(a) - firstUse(b));
}

function firstUse({ uses }: SymbolDraft): number {
  return uses[0]?.span.start ?? 0;
}

function isSortedByFirstUse(symbols: readonly SymbolDraft[]): boolean {
  for (let i = 1; i < symbols.length; i++)
    if (firstUse(symbols[i - 1] as SymbolDraft) > firstUse(symbols[i] as SymbolDraft)) return false;
  return true;
}

/** Nearly all uses are found in order, and sorting a list of two makes several other lists. */
function isSorted(uses: readonly SymbolUse[]): boolean {
  for (let i = 1; i < uses.length; i++)
    if ((uses[i - 1] as SymbolUse).span.start > (uses[i] as SymbolUse).span.start) return false;
  return true;
}

function stageSymbols(stages: Stages): readonly SymbolDraft[] {
  const { list, references } = stages;
  const drafts = list.map(({ index, name, from }): SymbolDraft => {
    const uses: readonly SymbolUse[] = from.name
      ? [{ span: spanWithoutQuotes(from.name), role: 'definition' }]
      : none;
    return { kind: 'stage', name: name ?? String(index), uses };
  });
  const use = (stage: Stage | undefined, span: Span): void => {
    const draft = stage && drafts[stage.index];
    if (draft) addUse(draft, { span, role: 'read' });
  };
  for (const { base, from } of list)
    // A name from a variable is not written here.
    if (base?.kind === 'stage' && from.image?.variables.length === 0)
      use(base, spanWithoutQuotes(from.image));
  for (const { name, span, used } of references) use(used ?? stages.stageNamed(name), span);
  return drafts;
}

function heredocSymbols(all: readonly Instruction[]): readonly SymbolDraft[] {
  const drafts: SymbolDraft[] = [];
  for (const { kind, heredocs } of all) {
    // The heredocs of a trigger are added with the trigger.
    if (kind === 'ONBUILD') continue;
    for (const { name, terminator } of heredocs) {
      const draft: SymbolDraft = { kind: 'heredoc', name: name.text, uses: [] };
      addUse(draft, { span: spanWithoutQuotes(name), role: 'definition' });
      if (terminator) addUse(draft, { span: terminator, role: 'read' });
      drafts.push(draft);
    }
  }
  return drafts;
}

/**
 * All definitions of a name in a stage, in the stages that it is built from, and the global one that `ARG NAME` without
 * a value uses, belong together. Each such group is a symbol.
 */
function variableSymbols({
  tree,
  stages,
  scopes,
  shellAt,
  script,
}: Sources): readonly SymbolDraft[] {
  const groups: Groups = { drafts: new Map(), homes: new Map(), only: onlyDeclarations([stages.globals, stages.beforeStages, ...scopes]) }; // prettier-ignore
  let mentionsName: ReturnType<typeof nameFinder> | undefined;
  const plain = new PlainScript();
  for (const instruction of stages.all) {
    const stage = stages.stageOf(instruction);
    const isInStage = stage && instruction.kind !== 'FROM';
    const scope = isInStage ? scopes[stage.index] : scopeOutside(stages, instruction);
    if (scope === undefined || instruction.kind === 'ONBUILD') continue;
    addDefinitions(groups, scope, instruction);
    eachBuildVariable(instruction, ({ name, nameSpan }) => {
      if (nameSpan.start >= scope.end) return;
      const draft = draftIn(groups, scope, name);
      addUse(draft, { span: nameSpan, role: 'read' });
    });
    if (!shells.has(instruction.kind)) continue;
    const line = commandLineOf(instruction);
    // Most scripts use no variable of the file and need not be read.
    mentionsName ??= nameFinder(declaredNames(stages.all));
    if (isWritten(line, tree.text) && !mentionsName(tree.text, instruction.span)) continue;
    const isPosixScript =
      line?.form === 'shell' && isPosix(shellAt(instruction.span.start).dialect);
    const uses = isPosixScript && plain.read(line.script) ? plain.uses(tree.text) : undefined;
    // A shell in exec form expands its own script: `["sh", "-c", "… $NAME …"]`.
    const shell = uses === undefined ? shellOf({ script }, instruction) : undefined;
    const allUses = uses ?? (shell && variableUses(shell.statements, shell.dialect));
    if (allUses === undefined) continue;
    addShellUses(groups, scope, { instruction, uses: allUses, dialect: shell?.dialect, tree });
  }
  const drafts: SymbolDraft[] = [];
  for (const one of groups.drafts.values())
    if (one instanceof Map) for (const draft of one.values()) drafts.push(draft);
    else drafts.push(one);
  for (const one of groups.only.values()) if (one?.draft) drafts.push(one.draft);
  return drafts;
}

/** By the name, the only scope that declares it; undefined if several do. */
function onlyDeclarations(scopes: readonly Scope[]): Groups['only'] {
  const only = new Map<string, OnlyDeclaration | undefined>();
  for (const scope of scopes)
    for (const name of scope.names())
      only.set(name, only.has(name) ? undefined : { scope, draft: undefined });
  return only;
}

interface OnlyDeclaration {
  readonly scope: Scope;
  draft: SymbolDraft | undefined;
}

function declaredNames(all: readonly Instruction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const one of all)
    if (one.kind === 'ARG' || one.kind === 'ENV')
      for (const { key } of one.pairs) names.add(key.text);
  return names;
}

/** Whether the names in a command are as they are in the text: JSON may have characters as numbers. */
function isWritten(line: CommandLine | undefined, text: string): boolean {
  return line?.form !== 'exec' || !text.slice(line.span.start, line.span.end).includes('\\');
}

const shells: ReadonlySet<Instruction['kind']> = new Set([
  'RUN',
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
]);

const commandKinds: ReadonlySet<Instruction['kind']> = new Set([...shells, 'SHELL']);

interface Groups {
  /** Most scopes have one of their own, which needs no map. */
  readonly drafts: Map<Scope, SymbolDraft | Map<string, SymbolDraft>>;
  /** The scope to whose group the declaration of a name belongs. */
  readonly homes: Map<Scope, Map<string, Scope>>;
  /** Most names are declared in one scope: these need neither a search nor maps for their scope. */
  readonly only: ReadonlyMap<string, OnlyDeclaration | undefined>;
}

function draftOf({ drafts }: Groups, scope: Scope, name: string): SymbolDraft {
  const found = drafts.get(scope);
  if (found === undefined) {
    const draft = newDraft(name);
    drafts.set(scope, draft);
    return draft;
  }
  if (!(found instanceof Map) && found.name === name) return found;
  const byName = found instanceof Map ? found : new Map([[found.name, found]]);
  if (byName !== found) drafts.set(scope, byName);
  let draft = byName.get(name);
  if (draft === undefined) byName.set(name, (draft = newDraft(name)));
  return draft;
}

function newDraft(name: string): SymbolDraft {
  return { kind: 'variable', name, uses: none };
}

/** The symbol that a name means in a scope. */
function draftIn(groups: Groups, scope: Scope, name: string): SymbolDraft {
  const only = groups.only.get(name);
  if (only && isOrInherits(scope, only.scope)) return (only.draft ??= newDraft(name));
  // A name that no scope declares, or one that is not inherited, belongs to the scope itself.
  const isOwn = only !== undefined || !groups.only.has(name);
  return draftOf(groups, isOwn ? scope : homeScope(groups, scope, name), name);
}

/** The scope of a name's group. A name that is not declared has a separate group in each stage. */
function homeScope(groups: Groups, scope: Scope, name: string): Scope {
  const declaration = declaringScope(scope, name);
  if (declaration === undefined) return scope;
  if (declaration.inherited === undefined && declaration.globals?.has(name) !== true)
    return declaration;
  let byName = groups.homes.get(declaration);
  if (byName === undefined) groups.homes.set(declaration, (byName = new Map<string, Scope>()));
  let home = byName.get(name);
  if (home === undefined) byName.set(name, (home = homeOfDeclaration(groups, declaration, name)));
  return home;
}

function homeOfDeclaration(groups: Groups, declaration: Scope, name: string): Scope {
  if (declaration.inherited && declaringScope(declaration.inherited, name))
    return homeScope(groups, declaration.inherited, name);
  return declaration.globals && usesGlobalArg(declaration, name)
    ? declaration.globals
    : declaration;
}

function addDefinitions(groups: Groups, scope: Scope, instruction: Instruction): void {
  if (instruction.kind !== 'ARG' && instruction.kind !== 'ENV') return;
  for (const { key } of instruction.pairs) {
    if (key.span.start >= scope.end) break;
    addUse(draftIn(groups, scope, key.text), {
      span: spanWithoutQuotes(key),
      role: 'definition',
    });
  }
}

/** Calls `visit` with the variables that BuildKit itself expands. */
function eachBuildVariable(instruction: Instruction, visit: (variable: Variable) => void): void {
  const { flags, kind, heredocs } = instruction;
  for (const { value } of flags) value?.variables.forEach(visit);
  if (kind === 'ARG' || kind === 'ENV' || kind === 'LABEL')
    for (const { key, value } of instruction.pairs) {
      key.variables.forEach(visit);
      value?.variables.forEach(visit);
    }
  // BuildKit expands nothing in commands.
  else if (!commandKinds.has(kind))
    for (const { variables } of instruction.words) variables.forEach(visit);
  // The shell, not BuildKit, expands the heredocs of RUN.
  if (kind !== 'RUN') for (const { variables } of heredocs) variables.forEach(visit);
}

interface ShellUses {
  readonly instruction: Instruction;
  readonly uses: readonly Pick<VariableUse, 'name' | 'span' | 'kind'>[];
  readonly dialect: Dialect | undefined;
  readonly tree: Dockerfile;
}

/** Adds the uses of the Dockerfile's variables in a script; variables of the script itself are not included. */
function addShellUses(
  groups: Groups,
  scope: Scope,
  { instruction, uses, dialect, tree: { text } }: ShellUses,
): void {
  const fromMounts = mountVariables(instruction, text);
  for (const { name, span, kind } of uses) {
    if (span.start >= scope.end || declaringScope(scope, name) === undefined) continue;
    // In PowerShell, only `$env:NAME` is an environment variable.
    if (dialect === 'powershell' && !/env:$/i.test(text.slice(span.start - 4, span.start)))
      continue;
    if (fromMounts.some((one) => one.name === name)) continue;
    const role = isRead(kind) ? 'read' : 'write';
    addUse(draftIn(groups, scope, name), { span, role, how: kind });
  }
}
