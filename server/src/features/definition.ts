import type { Document } from '../model/document.ts';
import type { Span } from '../text/span.ts';

/** Where the symbol at a place was made: the last place above, or else the first of all. */
export function definition({ model }: Document, offset: number): readonly Span[] {
  const uses = model.symbolAt(offset)?.uses.filter(({ role }) => role !== 'read') ?? [];
  const above = uses.findLast(({ span }) => span.start <= offset) ?? uses[0];
  return above ? [above.span] : [];
}
