import type { Document } from '../model/document.ts';
import type { Symbol } from '../model/model.ts';
import { replace, type Edit } from '../text/edit.ts';
import { contains, slice, type Span } from '../text/span.ts';
import { t } from '../text/translated.ts';

export type Renamed =
  { readonly edits: readonly Edit[]; readonly refused?: undefined } | { readonly refused: string };

/** The name at a place, where all that it names can be renamed. */
export function renameable(document: Document, offset: number): Span | undefined {
  const symbol = document.model.symbolAt(offset);
  if (!symbol?.uses.some(({ role }) => role !== 'read')) return undefined;
  return named(document, symbol).find((span) => contains(span, offset));
}

/** Undefined where there is nothing to rename; a sentence where the name will not do. */
export function rename(document: Document, offset: number, to: string): Renamed | undefined {
  const symbol = document.model.symbolAt(offset);
  if (!symbol || renameable(document, offset) === undefined) return undefined;
  const refused = objection(document, symbol, to);
  return refused === undefined
    ? { edits: named(document, symbol).map((span) => replace(span, to)) }
    : { refused };
}

/** Stages can be used by their number; such a use stays as it is. */
function named({ text }: Document, { uses, name }: Symbol): readonly Span[] {
  const written = name.toLowerCase();
  return uses.map(({ span }) => span).filter((span) => slice(text, span).toLowerCase() === written);
}

function objection({ model }: Document, { kind, name }: Symbol, to: string): string | undefined {
  if (kind === 'stage' && !/^[a-z][a-z0-9_.-]*$/.test(to)) {
    return t('A stage is named by lower case letters, digits, `-`, `_` and `.`, a letter first');
  }
  if (kind === 'variable' && !/^[A-Za-z_]\w*$/.test(to)) {
    return t('A variable is named by letters, digits and `_`, no digit first');
  }
  if (kind === 'heredoc' && !/^[A-Za-z_][\w.-]*$/.test(to)) {
    return t('A heredoc is ended by a word of letters, digits, `-`, `_` and `.`');
  }
  const taken =
    to !== name && model.symbols.some((other) => other.kind === kind && other.name === to);
  return taken && kind !== 'heredoc' ? t('`{0}` is taken', to) : undefined;
}
