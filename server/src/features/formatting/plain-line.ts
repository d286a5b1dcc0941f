/** Instructions that formatting leaves as they are, or of which it changes keywords only, without reading their parts. */
import { BRACKET, CR, isSpace, LESS, LF, SPACE } from '../../syntax/characters.ts';
import { kindOf, wordEnd } from '../../syntax/keyword.ts';
import type { Instruction, Kind } from '../../syntax/tree.ts';
import { type Edit, replace } from '../../text/edit.ts';
import type { FormatOptions, KeywordCase } from './options.ts';

/** What places the instruction; its parts are not read. */
export type Placed = Pick<Instruction, 'kind' | 'span'>;

/**
 * What formatting changes in the first line of an instruction: nothing, whether BuildKit accepts it or not; only the case of
 * keywords, in one that BuildKit accepts; or what is known only from its parts.
 */
export type Plainness = 'plain' | 'keywords' | 'parts';

/**
 * Whether no option has anything to change in the first line of an instruction. For many others of which that is true, too,
 * the parts are required: only words that are divided by single spaces are considered, and arrays.
 */
export function plainness(
  text: string,
  { kind, span: { start, end } }: Placed,
  options: FormatOptions,
): Plainness {
  if (start > 0 && text.charCodeAt(start - 1) !== LF) return 'parts';
  return kind === 'ONBUILD'
    ? triggerPlainness(text, start, end, options)
    : linePlainness(text, kind, start, end, options);
}

/** Of an ONBUILD, with its trigger in the same line, no more is known than whether nothing changes. */
function triggerPlainness(
  text: string,
  start: number,
  end: number,
  options: FormatOptions,
): Plainness {
  const keywordEnd = start + 'ONBUILD'.length;
  if (!isInCase(text, start, keywordEnd, options.keywordCase)) return 'parts';
  if (text.charCodeAt(keywordEnd) !== SPACE) return 'parts';
  const from = keywordEnd + 1;
  const kind = kindOf(text.slice(from, wordEnd(text, from, end)));
  if (kind === 'unknown' || kind === 'ONBUILD') return 'parts';
  return linePlainness(text, kind, from, end, options) === 'plain' ? 'plain' : 'parts';
}

function linePlainness(
  text: string,
  kind: Kind,
  start: number,
  spanEnd: number,
  { keywordCase, mountsOnOwnLines }: FormatOptions,
): Plainness {
  // Another instruction follows in the line.
  if (kind === 'HEALTHCHECK') return 'parts';
  const mayHaveHeredocs = kind === 'RUN' || kind === 'COPY' || kind === 'ADD';
  const end = mayHaveHeredocs ? firstLineEnd(text, start, spanEnd) : spanEnd;
  if (end < text.length && !isLineBreak(text, end)) return 'parts';
  let keywordEnd = end;
  let spaces = 0;
  let equals = 0;
  let last = SPACE;
  let mayBeArray = false;
  const isCommand = kind === 'RUN' || kind === 'CMD' || kind === 'ENTRYPOINT';
  let isSimple = end - start < longLine;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      // Letters that BuildKit accepts in keywords, and whitespace that may end a name or a flag.
      if (spaces === 0 || (isSpace(code) && !isPair(kind, equals, text, keywordEnd)))
        return 'parts';
      isSimple = false;
      last = code;
      continue;
    }
    const notable = notables[code] as number;
    if (notable === always || (notable === inHeredocs && !mayHaveHeredocs)) return 'parts';
    if (notable !== 0 && !(isCommand && notable === inWords)) isSimple = false;
    if (code === SPACE) {
      if (last === SPACE) return 'parts';
      if (spaces++ === 0) keywordEnd = at;
    } else if (code === EQUALS && spaces === 1) equals++;
    else if (code === BRACKET && last === SPACE) mayBeArray = true;
    last = code;
  }
  if (isSpace(last)) return 'parts';
  if (mayBeArray && !isPlainArray(text, keywordEnd, end)) return 'parts';
  let isCased = true;
  switch (kind) {
    case 'unknown':
      return 'plain';
    case 'RUN':
      if (mountsOnOwnLines && mayHaveFlags(text, keywordEnd, end)) return 'parts';
      break;
    case 'ENV':
    case 'LABEL':
      // The form without an equals sign; of a flag, it is the first word after it that counts.
      if (equals === 0 || text.startsWith('--', keywordEnd + 1)) return 'parts';
      break;
    case 'FROM':
      if (spaces > 1) isCased = hasAsInCase(text.slice(keywordEnd, end), keywordCase);
  }
  if (isCased && isInCase(text, start, keywordEnd, keywordCase)) return 'plain';
  if (!isSimple || mayBeArray || text.startsWith('--', keywordEnd + 1)) return 'parts';
  return isAccepted(kind, spaces, text, keywordEnd, end) ? 'keywords' : 'parts';
}

