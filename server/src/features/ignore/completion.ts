/** Paths that can follow in a pattern of an ignore file. */
import type { Span } from '../../text/span.ts';
import { lineAt, type IgnoreDocument } from './ignore-document.ts';

export interface PathPlace {
  /** The directory whose entries are offered, without a slash at its end. */
  readonly folder: string;
  /** What is replaced: the name after the last slash. */
  readonly span: Span;
  /** Whether nothing is typed yet on this line. */
  readonly isEmpty: boolean;
}

/** Undefined in comments, and after wildcards, which stand for any directory. */
export function pathPlace(document: IgnoreDocument, offset: number): PathPlace | undefined {
  const line = lineAt(document, offset);
  if (line === undefined || line.kind === 'comment') return undefined;
  const typed = document.text.slice(line.span.start, offset);
  const [, before = '', path = ''] = /^(\ufeff?\s*!?\s*)(.*)$/s.exec(typed) ?? [];
  if (path.startsWith('#') && before.trim() === '') return undefined;
  const slash = path.lastIndexOf('/') + 1;
  const folder = path
    .slice(0, slash)
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '');
  if (/[*?[\\]|(?:^|\/)\.\.(?:\/|$)/.test(folder)) return undefined;
  const end = line.content.end < offset ? offset : line.content.end;
  return {
    folder,
    span: { start: line.span.start + before.length + slash, end },
    isEmpty: line.kind === 'blank',
  };
}
