/** The completion items at a cursor, and the text after one of them is accepted. */
import { completion } from '../server/src/features/completion/index.ts';
import type { Completion } from '../server/src/features/completion/item.ts';
import type { Outside } from '../server/src/features/outside.ts';
import { applyEdits } from '../server/src/text/edit.ts';
import { asked, nothing } from './asked.ts';

export async function offered(
  source: string,
  outside: Outside = nothing,
): Promise<readonly Completion[]> {
  const { document, offset } = asked(source);
  return completion(document, offset, outside);
}

export async function labels(source: string, outside?: Outside): Promise<readonly string[]> {
  return (await offered(source, outside)).map(({ label }) => label);
}

/** Labels of the items that are offered when a space was typed. */
export async function behindBlank(source: string): Promise<readonly string[]> {
  const { document, offset } = asked(source);
  const found = await completion(document, offset, nothing, { afterSpace: true });
  return found.map(({ label }) => label);
}

/** The text after an item is accepted, with placeholders as their text; `whole` replaces the whole word at the cursor. */
export async function accepted(
  source: string,
  label: string,
  {
    outside = nothing,
    whole = false,
  }: { readonly outside?: Outside; readonly whole?: boolean } = {},
): Promise<string> {
  const { document, offset } = asked(source);
  const found = await completion(document, offset, outside);
  const chosen = found.find((it) => it.label === label);
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
