/** What the tests of completion share: what is offered at a cursor, and the text after one was taken. */
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

/** Offered where only a blank was typed. */
export async function behindBlank(source: string): Promise<readonly string[]> {
  const { document, offset } = asked(source);
  const found = await completion(document, offset, nothing, { afterSpace: true });
  return found.map(({ label }) => label);
}

/** The text after one of the offers was taken, placeholders shown by their text; `whole` replaces the word that it stands in. */
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
  const text = chosen.snippet ? shown(chosen.insert) : chosen.insert;
  return applyEdits(document.text, [{ span: { start, end }, text }]);
}

function shown(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d/g, '');
}
