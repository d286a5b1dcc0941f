/** The place of the cursor in the JSON form of an instruction, even if it is incomplete. */
import type { Instruction } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';
import type { Place } from './place.ts';

export interface JsonPlace {
  /** Elements before the one at the cursor, unescaped. */
  readonly before: readonly string[];
  /** From the bracket to the cursor. */
  readonly array: Span;
  /** The text of the element up to the cursor, without its quote. */
  readonly element: Span;
  /** The start of the inserted text, including what `open` adds. */
  readonly from: number;
  /** The missing text before and after the element. */
  readonly open: string;
  readonly close: string;
  /** Whether only closing characters follow the cursor. */
  readonly last: boolean;
}

/** Undefined if no array starts before the cursor, or if it has ended. */
export function jsonAt(place: Place): JsonPlace | undefined {
  const { document, instruction, offset } = place;
  if (instruction === undefined || place.inComment || place.inHeredoc) return undefined;
  const start = bracketOf(document.text, instruction, offset);
  if (start === undefined) return undefined;
  const found = scan(document.text, start + 1, offset);
  if (found === undefined) return undefined;
  const rest = /^[^\r\n]*/.exec(document.text.slice(offset, offset + 500))?.[0] ?? '';
  if (instruction.kind === 'RUN' && !isArray(document.text, { start, offset, rest })) {
    return undefined;
  }
  const { quoted, ...written } = found;
  const closed = quoted && /^[^",\]]*"/.test(rest);
  return {
    ...written,
    array: { start, end: offset },
    close: closed ? '' : '"',
    last: /^[^",\]]*"?\s*\]?\s*[\\`]?$/.test(rest),
  };
}

const gap = /(?:[ \t]|[\\`][ \t]*\r?\n)*/y;

function skipWhitespace(text: string, at: number): number {
  gap.lastIndex = at;
  return at + (gap.exec(text)?.[0].length ?? 0);
}

function bracketOf(
  text: string,
  { kind, keyword, flags }: Instruction,
  offset: number,
): number | undefined {
  let at = skipWhitespace(text, (flags.at(-1) ?? keyword).span.end);
  if (kind === 'HEALTHCHECK') {
    if (!/^CMD\b/i.test(text.slice(at, at + 4))) return undefined;
    at = skipWhitespace(text, at + 3);
  }
  return text.charAt(at) === '[' && at < offset ? at : undefined;
}

/** `[` is also a shell command: an array starts with a quote, or ends immediately. */
function isArray(
  text: string,
  {
    start,
    offset,
    rest,
  }: { readonly start: number; readonly offset: number; readonly rest: string },
): boolean {
  const content = text.slice(start + 1, offset);
  return (
    /^"/.test(content) ||
    (content === '' && /^(?:"|\]?\s*$)/.test(rest)) ||
    /^\s*"[^"]*"\s*,/.test(content)
  );
}

interface ScanResult {
  readonly before: readonly string[];
  readonly element: Span;
  readonly from: number;
  readonly open: string;
  readonly quoted: boolean;
}

function scan(text: string, from: number, offset: number): ScanResult | undefined {
  const before: string[] = [];
  let separated = true;
  let at = from;
  for (;;) {
    const next = skipWhitespace(text, at);
    if (next >= offset) {
      // After a closing quote, only a comma can follow.
      if (!separated && at === offset) return undefined;
      const open = separated ? '"' : ', "';
      return { before, element: { start: offset, end: offset }, from: offset, open, quoted: false };
    }
    const character = text.charAt(next);
    if (character === ']' || character === '\n' || character === '\r') return undefined;
    if (character === ',') {
      separated = true;
      at = next + 1;
      continue;
    }
    const quoted = character === '"';
    const end = quoted ? endOfString(text, next + 1) : endOfBare(text, next);
    if (end >= offset) {
      // Single quotes are not valid in JSON.
      const start = quoted || character === "'" ? next + 1 : next;
      const open = quoted ? '' : separated ? '"' : ', "';
      return { before, element: { start, end: offset }, from: quoted ? start : next, open, quoted };
    }
    before.push(quoted ? unescaped(text.slice(next + 1, end)) : text.slice(next, end));
    separated = false;
    at = quoted ? end + 1 : end;
  }
}

/** The offset of the closing quote, or the end of the line. */
function endOfString(text: string, from: number): number {
  const pattern = /(?:[^"\\\r\n]|\\[^\r\n])*/y;
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}

function endOfBare(text: string, from: number): number {
  const pattern = /[^\s,\]"]+/y;
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 1);
}

function unescaped(raw: string): string {
  return raw.replace(/\\(["\\/])/g, '$1');
}
