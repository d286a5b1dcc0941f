import type { Document } from '../model/document.ts';
import type { SymbolUse } from '../model/model.ts';
import { assignmentBefore, isAssignment } from '../shell/variable-groups.ts';
import { instructionAt } from '../syntax/nodes-at.ts';
import { contains, encloses, type Span } from '../text/span.ts';
import { stagesOfPattern } from './named-stages.ts';
import { placeOfName, scriptVariableAt } from './symbol-at.ts';

/**
 * The definition of the symbol at a place: for a variable of a script, the assignment before it that applies; otherwise
 * the last declaration above, or else the first one. A value of ENV reads what the variables were before that ENV. The
 * name of a stage that contains variables may mean several stages.
 */
export function definition(document: Document, place: number): readonly Span[] {
  const offset = placeOfName(document, place);
  const inScript = scriptDefinition(document, offset);
  if (inScript !== undefined) return [inScript];
  const declared = declaration(document, offset);
  if (declared !== undefined) return [declared];
  return stagesOfPattern(document, offset).flatMap(({ from: { name } }) => name?.span ?? []);
}

/** The place itself if it assigns the variable. */
function scriptDefinition(document: Document, offset: number): Span | undefined {
  const found = scriptVariableAt(document, offset);
  if (found === undefined) return undefined;
  const { group, use } = found;
  if (isAssignment(use)) return use.span;
  const before = assignmentBefore(group, use);
  if (before !== undefined) return before.span;
  // A loop may assign it below; a variable of the file has its value until then.
  if (document.model.symbolAt(offset)?.uses.some(isDeclaration) === true) return undefined;
  return group.uses.find(isAssignment)?.span;
}

function isDeclaration({ role }: SymbolUse): boolean {
  return role === 'definition';
}

function declaration({ model, tree }: Document, offset: number): Span | undefined {
  const definitions = model.symbolAt(offset)?.uses.filter(isDeclaration) ?? [];
  const isRead = !definitions.some(({ span }) => contains(span, offset));
  const around = isRead ? instructionAt(tree, offset) : undefined;
  const end = around?.kind === 'ENV' ? around.span.start : offset;
  const above = definitions.findLast(({ span }) => span.start <= end);
  // An ENV that extends a variable that only the base image can have set, as in `PATH=/a:$PATH`.
  if (above === undefined && around?.kind === 'ENV') {
    const isOwn = ({ span }: SymbolUse): boolean => encloses(around.span, span);
    return definitions.find((one) => !isOwn(one))?.span;
  }
  return (above ?? definitions[0])?.span;
}
