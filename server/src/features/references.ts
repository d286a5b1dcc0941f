import type { Document } from '../model/document.ts';
import type { Span } from '../text/span.ts';
import { placeOfName, symbolAt } from './symbol-at.ts';

/** Every place that names the symbol at a place; definitions are optional. */
export function references(
  document: Document,
  offset: number,
  { declaration }: { readonly declaration: boolean },
): readonly Span[] {
  const uses = symbolAt(document, placeOfName(document, offset))?.uses ?? [];
  return uses.filter(({ role }) => declaration || role !== 'definition').map(({ span }) => span);
}
