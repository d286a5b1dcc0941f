/** A script as a shell gets it, put together from what stands in the document and from what does not. */
import type { Span } from '../text/span.ts';

export interface Placed {
  readonly text: string;
  /** Where a piece stands in the document; undefined where some of its ends were never written there. */
  span(start: number, end: number): Span | undefined;
}

/** Builds such a text from left to right. */
export interface Placing {
  /** What stands in the document from an offset on, character by character. */
  written(text: string, at: number): void;
  /** One character of the text that several in the document stand for, as in an escape. */
  escaped(character: string, place: Span): void;
  /** What only the shell sees. */
  added(text: string): void;
  done(): Placed;
}

/** An empty text. */
export function placing(): Placing {
  let text = '';
  const pieces: Piece[] = [];
  const add = (from: string, at: number, width?: number): void => {
    if (from === '') return;
    pieces.push({ start: text.length, end: text.length + from.length, at, width });
    text += from;
  };
  return {
    written: (piece, at) => add(piece, at),
    escaped: (character, { start, end }) => add(character, start, end - start),
    added: (piece) => add(piece, nowhere),
    done: () => ({ text, span: (start, end) => spanOf(pieces, start, end) }),
  };
}

interface Piece {
  /** In the text. */
  readonly start: number;
  readonly end: number;
  /** In the document. */
  readonly at: number;
  /** Of all of it in the document, where that is not its length. */
  readonly width: number | undefined;
}

const nowhere = -1;

function spanOf(pieces: readonly Piece[], start: number, end: number): Span | undefined {
  const first = startOf(pieces, start);
  const last = endOf(pieces, end);
  // Between two characters: behind the one before it, or in front of the next.
  const [from, to] = start === end ? [last ?? first, last ?? first] : [first, last];
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/** Where the character at an offset begins. */
function startOf(pieces: readonly Piece[], offset: number): number | undefined {
  const piece = pieces.find(({ start, end }) => start <= offset && offset < end);
  if (piece === undefined || piece.at === nowhere) return undefined;
  return piece.width === undefined ? piece.at + offset - piece.start : piece.at;
}

/** Where the character before an offset ends. */
function endOf(pieces: readonly Piece[], offset: number): number | undefined {
  const piece = pieces.find(({ start, end }) => start < offset && offset <= end);
  if (piece === undefined || piece.at === nowhere) return undefined;
  return piece.at + (piece.width ?? offset - piece.start);
}
