/** What all refactorings share: the instruction that is asked about, and how its text is put together anew. */
import type { Document } from '../../model/document.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';
import { contains, slice, type Span } from '../../text/span.ts';

/** Kinds as the protocol names them. */
export type RefactorKind = 'refactor.rewrite' | 'refactor.extract' | 'refactor.inline';

/** A change that nobody must make. Unless its title says so, the image that is built stays the same. */
export interface Refactoring {
  readonly title: string;
  readonly kind: RefactorKind;
  readonly edits: readonly Edit[];
}

/** What may be done at a place. */
export type Finder = (document: Document, place: Span) => readonly Refactoring[];

/** The instructions that a place touches, triggers of ONBUILD excluded. */
export function instructionsAt({ tree }: Document, place: Span): readonly Instruction[] {
  return tree.instructions.filter(({ span }) => touches(span, place));
}

/** The only instruction at a place, where it is a RUN. */
export function runAt(document: Document, place: Span): Run | undefined {
  const [only, second] = instructionsAt(document, place);
  return only?.kind === 'RUN' && second === undefined ? only : undefined;
}

export function touches(span: Span, place: Span): boolean {
  return contains(span, place.start) || contains(place, span.start);
}

/** The line break of a text. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks in front of an instruction. */
export function indentOf(text: string, { span }: { readonly span: Span }): string {
  const before = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  return /^[ \t]*$/.test(before) ? before : '';
}

/** Where something can be put above an instruction: its comments that ignore a rule stay with it. */
export function above({ text }: Document, { span }: Instruction): number {
  let start = text.lastIndexOf('\n', span.start - 1) + 1;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^\s*#.*\bignore\s*=/i.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

/** A piece of a continued instruction: its lines without continuation signs, and the comments between them. */
export interface Unfolded {
  readonly lines: readonly string[];
  readonly comments: readonly string[];
}

/** As BuildKit reads continued lines: comments and empty lines between them are not there. */
export function unfolded({ text, tree }: Document, span: Span): Unfolded {
  const sign = tree.escape === '\\' ? /\\[ \t]*$/ : /`[ \t]*$/;
  const lines: string[] = [];
  const comments: string[] = [];
  for (const [i, line] of slice(text, span).split('\n').entries()) {
    if (i > 0 && line.trimStart().startsWith('#')) comments.push(line.trim());
    else if (i === 0 || line.trim() !== '') lines.push(line.replace(sign, ''));
  }
  return { lines, comments };
}

/** What a shell gets of a piece of a continued instruction. */
export function joined(document: Document, span: Span): string {
  return unfolded(document, span).lines.join('');
}

/** Whether the image uses a syntax that knows heredocs (1.4). */
export function knowsHeredocs({ tree }: Document): boolean {
  return !tree.directives.some(
    ({ name, value }) =>
      name === 'syntax' && /\bdockerfile(?:-upstream)?:(?:1\.[0-3]|1\.[0-3]\..*)$/.test(value),
  );
}
