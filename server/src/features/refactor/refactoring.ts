/** Shared parts of refactorings: finding the instruction, and rebuilding its text. */
import type { Document } from '../../model/document.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import type { Edit } from '../../text/edit.ts';
import { contains, slice, type Span } from '../../text/span.ts';

/** Kinds as defined by the protocol. */
export type RefactorKind = 'refactor.rewrite' | 'refactor.extract' | 'refactor.inline';

/** An optional change. Unless its title says otherwise, the built image stays the same. */
export interface Refactoring {
  readonly title: string;
  readonly kind: RefactorKind;
  readonly edits: readonly Edit[];
}

/** Finds the refactorings at a place. */
export type Finder = (document: Document, place: Span) => readonly Refactoring[];

/** The instructions that a place touches, without triggers of ONBUILD. */
export function instructionsAt({ tree }: Document, place: Span): readonly Instruction[] {
  return tree.instructions.filter(({ span }) => touches(span, place));
}

/** The instruction at a place, if it is the only one and a RUN. */
export function runAt(document: Document, place: Span): Run | undefined {
  const [only, second] = instructionsAt(document, place);
  return only?.kind === 'RUN' && second === undefined ? only : undefined;
}

export function touches(span: Span, place: Span): boolean {
  return contains(span, place.start) || contains(place, span.start);
}

/** The kind of line break in a text. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The whitespace before an instruction. */
export function indentOf(text: string, { span }: { readonly span: Span }): string {
  const before = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  return /^[ \t]*$/.test(before) ? before : '';
}

/** The offset above an instruction and above its ignore comments. */
export function insertionPoint({ text }: Document, { span }: Instruction): number {
  let start = text.lastIndexOf('\n', span.start - 1) + 1;
  while (start > 0) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^\s*#.*\bignore\s*=/i.test(text.slice(before, start))) break;
    start = before;
  }
  return start;
}

/** A part of a continued instruction: its lines without escape characters, and the comments between them. */
export interface UnfoldedText {
  readonly lines: readonly string[];
  readonly comments: readonly string[];
}

/** Like BuildKit, without comments and empty lines between continued lines. */
export function unfold({ text, tree }: Document, span: Span): UnfoldedText {
  const escapePattern = tree.escape === '\\' ? /\\[ \t]*$/ : /`[ \t]*$/;
  const lines: string[] = [];
  const comments: string[] = [];
  for (const [i, line] of slice(text, span).split('\n').entries()) {
    if (i > 0 && line.trimStart().startsWith('#')) comments.push(line.trim());
    else if (i === 0 || line.trim() !== '') lines.push(line.replace(escapePattern, ''));
  }
  return { lines, comments };
}

/** The text of a part of a continued instruction as its shell receives it. */
export function joinLines(document: Document, span: Span): string {
  return unfold(document, span).lines.join('');
}

/** Whether the syntax version of the file supports heredocs (1.4). */
export function supportsHeredocs({ tree }: Document): boolean {
  return !tree.directives.some(
    ({ name, value }) =>
      name === 'syntax' && /\bdockerfile(?:-upstream)?:(?:1\.[0-3]|1\.[0-3]\..*)$/.test(value),
  );
}
