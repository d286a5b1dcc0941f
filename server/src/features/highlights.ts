import type { Document } from '../model/document.ts';
import type { SymbolUse } from '../model/model.ts';
import { placeOfName, symbolAt } from './symbol-at.ts';

/** Every place that names the symbol at a place, and its role there. */
export function highlights(document: Document, offset: number): readonly SymbolUse[] {
  return symbolAt(document, placeOfName(document, offset))?.uses ?? [];
}
