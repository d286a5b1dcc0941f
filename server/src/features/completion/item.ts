/** One thing that could stand at the cursor. */
import type { Span } from '../../text/span.ts';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** What it replaces; ends at the cursor. */
  readonly span: Span;
  /** Where the word ends that `span` begins, if behind the cursor: an editor may replace all of it. */
  readonly until?: number;
  readonly insert: string;
  /** Whether `insert` has placeholders: `${1:name}`, `$0`. */
  readonly snippet: boolean;
  readonly detail?: string;
  /** Made when somebody looks at it. */
  readonly markdown?: () => string;
  /** What stands behind it is asked for at once. */
  readonly again?: true;
  /** What is compared with what is typed; the label unless said. */
  readonly filter?: string;
  /** It should not be taken any more. */
  readonly ended?: true;
  /** Typing one of these takes it. */
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

/** What an item has beside what it inserts. */
export type Extras = Omit<Partial<Completion>, 'span' | 'snippet'>;

/** An item that inserts its label. */
export function plain(label: string, span: Span, extras: Extras = {}): Completion {
  return { label, kind: 'value', span, insert: label, snippet: false, ...extras };
}

/** A text as it stands in a snippet. */
export function asSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}