/** Whether the first word after a keyword is the name of a variable or a label, with an equals sign. */
function isPair(kind: Kind, equals: number, text: string, keywordEnd: number): boolean {
  return (
    (kind === 'ENV' || kind === 'LABEL') && equals > 0 && !text.startsWith('--', keywordEnd + 1)
  );
}

/** Whether an instruction may have several flags: a flag in quotes can have spaces. */
function mayHaveFlags(text: string, keywordEnd: number, end: number): boolean {
  if (!text.startsWith('--', keywordEnd + 1)) return false;
  const next = text.indexOf(' ', keywordEnd + 1);
  if (next < 0 || next >= end) return false;
  return text.startsWith('--', next + 1) || /["']/.test(text.slice(keywordEnd, next));
}

/** The end of the first line; heredocs may be below it. */
function firstLineEnd(text: string, start: number, spanEnd: number): number {
  const found = text.indexOf('\n', start);
  if (found < 0 || found >= spanEnd) return spanEnd;
  return text.charCodeAt(found - 1) === CR ? found - 1 : found;
}

function isLineBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === LF || (code === CR && text.charCodeAt(at + 1) === LF);
}

/**
 * Whether BuildKit accepts an instruction without flags, quotes and variables, by the number of its arguments; false for kinds
 * of which more must be known.
 */
function isAccepted(kind: Kind, count: number, text: string, from: number, end: number): boolean {
  switch (kind) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'USER':
    case 'WORKDIR':
    case 'EXPOSE':
      return count > 0;
    case 'COPY':
    case 'ADD':
      return count > 1;
    case 'FROM':
      return count === 1 || (count === 3 && stage.test(text.slice(from, end)));
    default:
      return false;
  }
}

const stage = /^ \S+ as [a-z][a-z0-9\-_.]*$/i;

/** Adds the edits of an instruction of which only the case of keywords changes. */
export function addKeywordEdits(
  text: string,
  { kind, span: { start, end } }: Placed,
  keywordCase: KeywordCase,
  edits: Edit[],
): void {
  const keywordEnd = text.indexOf(' ', start);
  addCased(text, start, keywordEnd, keywordCase, edits);
  if (kind !== 'FROM') return;
  const as = text.indexOf(' ', keywordEnd + 1) + 1;
  if (as > 0 && as < end) addCased(text, as, as + 2, keywordCase, edits);
}

/** Adds the edit of the case of a keyword. */
export function addCased(
  text: string,
  start: number,
  end: number,
  keywordCase: KeywordCase,
  edits: Edit[],
): void {
  if (isInCase(text, start, end, keywordCase)) return;
  const word = text.slice(start, end);
  const cased = keywordCase === 'upper' ? word.toUpperCase() : word.toLowerCase();
  edits.push(replace({ start, end }, cased));
}

/** Whether every `as` is written in a case. */
function hasAsInCase(words: string, keywordCase: KeywordCase): boolean {
  for (let at = words.search(anyAs); at >= 0;) {
    if (!isInCase(words, at + 1, at + 3, keywordCase)) return false;
    const next = words.slice(at + 3).search(anyAs);
    at = next < 0 ? -1 : at + 3 + next;
  }
  return true;
}

const anyAs = / as(?= |$)/i;

/** Whether no ASCII letter of a word has to change. */
function isInCase(text: string, from: number, to: number, keywordCase: KeywordCase): boolean {
  if (keywordCase === 'keep') return true;
  const first = keywordCase === 'upper' ? LOWER_A : UPPER_A;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code >= first && code < first + letters) return false;
  }
  return true;
}

/** Whether the rest of a line is an array with a space before it and after each comma, and no others outside its strings. */
function isPlainArray(text: string, from: number, end: number): boolean {
  return end - from < longLine && /^ \["[^"]*"(?:, "[^"]*")*\]$/.test(text.slice(from, end));
}

/** Longer ones are read with their parts: an expression that is repeated very often needs a lot of memory. */
const longLine = 1000;

const EQUALS = 61;
const UPPER_A = 65;
const LOWER_A = 97;
const letters = 26;

/** Escapes and whitespace other than a space. */
const always = 1;
/** Begins heredocs, which are below the first line. */
const inHeredocs = 2;
/** Quotes and variables, which BuildKit may refuse in words that it expands. */
const inWords = 3;

/** By the code of an ASCII character. */
const notables = new Uint8Array(128);
for (let code = 0; code < SPACE; code++) notables[code] = always;
for (const character of '\\`\x7f') notables[character.charCodeAt(0)] = always;
for (const character of '"\'$') notables[character.charCodeAt(0)] = inWords;
notables[LESS] = inHeredocs;
