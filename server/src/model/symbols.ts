/** The names in a file with all their uses: stages, variables and heredocs. */
import { dialectOf } from '../shell/dialect.ts';
import type { Dialect, Script } from '../shell/script.ts';
import { variablesOf } from '../shell/variables.ts';
import { commandLineOf } from '../syntax/instruction-node.ts';
import type { Dockerfile, ExecForm, Instruction, Variable } from '../syntax/tree.ts';
import { contains, type Span } from '../text/span.ts';
import type { Stage, Symbol, SymbolUse } from './model.ts';
import { spanWithoutQuotes } from './references.ts';
import { declaringScope, usesGlobalArg, type Scope } from './scope.ts';
import { execCommand } from './scripts.ts';
import type { Stages } from './stages.ts';
import type { States } from './state.ts';

export interface Sources {
  readonly tree: Dockerfile;
  readonly stages: Stages;
  readonly states: States;
  readonly script: (instruction: Instruction) => Script | undefined;
}

interface SymbolDraft {
  readonly kind: Symbol['kind'];
  readonly name: string;
  readonly uses: SymbolUse[];
}

/** All symbols, each with its uses in the order of the text. */
export function symbolsOf(sources: Sources): readonly Symbol[] {
  const all = [
    ...stageSymbols(sources.stages),
    ...variableSymbols(sources),
    ...heredocSymbols(sources.stages.all),
  ];
  for (const { uses } of all) uses.sort((a, b) => a.span.start - b.span.start);
  const start = ({ uses }: SymbolDraft): number => uses[0]?.span.start ?? 0;
  return all.filter(({ uses }) => uses.length > 0).sort((a, b) => start(a) - start(b));
}

