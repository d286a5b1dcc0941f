/** Which symbol is used at a place. */
import { firstFrom } from '../text/sorted.ts';
import { contains, type Span } from '../text/span.ts';
import type { Symbol } from './model.ts';

export interface UseIndex {
  at(offset: number): Symbol | undefined;
}

/** Finds the symbol that is used at an offset. */
export function indexUses(symbols: readonly Symbol[]): UseIndex {
  let index: UseIndex | undefined;
  let count = 0;
  return {
    at(offset) {
      // Most requests ask for a few places, for which sorting all uses of a long file takes longer than a search.
      if (index === undefined && ++count <= fewQuestions) return symbolUsedAt(symbols, offset);
      return (index ??= sortedUses(symbols)).at(offset);
    },
  };
}

const fewQuestions = 8;

/** Symbols are in the order of their first uses, and the uses of each one in the order of the text. */
function symbolUsedAt(symbols: readonly Symbol[], offset: number): Symbol | undefined {
  let found: Symbol | undefined;
  let place: Span = { start: -1, end: -1 };
  for (const symbol of symbols) {
    const { uses } = symbol;
    if ((uses[0]?.span.start ?? 0) > offset) break;
    const span = uses[firstFrom(uses, offset + 1) - 1]?.span;
    if (span === undefined || span.start < place.start) continue;
    found = symbol;
    place = span;
  }
  return contains(place, offset) ? found : undefined;
}

function sortedUses(symbols: readonly Symbol[]): UseIndex {
  const all: { readonly symbol: Symbol; readonly span: Span }[] = [];
  for (const symbol of symbols) for (const { span } of symbol.uses) all.push({ symbol, span });
  all.sort((a, b) => a.span.start - b.span.start);
  return {
    at(offset) {
      const found = all[firstFrom(all, offset + 1) - 1];
      return found && contains(found.span, offset) ? found.symbol : undefined;
    },
  };
}
