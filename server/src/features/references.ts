import type { Document } from '../model/document.ts';
import type { Span } from '../text/span.ts';

/** Every place that names the symbol at a place; definitions are optional. */
export function references(
  { model }: Document,
  offset: number,
  { declaration }: { readonly declaration: boolean },
): readonly Span[] {
  const uses = model.symbolAt(offset)?.uses ?? [];
  return uses.filter(({ role }) => declaration || role !== 'definition').map(({ span }) => span);
}
