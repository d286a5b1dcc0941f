import type { Document } from '../model/document.ts';
import { coveredEnd, mostInstructions, mostVariables } from '../model/coverage.ts';
import type { Symbol } from '../model/model.ts';
import { replace, type Edit } from '../text/edit.ts';
import { joinedParts } from '../syntax/joined-parts.ts';
import { contains, encloses, slice, type Span } from '../text/span.ts';
import { t } from '../text/translation.ts';

export type Renamed =
  { readonly edits: readonly Edit[]; readonly refused?: undefined } | { readonly refused: string };

/** The span of the name at a place, if it can be renamed. */
export function renameable(document: Document, offset: number): Span | undefined {
  const symbol = document.model.symbolAt(offset);
  if (symbol === undefined || !isFromHere(document, symbol)) return undefined;
  return namedUses(document, symbol).find((span) => contains(span, offset));
}

/**
 * Whether the file decides what a name means. A stage may read variables of its base image, while FROM sees only what
 * the file declares: there, a name without a declaration is a mistake that renaming corrects.
 */
function isFromHere({ model }: Document, { kind, uses }: Symbol): boolean {
  if (uses.some(({ role }) => role !== 'read')) return true;
  const froms = model.each('FROM');
  return (
    kind === 'variable' && uses.every((use) => froms.some((from) => encloses(from.span, use.span)))
  );
}

/** Undefined if there is nothing to rename; a message if the new name is invalid. */
export function rename(document: Document, offset: number, to: string): Renamed | undefined {
  const symbol = document.model.symbolAt(offset);
  if (!symbol || renameable(document, offset) === undefined) return undefined;
  const refused = invalidReason(document, symbol, to);
  return refused === undefined
    ? { edits: namedUses(document, symbol).flatMap((span) => replaceName(document, span, to)) }
    : { refused };
}

/** Uses of a stage by number are not renamed. A name may be broken over lines by a continuation. */
function namedUses({ text, tree }: Document, { uses, name }: Symbol): readonly Span[] {
  const lowercaseName = name.toLowerCase();
  return uses
    .map(({ span }) => span)
    .filter((span) => {
      const parts = joinedParts(text, span, tree.escape);
      return (
        parts
          .map((part) => slice(text, part))
          .join('')
          .toLowerCase() === lowercaseName
      );
    });
}

/** The whole name becomes one word, unless there are comments between its parts: they stay where they are. */
function replaceName({ text, tree }: Document, place: Span, to: string): readonly Edit[] {
  const parts = joinedParts(text, place, tree.escape);
  const hasComment = parts.length > 1 && /\n[ \t]*#/.test(slice(text, place));
  if (!hasComment) return [replace(place, to)];
  return parts.map((part, index) => replace(part, index === 0 ? to : ''));
}

function invalidReason(
  { model, tree }: Document,
  { kind, name }: Symbol,
  to: string,
): string | undefined {
  if (tree.instructions.length > mostInstructions) {
    return t('The file has more instructions than the limit for renaming, {0}', mostInstructions);
  }
  if (coveredEnd(tree) < tree.text.length) {
    return t('The file has more variables than the limit for renaming, {0}', mostVariables);
  }
  if (kind === 'stage' && !/^[a-z][a-z0-9_.-]*$/.test(to)) {
    return t(
      'Stage names start with a lowercase letter, followed by lowercase letters, digits, `-`, `_` or `.`',
    );
  }
  if (kind === 'variable' && !/^[A-Za-z_]\w*$/.test(to)) {
    return t('Variable names consist of letters, digits and `_`, and cannot start with a digit');
  }
  if (kind === 'heredoc' && !/^[A-Za-z_][\w.-]*$/.test(to)) {
    return t(
      'Heredoc delimiters start with a letter or `_`, followed by letters, digits, `-`, `_` or `.`',
    );
  }
  const taken =
    to !== name && model.symbols.some((other) => other.kind === kind && other.name === to);
  return taken && kind !== 'heredoc' ? t('`{0}` is already in use', to) : undefined;
}
