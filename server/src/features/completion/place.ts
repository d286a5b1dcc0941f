/** Where a cursor stands, as far as completion cares. */
import type { Document } from '../../model/document.ts';
import type { Dockerfile, Instruction, Of } from '../../syntax/tree.ts';
import { contains, type Span } from '../../text/span.ts';

export interface Place {
  readonly document: Document;
  readonly offset: number;
  /** The innermost instruction whose logical line the cursor is in. */
  readonly instruction: Instruction | undefined;
  /** The ONBUILD around it. */
  readonly onbuild: Of<'ONBUILD'> | undefined;
  /** From the last blank to the cursor. */
  readonly word: Span;
  /** Of `word`. */
  readonly typed: string;
  readonly inComment: boolean;
  /** In the body of a heredoc, where no words of the Dockerfile are. */
  readonly inHeredoc: boolean;
}

export function placeAt(document: Document, offset: number): Place {
  const { text, tree } = document;
  const outer = tree.instructions.findLast(({ span }) => span.start < offset);
  const covering = outer && reaches(tree, outer.span, offset) ? outer : undefined;
  const { trigger } = covering?.kind === 'ONBUILD' ? covering : {};
  const inner = trigger && trigger.span.start < offset ? trigger : undefined;
  let start = offset;
  while (start > 0 && !/\s/.test(text.charAt(start - 1))) start--;
  return {
    document,
    offset,
    instruction: inner ?? covering,
    onbuild: covering?.kind === 'ONBUILD' ? covering : undefined,
    word: { start, end: offset },
    typed: text.slice(start, offset),
    inComment: tree.comments.some(({ span }) => span.start < offset && offset <= span.end),
    inHeredoc:
      covering?.heredocs.some(
        // One that is only about to be written has no line below it yet.
        ({ body: { start: from, end } }) =>
          from <= offset && offset <= end && text.charAt(from - 1) === '\n',
      ) === true,
  };
}

/** An escaped line break, and comments and empty lines behind it. */
const continued = /^[ \t]*[\\`]?[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t\r]*$/;

/** Behind an instruction its line goes on up to the line break, and past one that is escaped. */
function reaches({ text, escape }: Dockerfile, span: Span, offset: number): boolean {
  if (contains(span, offset)) return true;
  const between = text.slice(span.end, offset);
  if (/^[ \t]*$/.test(between)) return true;
  const upToBreak = text.slice(span.start, text.indexOf('\n', span.end)).trimEnd();
  return upToBreak.endsWith(escape) && continued.test(between);
}

/** Whether the cursor still stands in or at the end of the keyword. */
export function atKeyword({ instruction, offset }: Place): boolean {
  return instruction !== undefined && offset <= instruction.keyword.span.end;
}

/** Words of the instruction in front of the one that the cursor is in; heredocs and flags are none. */
export function wordsBefore({ instruction, word }: Place): number {
  return instruction?.words.filter(({ span }) => span.start < word.start).length ?? 0;
}
