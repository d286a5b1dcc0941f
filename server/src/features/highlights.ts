import type { Document } from '../model/document.ts';
import type { SymbolUse } from '../model/model.ts';

/** Every place that names the symbol at a place, and its role there. */
export function highlights({ model }: Document, offset: number): readonly SymbolUse[] {
  return model.symbolAt(offset)?.uses ?? [];
}
