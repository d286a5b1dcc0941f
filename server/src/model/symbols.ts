/** Names of a file with all their uses: stages, variables, heredocs. */
import { dialectOf } from '../shell/dialect.ts';
import type { Dialect, Script } from '../shell/script.ts';
import { variablesOf } from '../shell/variables.ts';
import { commandLineOf } from '../syntax/node.ts';
import type { Dockerfile, ExecForm, Instruction, Variable } from '../syntax/tree.ts';
import { contains, type Span } from '../text/span.ts';
import type { Stage, Symbol, SymbolUse } from './model.ts';
import { inner } from './references.ts';
import { declaring, takesGlobal, type Scope } from './scope.ts';
import { execCommand } from './scripts.ts';
import type { Stages } from './stages.ts';
import type { States } from './state.ts';

export interface Sources {
  readonly tree: Dockerfile;
  readonly stages: Stages;
  readonly states: States;
  readonly script: (instruction: Instruction) => Script | undefined;
}

interface Draft {
  readonly kind: Symbol['kind'];
  readonly name: string;
  readonly uses: SymbolUse[];
}

/** One entry a symbol, its uses in the order of the text. */
export function symbolsOf(sources: Sources): readonly Symbol[] {
  const all = [
    ...stageSymbols(sources.stages),
    ...variableSymbols(sources),
    ...heredocSymbols(sources.stages.all),
  ];
  for (const { uses } of all) uses.sort((a, b) => a.span.start - b.span.start);
  const start = ({ uses }: Draft): number => uses[0]?.span.start ?? 0;
  return all.filter(({ uses }) => uses.length > 0).sort((a, b) => start(a) - start(b));
}

/** Finds the symbol that is used at an offset. */
export function usesIn(symbols: readonly Symbol[]): { at(offset: number): Symbol | undefined } {
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

function stageSymbols({ list, references, named, stageOf }: Stages): readonly Draft[] {
  const drafts = list.map(({ index, name, from }): Draft => {
    const uses: SymbolUse[] = from.name ? [{ span: inner(from.name), role: 'definition' }] : [];
    return { kind: 'stage', name: name ?? String(index), uses };
  });
  const use = (stage: Stage | undefined, span: Span): void => {
    if (stage) drafts[stage.index]?.uses.push({ span, role: 'read' });
  };
  for (const { base, from } of list)
    // A name that comes out of a variable does not stand here.
    if (base?.kind === 'stage' && from.image?.variables.length === 0) use(base, inner(from.image));
  for (const { name, span, instruction } of references)
    use(named(name, stageOf.get(instruction)?.index) ?? named(name), span);
  return drafts;
}

function heredocSymbols(all: readonly Instruction[]): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { kind, heredocs } of all) {
    // Those of a trigger are met at the trigger.
    if (kind === 'ONBUILD') continue;
    for (const { name, terminator } of heredocs) {
      const uses: SymbolUse[] = [{ span: inner(name), role: 'definition' }];
      if (terminator) uses.push({ span: terminator, role: 'read' });
      drafts.push({ kind: 'heredoc', name: name.text, uses });
    }
  }
  return drafts;
}

/**
 * Definitions of one name belong together within a stage, with those of the stages it is built from, and with the
 * global one that a bare `ARG NAME` takes up. Each such group is a symbol.
 */
function variableSymbols({ tree, stages, states, script }: Sources): readonly Draft[] {
  const groups: Groups = { drafts: new Map(), homes: new Map() };
  for (const instruction of stages.all) {
    const stage = stages.stageOf.get(instruction);
    const inStage = stage && instruction.kind !== 'FROM';
    const scope = inStage ? states.scopes[stage.index] : stages.globals;
    if (scope === undefined || instruction.kind === 'ONBUILD') continue;
    definitions(groups, scope, instruction);
    for (const { name, nameSpan } of read(instruction))
      draftOf(groups, home(groups, scope, name), name).uses.push({ span: nameSpan, role: 'read' });
    if (!shells.has(instruction.kind)) continue;
    const line = commandLineOf(instruction);
    // What an array hands to a shell is expanded there: `["sh", "-c", "… $NAME …"]`.
    const shell = line?.form === 'exec' ? ofArray(line) : script(instruction);
    if (shell) shellUses(groups, scope, { ...shell, text: tree.text });
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
  readonly drafts: Map<Scope, Map<string, Draft>>;
  /** The scope whose group a name's declaration belongs to. */
  readonly homes: Map<Scope, Map<string, Scope>>;
}

function memo<V>(map: Map<Scope, Map<string, V>>, scope: Scope, name: string, make: () => V): V {
  let byName = map.get(scope);
  if (byName === undefined) map.set(scope, (byName = new Map<string, V>()));
  let value = byName.get(name);
  if (value === undefined) byName.set(name, (value = make()));
  return value;
}

function draftOf({ drafts }: Groups, scope: Scope, name: string): Draft {
  return memo(drafts, scope, name, () => ({ kind: 'variable', name, uses: [] }));
}

/** What nobody declares is a group of its own in each stage. */
function home(groups: Groups, scope: Scope, name: string): Scope {
  const own = declaring(scope, name);
  if (own === undefined) return scope;
  return memo(groups.homes, own, name, () => {
    if (own.inherited && declaring(own.inherited, name)) return home(groups, own.inherited, name);
    return own.globals && takesGlobal(own, name) ? own.globals : own;
  });
}

function definitions(groups: Groups, scope: Scope, instruction: Instruction): void {
  if (instruction.kind !== 'ARG' && instruction.kind !== 'ENV') return;
  for (const { key } of instruction.pairs)
    draftOf(groups, home(groups, scope, key.text), key.text).uses.push({
      span: inner(key),
      role: 'definition',
    });
}

/** Variables that BuildKit itself puts in. */
function read(instruction: Instruction): readonly Variable[] {
  const found: Variable[] = [];
  for (const { value } of instruction.flags) if (value) found.push(...value.variables);
  if (instruction.kind === 'ARG' || instruction.kind === 'ENV' || instruction.kind === 'LABEL')
    for (const { key, value } of instruction.pairs)
      found.push(...key.variables, ...(value?.variables ?? []));
  else for (const { variables } of instruction.words) found.push(...variables);
  // The shell, not BuildKit, expands the heredocs of RUN.
  if (instruction.kind !== 'RUN')
    for (const { variables } of instruction.heredocs) found.push(...variables);
  return found;
}

type Shell = Pick<Script, 'statements'> & { readonly dialect: Dialect | undefined };

function ofArray(line: ExecForm): Shell {
  return { statements: execCommand(line), dialect: dialectOf([line.argv[0]?.text ?? '']) };
}

/** What a script reads and assigns of the Dockerfile's variables; its own are none of ours. */
function shellUses(
  groups: Groups,
  scope: Scope,
  { statements, dialect, text }: Shell & { readonly text: string },
): void {
  const { reads, writes } = variablesOf({ statements });
  const use = (name: string, span: Span, role: SymbolUse['role']): void => {
    if (declaring(scope, name))
      draftOf(groups, home(groups, scope, name), name).uses.push({ span, role });
  };
  for (const { name, span, nameSpan } of reads) {
    // In PowerShell only `$env:NAME` comes from outside.
    const outside =
      dialect !== 'powershell' || /env:/i.test(text.slice(span.start, nameSpan.start));
    if (outside) use(name, nameSpan, 'read');
  }
  for (const { name, span } of writes) use(name, span, 'write');
}
