/** The context of the cursor for completion. */
import type { Document } from '../../model/document.ts';
import type { Dockerfile, Instruction, InstructionOf } from '../../syntax/tree.ts';
import { firstFrom } from '../../text/sorted.ts';
import { contains, type Span } from '../../text/span.ts';

export interface Place {
  readonly document: Document;
  readonly offset: number;
  /** The innermost instruction whose logical line contains the cursor. */
  readonly instruction: Instruction | undefined;
  /** The ONBUILD around it. */
  readonly onbuild: InstructionOf<'ONBUILD'> | undefined;
  /** From the last whitespace to the cursor. */
  readonly word: Span;
  /** The text of `word`. */
  readonly typed: string;
  readonly inComment: boolean;
  /** In the body of a heredoc, which contains no words of the Dockerfile. */
  readonly inHeredoc: boolean;
}

export function placeAt(document: Document, offset: number): Place {
  const { text, tree } = document;
  const outer = tree.instructions.findLast(({ span }) => span.start < offset);
  const enclosing = outer && containsLine(tree, outer.span, offset) ? outer : undefined;
  const { trigger } = enclosing?.kind === 'ONBUILD' ? enclosing : {};
  const inner = trigger && trigger.span.start < offset ? trigger : undefined;
  let start = offset;
  while (start > 0 && !/\s/.test(text.charAt(start - 1))) start--;
  return {
    document,
    offset,
    instruction: inner ?? enclosing,
    onbuild: enclosing?.kind === 'ONBUILD' ? enclosing : undefined,
    word: { start, end: offset },
    typed: text.slice(start, offset),
    inComment: tree.comments.some(({ span }) => span.start < offset && offset <= span.end),
    inHeredoc:
      enclosing?.heredocs.some(
        // An unfinished heredoc has no body line yet.
        ({ body: { start: from, end } }) =>
          from <= offset && offset <= end && text.charAt(from - 1) === '\n',
      ) === true,
  };
}

/** An escaped line break, followed by comments and empty lines. */
const continuation = /^[ \t]*[\\`]?[ \t]*\r?\n(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t\r]*$/;

/** The line of an instruction extends to the line break, and past an escaped one. */
export function containsLine({ text, escape }: Dockerfile, span: Span, offset: number): boolean {
  if (contains(span, offset)) return true;
  const between = text.slice(span.end, offset);
  if (/^[ \t]*$/.test(between)) return true;
  const upToBreak = text.slice(span.start, text.indexOf('\n', span.end)).trimEnd();
  return upToBreak.endsWith(escape) && continuation.test(between);
}

/** Whether the cursor is in the keyword or at its end. */
export function atKeyword(place: Place): boolean {
  const { instruction, offset } = place;
  return (
    instruction !== undefined && (offset <= instruction.keyword.span.end || isBeforeKeyword(place))
  );
}

/** Whether the lines of the instruction above the cursor are empty but for the escape character. */
function isBeforeKeyword({ document: { text }, instruction, offset }: Place): boolean {
  if (instruction?.keyword.raw !== '') return false;
  return /^[\\`]\s*$/.test(text.slice(instruction.span.start, offset).replace(/^[ \t]*#.*$/gm, ''));
}

/**
 * Whether the cursor is on a line that continues the keyword: what is written there becomes part of it
 * (`ADD\\` and a line break, without a space before the backslash).
 */
export function continuesKeyword({ document, instruction, onbuild, offset }: Place): boolean {
  const { text, tree } = document;
  return [instruction, onbuild].some((one) => {
    const end = one?.keyword.span.end ?? offset;
    if (offset <= end || text[end] !== tree.escape || one?.keyword.raw === '') return false;
    return /^[ \t]*\r?\n(?:[ \t\r]*(?:#[^\n]*)?\n)*$/.test(text.slice(end + 1, offset));
  });
}

/** The number of words before the one at the cursor, without heredocs and flags. */
export function wordsBefore({ instruction, word }: Place): number {
  return instruction === undefined ? 0 : firstFrom(instruction.words, word.start);
}
