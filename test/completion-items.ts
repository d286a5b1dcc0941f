/** The completion items at a cursor, and the text after one of them is accepted. */
import { completion } from '../server/src/features/completion/index.ts';
import type { Completion } from '../server/src/features/completion/item.ts';
import type { Outside } from '../server/src/features/outside.ts';
import { applyEdits } from '../server/src/text/edit.ts';
import { markedDocument, emptyOutside } from './marked-document.ts';

export async function itemsAt(
  source: string,
  outside: Outside = emptyOutside,
): Promise<readonly Completion[]> {
  const { document, offset } = markedDocument(source);
  return (await completion(document, offset, outside)).items;
}

export async function labelsAt(source: string, outside?: Outside): Promise<readonly string[]> {
  return (await itemsAt(source, outside)).map(({ label }) => label);
}

/** Labels of the items that are offered when a space was typed. */
export async function labelsAfterSpace(source: string): Promise<readonly string[]> {
  const { document, offset } = markedDocument(source);
  const { items } = await completion(document, offset, emptyOutside, { afterSpace: true });
  return items.map(({ label }) => label);
}

/** The text after an item is accepted, with placeholders as their text; `whole` replaces the whole word at the cursor. */
export async function accept(
  source: string,
  label: string,
  {
    outside = emptyOutside,
    whole = false,
  }: { readonly outside?: Outside; readonly whole?: boolean } = {},
): Promise<string> {
  const { document, offset } = markedDocument(source);
  const { items } = await completion(document, offset, outside);
  const chosen = items.find((it) => it.label === label);
  if (!chosen) return `no ${label}`;
  if (chosen.span.end !== offset) return `${label} does not end at the cursor`;
  const { start } = chosen.span;
  const end = whole ? (chosen.wordEnd ?? offset) : offset;
  const text = chosen.snippet ? withoutPlaceholders(chosen.insert) : chosen.insert;
  return applyEdits(document.text, [{ span: { start, end }, text }]);
}

function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d/g, '');
}
