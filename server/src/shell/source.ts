/** A text to parse, and where its parts are in the document. */
import { span, type MaskedText, type Span } from '../text/span.ts';

export interface Source {
  readonly text: string;
  /** Whether every part of it is written like this in the document. */
  readonly isWritten: boolean;
  /** The span in the document of a part of the text. */
  span(start: number, end: number): Span;
  /** The part as it is written in the document. */
  raw(start: number, end: number): string;
}

/** A text that is in the document character by character. A class, because a span is computed for every word. */
export class DirectSource implements Source {
  readonly text: string;
  readonly isWritten: boolean;
  private readonly at: number;

  constructor({ at, text }: MaskedText) {
    this.text = text;
    this.isWritten = true;
    this.at = at;
  }
  span(start: number, end: number): Span {
    return { start: this.at + start, end: this.at + end };
  }
  raw(start: number, end: number): string {
    return this.text.slice(start, end);
  }
}

/**
 * A text that was unquoted, as in `sh -c "echo \"a\""`. Undefined if it cannot be found in what is written, as with
 * `$'…'`.
 */
export function unquotedSource(written: MaskedText, text: string): Source | undefined {
  const first = written.text[0];
  const last = written.text.length - 1;
  const quoted = (first === '"' || first === "'") && last > 0 && written.text[last] === first;
  if (quoted && last - 1 === text.length && written.text.startsWith(text, 1))
    return new DirectSource({ at: written.at + 1, text });
  const places = alignCharacters(written.text, text, quoted ? 1 : 0);
  if (places === undefined) return undefined;
  const { at } = written;
  const from = (start: number): number => places[start] ?? written.text.length;
  const to = (start: number, end: number): number => {
    const place = places[end - 1] ?? last;
    if (end <= start) return from(start);
    return place + (written.text[place] === text[end - 1] ? 1 : escapeLength(written.text, place, text[end - 1])); // prettier-ignore
  };
  return {
    text,
    isWritten: false,
    span: (start, end) => span(at + from(start), at + to(start, end)),
    raw: (start, end) => written.text.slice(from(start), to(start, end)),
  };
}

/** The index in `written` of each character of `text`, which differs only by quotes and escapes. */
function alignCharacters(
  written: string,
  text: string,
  start: number,
): readonly number[] | undefined {
  const places: number[] = [];
  let at = start;
  for (let i = 0; i < text.length; i++) {
    let length = 1;
    while (written[at] !== text[i]) {
      const char = written[at];
      length = char === '\\' ? escapeLength(written, at, text[i]) : 1;
      if (length > 1) break;
      if (char === '\\' && written[at + 1] === '\n') at += 2;
      else if (char === '\\' || char === '"' || char === "'" || char === '`') at++;
      else return undefined;
    }
    places.push(at);
    at += length;
  }
  return places;
}

/** How JSON escapes characters that its strings cannot contain (RFC 8259, 7). */
const escapes: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};

/** The length of the JSON escape for a character; 1 if there is none. */
function escapeLength(written: string, at: number, char: string | undefined): number {
  if (char === undefined) return 1;
  if (escapes[char] !== undefined && written[at + 1] === escapes[char]) return 2;
  if (written[at + 1] !== 'u') return 1;
  const digits = written.slice(at + 2, at + 6);
  return /^[\da-f]{4}$/i.test(digits) && Number.parseInt(digits, 16) === char.charCodeAt(0) ? 6 : 1;
}
