/** A completion item. */
import type { Span } from '../../text/span.ts';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** The replaced text; ends at the cursor. */
  readonly span: Span;
  /** The end of the word that starts in `span`, if after the cursor: an editor may replace the whole word. */
  readonly wordEnd?: number;
  readonly insert: string;
  /** Whether `insert` has placeholders such as `${1:name}` or `$0`. */
  readonly snippet: boolean;
  readonly detail?: string;
  /** Computed when the item is shown. */
  readonly markdown?: () => string;
  /** Triggers completion again after insertion. */
  readonly triggersCompletion?: true;
  /** The text compared with the typed text; the label if undefined. */
  readonly filter?: string;
  /** End of life: shown as deprecated. */
  readonly isEndOfLife?: true;
  /** Whether what the file itself does makes it likely (true) or unlikely (false) here. */
  readonly isExpected?: boolean;
  /** Typing one of these characters accepts the item. */
  readonly commit?: readonly string[];
}

export type CompletionKind =
  | 'command'
  | 'flag'
  | 'folder'
  | 'image'
  | 'keyword'
  | 'label'
  | 'operator'
  | 'package'
  | 'path'
  | 'rule'
  | 'snippet'
  | 'stage'
  | 'tag'
  | 'user'
  | 'value'
  | 'variable';

/** Properties of an item other than the inserted text. */
export type Extras = Omit<Partial<Completion>, 'span' | 'snippet'>;

/** An item that inserts its label. */
export function plain(label: string, span: Span, extras: Extras = {}): Completion {
  return { label, kind: 'value', span, insert: label, snippet: false, ...extras };
}

/** Escapes a text for use in a snippet. */
export function asSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}

/** Whether the characters occur in a text in this order, as editors compare. */
export function fits(text: string, typed: string): boolean {
  let at = 0;
  for (const character of typed) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
