/** Lines that formatting leaves as they are, found without reading the parts of their instructions. */
import { BRACKET, LF, SPACE } from '../../syntax/characters.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { FormatOptions, KeywordCase } from './options.ts';

/** What places the instruction; its parts are not read. */
export type Placed = Pick<Instruction, 'kind' | 'span'>;

/**
 * Whether an instruction is one whole line in which no option has anything to change, whether BuildKit accepts it or not.
 * False for many others of which that is true, too: only words that are divided by single spaces are considered, and arrays.
 */
export function isPlainLine(
  text: string,
  { kind, span: { start, end } }: Placed,
  { keywordCase }: FormatOptions,
): boolean {
  // Another instruction follows in the line.
  if (kind === 'ONBUILD' || kind === 'HEALTHCHECK') return false;
  if (start > 0 && text.charCodeAt(start - 1) !== LF) return false;
  if (end < text.length && text.charCodeAt(end) !== LF) return false;
  let keywordEnd = end;
  let spaces = 0;
  let equals = 0;
  let last = SPACE;
  let mayBeArray = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128 || isNotable[code] === 1) return false;
    if (code === SPACE) {
      if (last === SPACE) return false;
      if (spaces++ === 0) keywordEnd = at;
    } else if (code === EQUALS && spaces === 1) equals++;
    else if (code === BRACKET && last === SPACE) mayBeArray = true;
    last = code;
  }
  if (last === SPACE) return false;
  if (mayBeArray && !isPlainArray(text, keywordEnd, end)) return false;
  switch (kind) {
    case 'unknown':
      return true;
    case 'RUN':
      // Several mounts can get their own lines.
      if (text.startsWith('--', keywordEnd + 1)) return false;
      break;
    case 'ENV':
    case 'LABEL':
      // The form without an equals sign.
      if (equals === 0) return false;
      break;
    case 'FROM':
      if (spaces > 1 && !hasAsInCase(text.slice(keywordEnd, end), keywordCase)) return false;
  }
  return hasCase(text.slice(start, keywordEnd), keywordCase);
}

/** Whether every `as` is written in a case. */
function hasAsInCase(words: string, keywordCase: KeywordCase): boolean {
  for (const [as] of words.matchAll(/ as(?= |$)/gi)) if (!hasCase(as, keywordCase)) return false;
  return true;
}

function hasCase(keyword: string, keywordCase: KeywordCase): boolean {
  if (keywordCase === 'keep') return true;
  return keyword === (keywordCase === 'upper' ? keyword.toUpperCase() : keyword.toLowerCase());
}

/** Whether the rest of a line is an array with a space before it and after each comma, and no others outside its strings. */
function isPlainArray(text: string, from: number, end: number): boolean {
  return end - from < longArray && /^ \["[^"]*"(?:, "[^"]*")*\]$/.test(text.slice(from, end));
}

/** Longer ones are read with their parts: an expression that is repeated very often needs a lot of memory. */
const longArray = 1000;

const EQUALS = 61;

/** Escapes, heredocs and whitespace other than a space; by the code of an ASCII character. */
const isNotable = new Uint8Array(128);
for (let code = 0; code < SPACE; code++) isNotable[code] = 1;
for (const character of '\\`<\x7f') isNotable[character.charCodeAt(0)] = 1;
