/** A script as the shell receives it, assembled from text in the document and added text. */
import type { Span } from '../text/span.ts';

export interface MappedScript {
  readonly text: string;
  /** The span in the document of a range of the script; undefined if one of its ends is in added text. */
  span(start: number, end: number): Span | undefined;
}

/** Assembles such a script from left to right. */
export interface ScriptBuilder {
  /** Text that is in the document at an offset, character by character. */
  addWritten(text: string, at: number): void;
  /** One character that is written as several in the document, such as an escape sequence. */
  addEscaped(character: string, place: Span): void;
  /** Text that is not in the document. */
  addHidden(text: string): void;
  build(): MappedScript;
}

/** Starts an empty script. */
export function scriptBuilder(): ScriptBuilder {
  let text = '';
  const pieces: Piece[] = [];
  const add = (from: string, at: number, width?: number): void => {
    if (from === '') return;
    pieces.push({ start: text.length, end: text.length + from.length, at, width });
    text += from;
  };
  return {
    addWritten: (piece, at) => add(piece, at),
    addEscaped: (character, { start, end }) => add(character, start, end - start),
    addHidden: (piece) => add(piece, nowhere),
    build: () => ({ text, span: (start, end) => spanOf(pieces, start, end) }),
  };
}

interface Piece {
  /** In the script. */
  readonly start: number;
  readonly end: number;
  /** In the document. */
  readonly at: number;
  /** Its length in the document, if it differs from its length in the script. */
  readonly width: number | undefined;
}

const nowhere = -1;

function spanOf(pieces: readonly Piece[], start: number, end: number): Span | undefined {
  const first = startOf(pieces, start);
  const last = endOf(pieces, end);
  // An empty range: the end of the previous character, or the start of the next.
  const [from, to] = start === end ? [last ?? first, last ?? first] : [first, last];
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/** The start in the document of the character at an offset. */
function startOf(pieces: readonly Piece[], offset: number): number | undefined {
  const piece = pieces.find(({ start, end }) => start <= offset && offset < end);
  if (piece === undefined || piece.at === nowhere) return undefined;
  return piece.width === undefined ? piece.at + offset - piece.start : piece.at;
}

/** The end in the document of the character before an offset. */
function endOf(pieces: readonly Piece[], offset: number): number | undefined {
  const piece = pieces.find(({ start, end }) => start < offset && offset <= end);
  if (piece === undefined || piece.at === nowhere) return undefined;
  return piece.at + (piece.width ?? offset - piece.start);
}