/** Finds the symbol that is used at an offset. */
export function indexUses(symbols: readonly Symbol[]): { at(offset: number): Symbol | undefined } {
  const all = symbols
    .flatMap((symbol) => symbol.uses.map(({ span }) => ({ symbol, span })))
    .sort((a, b) => a.span.start - b.span.start);
  return {
    at(offset) {
      let low = 0;
      let high = all.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((all[middle]?.span.start ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      const found = all[low - 1];
      return found && contains(found.span, offset) ? found.symbol : undefined;
    },
  };
}

function stageSymbols({ list, references, stageNamed, stageOf }: Stages): readonly SymbolDraft[] {
  const drafts = list.map(({ index, name, from }): SymbolDraft => {
    const uses: SymbolUse[] = from.name
      ? [{ span: spanWithoutQuotes(from.name), role: 'definition' }]
      : [];
    return { kind: 'stage', name: name ?? String(index), uses };
  });
  const use = (stage: Stage | undefined, span: Span): void => {
    if (stage) drafts[stage.index]?.uses.push({ span, role: 'read' });
  };
  for (const { base, from } of list)
    // A name from a variable is not written here.
    if (base?.kind === 'stage' && from.image?.variables.length === 0)
      use(base, spanWithoutQuotes(from.image));
  for (const { name, span, instruction } of references)
    use(stageNamed(name, stageOf.get(instruction)?.index) ?? stageNamed(name), span);
  return drafts;
}

function heredocSymbols(all: readonly Instruction[]): readonly SymbolDraft[] {
  const drafts: SymbolDraft[] = [];
  for (const { kind, heredocs } of all) {
    // The heredocs of a trigger are added with the trigger.
    if (kind === 'ONBUILD') continue;
    for (const { name, terminator } of heredocs) {
      const uses: SymbolUse[] = [{ span: spanWithoutQuotes(name), role: 'definition' }];
      if (terminator) uses.push({ span: terminator, role: 'read' });
      drafts.push({ kind: 'heredoc', name: name.text, uses });
    }
  }
  return drafts;
}

/**
 * All definitions of a name in a stage, in the stages that it is built from, and the global one that `ARG NAME` without
 * a value uses, belong together. Each such group is a symbol.
 */
function variableSymbols({ tree, stages, states, script }: Sources): readonly SymbolDraft[] {
  const groups: Groups = { drafts: new Map(), homes: new Map() };
  for (const instruction of stages.all) {
    const stage = stages.stageOf.get(instruction);
    const isInStage = stage && instruction.kind !== 'FROM';
    const scope = isInStage ? states.scopes[stage.index] : stages.globals;
    if (scope === undefined || instruction.kind === 'ONBUILD') continue;
    addDefinitions(groups, scope, instruction);
    eachBuildVariable(instruction, ({ name, nameSpan }) => {
      const { uses } = draftOf(groups, homeScope(groups, scope, name), name);
      uses.push({ span: nameSpan, role: 'read' });
    });
    if (!shells.has(instruction.kind)) continue;
    const line = commandLineOf(instruction);
    // A shell in exec form expands its own script: `["sh", "-c", "… $NAME …"]`.
    const shell = line?.form === 'exec' ? shellOfExecForm(line) : script(instruction);
    if (shell) addShellUses(groups, scope, { ...shell, text: tree.text });
  }
  return [...groups.drafts.values()].flatMap((byName) => [...byName.values()]);
}

const shells: ReadonlySet<Instruction['kind']> = new Set([
  'RUN',
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
]);

interface Groups {
  readonly drafts: Map<Scope, Map<string, SymbolDraft>>;
  /** The scope to whose group the declaration of a name belongs. */
  readonly homes: Map<Scope, Map<string, Scope>>;
}

function getOrCreate<V>(
  map: Map<Scope, Map<string, V>>,
  scope: Scope,
  name: string,
  make: () => V,
): V {
  let byName = map.get(scope);
  if (byName === undefined) map.set(scope, (byName = new Map<string, V>()));
  let value = byName.get(name);
  if (value === undefined) byName.set(name, (value = make()));
  return value;
}

function draftOf({ drafts }: Groups, scope: Scope, name: string): SymbolDraft {
  return getOrCreate(drafts, scope, name, () => ({ kind: 'variable', name, uses: [] }));
}

/** The scope of a name's group. A name that is not declared has a separate group in each stage. */
function homeScope(groups: Groups, scope: Scope, name: string): Scope {
  const declaration = declaringScope(scope, name);
  if (declaration === undefined) return scope;
  return getOrCreate(groups.homes, declaration, name, () => {
    if (declaration.inherited && declaringScope(declaration.inherited, name))
      return homeScope(groups, declaration.inherited, name);
    return declaration.globals && usesGlobalArg(declaration, name)
      ? declaration.globals
      : declaration;
  });
}

function addDefinitions(groups: Groups, scope: Scope, instruction: Instruction): void {
  if (instruction.kind !== 'ARG' && instruction.kind !== 'ENV') return;
  for (const { key } of instruction.pairs)
    draftOf(groups, homeScope(groups, scope, key.text), key.text).uses.push({
      span: spanWithoutQuotes(key),
      role: 'definition',
    });
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
  else for (const { variables } of instruction.words) variables.forEach(visit);
  // The shell, not BuildKit, expands the heredocs of RUN.
  if (kind !== 'RUN') for (const { variables } of heredocs) variables.forEach(visit);
}

type Shell = Pick<Script, 'statements'> & { readonly dialect: Dialect | undefined };

function shellOfExecForm(line: ExecForm): Shell {
  return { statements: execCommand(line), dialect: dialectOf([line.argv[0]?.text ?? '']) };
}

/** Adds the uses of the Dockerfile's variables in a script; variables of the script itself are not included. */
function addShellUses(
  groups: Groups,
  scope: Scope,
  { statements, dialect, text }: Shell & { readonly text: string },
): void {
  const { reads, writes } = variablesOf({ statements });
  const use = (name: string, span: Span, role: SymbolUse['role']): void => {
    if (declaringScope(scope, name))
      draftOf(groups, homeScope(groups, scope, name), name).uses.push({ span, role });
  };
  for (const { name, span, nameSpan } of reads) {
    // In PowerShell, only `$env:NAME` is an environment variable.
    const isEnvironment =
      dialect !== 'powershell' || /env:/i.test(text.slice(span.start, nameSpan.start));
    if (isEnvironment) use(name, nameSpan, 'read');
  }
  for (const { name, span } of writes) use(name, span, 'write');
}
