import type { Document } from '../model/document.ts';
import type { Span } from '../text/span.ts';

/** The definition of the symbol at a place: the last one above, or else the first one. */
export function definition({ model }: Document, offset: number): readonly Span[] {
  const uses = model.symbolAt(offset)?.uses.filter(({ role }) => role !== 'read') ?? [];
  const above = uses.findLast(({ span }) => span.start <= offset) ?? uses[0];
  return above ? [above.span] : [];
}
