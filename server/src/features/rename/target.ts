/** What is renamed at a place: which uses have its name, and whether the file decides what the name means. */
import type { Document } from '../../model/document.ts';
import type { Stage, Symbol, SymbolUse } from '../../model/model.ts';
import { isAssignment } from '../../shell/variable-groups.ts';
import { joinedParts } from '../../syntax/joined-parts.ts';
import { contains, encloses, slice, type Span } from '../../text/span.ts';
import { defaultNaming } from '../named-stages.ts';
import { scriptVariableAt, symbolAt, type ScriptVariableAt } from '../symbol-at.ts';

export interface Target {
  readonly kind: Symbol['kind'];
  readonly name: string;
  /** The uses that get the new name. */
  readonly uses: readonly SymbolUse[];
  /** Set for the variable of a script that the file does not declare. */
  readonly script?: ScriptVariableAt | undefined;
}

/** Undefined if there is nothing at the place, or the file does not decide what it is called. */
export function targetAt(document: Document, offset: number): Target | undefined {
  const symbol = document.model.symbolAt(offset);
  const ofFile = symbol && fileTarget(document, symbol);
  const isOfFile = ofFile?.uses.some(({ span }) => contains(span, offset)) === true;
  const target = isOfFile ? ofFile : scriptTarget(document, offset);
  return target && withoutPrefixes(target, offset);
}

/** `NAME=value command` names a variable of the command, which has this name whatever the one of the script is called. */
function withoutPrefixes(target: Target, offset: number): Target {
  const uses = target.uses.filter(({ how, span }) => how !== 'prefix' || contains(span, offset));
  return { ...target, uses };
}

function fileTarget(document: Document, symbol: Symbol): Target | undefined {
  const { kind, name } = symbol;
  if (!isFromHere(document, symbol)) return undefined;
  const isDeclared = symbol.uses.some(({ role }) => role === 'definition');
  const uses = namedUses(document, symbol).filter(
    (use) => kind !== 'variable' || !isDeclared || isReached(document, name, use),
  );
  return { kind, name, uses: kind === 'stage' ? withDefaults(document, uses) : uses };
}

/** The stage that one of the uses of a name defines. */
export function stageDefinedBy({ model }: Document, uses: readonly SymbolUse[]): Stage | undefined {
  const definition = uses.find(({ role }) => role === 'definition');
  return model.stages.find(
    ({ from: { name } }) => name && definition && encloses(name.span, definition.span),
  );
}

/** With the defaults of ARG by which FROM means the stage. */
function withDefaults(document: Document, uses: readonly SymbolUse[]): readonly SymbolUse[] {
  const stage = stageDefinedBy(document, uses);
  if (stage === undefined) return uses;
  const spans = new Map<number, Span>();
  for (const { from, base } of document.model.stages) {
    const span = base === stage ? defaultNaming(document, from, stage) : undefined;
    if (span !== undefined) spans.set(span.start, span);
  }
  const named = [...spans.values()].map((span): SymbolUse => ({ role: 'read', span }));
  return [...named, ...uses];
}

/**
 * Whether the file decides what a name means. A stage may read variables of its base image, while FROM sees only what
 * the file declares: there, a name without a declaration is a mistake that renaming corrects.
 */
function isFromHere({ model }: Document, { kind, uses }: Symbol): boolean {
  if (uses.some(({ role }) => role === 'definition')) return true;
  const froms = model.each('FROM');
  return (
    kind === 'variable' && uses.every((use) => froms.some((from) => encloses(from.span, use.span)))
  );
}

/** Whether a use is below a declaration: above it, the name is that of a variable of the base image or of the script. */
function isReached({ model }: Document, name: string, { role, span }: SymbolUse): boolean {
  if (role === 'definition') return true;
  // Triggers run in another build, after the declarations in triggers above them.
  if (model.instructionAt(span.start)?.onbuild === true) return true;
  const binding = model.resolve({ name, span, nameSpan: span });
  return binding !== undefined && typeof binding.from === 'object';
}

/** A variable that the script assigns, or that a mount sets. */
function scriptTarget(document: Document, offset: number): Target | undefined {
  const script = scriptVariableAt(document, offset);
  if (script?.group.uses.some((use) => isAssignment(use) || use.kind === 'prefix') !== true)
    return undefined;
  const { group } = script;
  const file = document.model.symbolAt(offset);
  const uses = file
    ? scriptUsesOf(file, group.uses)
    : (symbolAt(document, offset, Infinity)?.uses ?? []);
  return { kind: 'variable', name: group.name, uses, script };
}

/** The uses of a symbol of the file that are in one script. */
function scriptUsesOf(
  { uses }: Symbol,
  inScript: readonly { readonly span: Span }[],
): readonly SymbolUse[] {
  const starts = new Set(inScript.map(({ span }) => span.start));
  return uses.filter(({ span }) => starts.has(span.start));
}

/** Uses of a stage by number are not renamed. A name may be broken over lines by a continuation. */
function namedUses({ text, tree }: Document, { uses, name }: Symbol): readonly SymbolUse[] {
  const lowercaseName = name.toLowerCase();
  return uses.filter(({ span }) => {
    const parts = joinedParts(text, span, tree.escape);
    return (
      parts
        .map((part) => slice(text, part))
        .join('')
        .toLowerCase() === lowercaseName
    );
  });
}
