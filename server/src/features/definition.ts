import type { Document } from '../model/document.ts';
import { instructionAt } from '../syntax/nodes-at.ts';
import { contains, type Span } from '../text/span.ts';

/**
 * The definition of the symbol at a place: the last one above, or else the first one. A value of ENV reads what the
 * variables were before that ENV.
 */
export function definition({ model, tree }: Document, offset: number): readonly Span[] {
  const symbol = model.symbolAt(offset);
  if (symbol === undefined) return [];
  const definitions = symbol.uses.filter(({ role }) => role !== 'read');
  const isRead = !definitions.some(({ span }) => contains(span, offset));
  const around = isRead ? instructionAt(tree, offset) : undefined;
  const end = around?.kind === 'ENV' ? around.span.start : offset;
  const above = definitions.findLast(({ span }) => span.start <= end) ?? definitions[0];
  return above ? [above.span] : [];
}
