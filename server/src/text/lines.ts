import { firstNotLess } from './sorted.ts';

/** Line and character, both from 0, characters in UTF-16 units. Used only by the protocol and the command line. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Lines {
  /** Number of lines; a text always has one. */
  readonly count: number;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

/** Converts offsets to positions and back, for the line breaks `\n`, `\r\n` and `\r`, like editors. */
export function lines(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return linesFrom(text, starts);
}

/** The same for lines that end only with `\n`, as in BuildKit, compilers and Git. */
export function fileLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return linesFrom(text, starts);
}

function linesFrom(text: string, starts: readonly number[]): Lines {
  const startOf = (line: number): number => starts[line] ?? text.length;
  return {
    count: starts.length,
    positionAt(offset) {
      const place = Math.max(0, Math.min(offset, text.length));
      const line = firstNotLess(starts, place + 1) - 1;
      return { line, character: place - startOf(line) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      let end = line + 1 < starts.length ? startOf(line + 1) : text.length;
      while (end > startOf(line) && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
      return Math.min(startOf(line) + Math.max(0, character), end);
    },
  };
}
