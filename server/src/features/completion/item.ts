/** One thing that could stand at the cursor. */
import type { Span } from '../../text/span.ts';

export interface Completion {
  readonly label: string;
  readonly kind:
    'keyword' | 'flag' | 'value' | 'variable' | 'stage' | 'image' | 'path' | 'snippet' | 'rule';
  /** What it replaces; ends at the cursor. */
  readonly span: Span;
  readonly insert: string;
  /** Whether `insert` has placeholders: `${1:name}`, `$0`. */
  readonly snippet: boolean;
  readonly detail?: string;
  readonly markdown?: string;
  /** What stands behind it is asked for at once. */
  readonly again?: true;
}

/** A text as it stands in a snippet. */
export function asSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}
