import { isSpace } from './characters.ts';
import { patternOf, replaced, withoutPrefix, withoutSuffix } from './pattern.ts';
import type { WordTroubleCode } from './trouble.ts';
import { scan, scanAll } from './variables.ts';

/** Why a word has no value. */
export interface ExpandTrouble {
  readonly code: WordTroubleCode | 'required-variable';
  readonly values: readonly string[];
}

export interface Expansion {
  readonly text: string;
  /** The text split at white space that is not quoted, as EXPOSE takes it. */
  readonly words: readonly string[];
  /** Names that had a value, and names that had none. */
  readonly set: ReadonlySet<string>;
  readonly unset: ReadonlySet<string>;
  /** Set where BuildKit would refuse the word; then there is no text. */
  readonly trouble?: ExpandTrouble;
}

export type Lookup = (name: string) => string | undefined;

interface Reader {
  readonly text: string;
  readonly escape: string;
  readonly lookup: Lookup;
  readonly set: Set<string>;
  readonly unset: Set<string>;
  readonly words: string[];
  at: number;
  /** Whether an escape character stays in the text: it does in patterns. */
  rawEscapes: boolean;
  word: string;
  inWord: boolean;
  /** Words are split at the outermost level only. */
  depth: number;
  trouble: ExpandTrouble | undefined;
}

/** What a word stands for (BuildKit frontend/dockerfile/shell/lex.go, ProcessWord and ProcessWords). */
export function expand(word: string, lookup: Lookup, escape: '\\' | '`' = '\\'): Expansion {
  const set = new Set<string>();
  const unset = new Set<string>();
  const s = scan(word, 0, word.length, escape.charCodeAt(0), () => ({ start: 0, end: 0 }));
  scanAll(s);
  const reader: Reader = {
    text: word,
    escape,
    lookup,
    set,
    unset,
    words: [],
    at: 0,
    rawEscapes: false,
    word: '',
    inWord: false,
    depth: 0,
    trouble: s.trouble,
  };
  const text = s.trouble ? '' : readUntil(reader, '');
  if (reader.word !== '') reader.words.push(reader.word);
  const { trouble } = reader;
  if (trouble) return { text: '', words: [], set, unset, trouble };
  return { text, words: reader.words, set, unset };
}

function fail(r: Reader, code: ExpandTrouble['code'], ...values: string[]): string {
  r.trouble ??= { code, values };
  r.at = r.text.length;
  return '';
}

/** Text that white space does not split. */
function addRaw(r: Reader, text: string): void {
  if (r.depth > 0) return;
  r.word += text;
  r.inWord = true;
}

function addText(r: Reader, text: string): void {
  if (r.depth > 0) return;
  for (const character of text) {
    if (!isSpace(character.charCodeAt(0))) addRaw(r, character);
    else if (r.inWord && r.word !== '') {
      r.words.push(r.word);
      r.word = '';
      r.inWord = false;
    }
  }
}

function readUntil(r: Reader, stop: string): string {
  let result = '';
  while (r.at < r.text.length) {
    const character = r.text.charAt(r.at);
    if (character === stop) {
      r.at++;
      break;
    }
    if (character === '$') {
      const value = readVariable(r);
      addText(r, value);
      result += value;
    } else if (character === "'" || character === '"') {
      const value = character === '"' ? readDouble(r) : readSingle(r);
      addRaw(r, value);
      result += value;
    } else result += readCharacter(r);
  }
  return result;
}

function readCharacter(r: Reader): string {
  let character = r.text.charAt(r.at++);
  if (character !== r.escape) {
    addText(r, character);
    return character;
  }
  const kept = r.rawEscapes ? character : '';
  addRaw(r, kept);
  character = r.text.charAt(r.at++);
  addRaw(r, character);
  return kept + character;
}

function readSingle(r: Reader): string {
  const close = r.text.indexOf("'", r.at + 1);
  const value = r.text.slice(r.at + 1, close);
  r.at = close + 1;
  return value;
}

function readDouble(r: Reader): string {
  let result = '';
  r.at++;
  while (r.at < r.text.length) {
    let character = r.text.charAt(r.at);
    if (character === '"') {
      r.at++;
      break;
    }
    if (character === '$') {
      result += readVariable(r);
      continue;
    }
    r.at++;
    if (character === r.escape) {
      if (r.rawEscapes) result += character;
      const next = r.text.charAt(r.at);
      if (next === '"' || next === '$' || next === r.escape) {
        character = next;
        r.at++;
      }
    }
    result += character;
  }
  return result;
}

const namePattern = /[@*#?\-$!]|\d+|[\p{L}_][\p{L}\p{Nd}_]*/uy;

function readName(r: Reader): string {
  namePattern.lastIndex = r.at;
  const name = namePattern.exec(r.text)?.[0] ?? '';
  r.at += name.length;
  return name;
}

function valueOf(r: Reader, name: string): string | undefined {
  const value = r.lookup(name);
  (value === undefined ? r.unset : r.set).add(name);
  return value;
}

function readVariable(r: Reader): string {
  r.at++;
  if (r.text.charAt(r.at) !== '{') {
    const name = readName(r);
    return name === '' ? '$' : (valueOf(r, name) ?? '');
  }
  r.at++;
  const name = readName(r);
  const operator = r.text.charAt(r.at++);
  if (operator === '}') return valueOf(r, name) ?? '';
  r.depth++;
  const value = operator === '/' ? readReplacement(r, name) : readModifier(r, name, operator);
  r.depth--;
  return value;
}

function readRaw(r: Reader, stop: string, raw: boolean): string {
  const before = r.rawEscapes;
  r.rawEscapes = raw;
  const text = readUntil(r, stop);
  r.rawEscapes = before;
  return text;
}

function readModifier(r: Reader, name: string, operator: string): string {
  const colon = operator === ':';
  const character = colon ? r.text.charAt(r.at++) : operator;
  const trims = character === '#' || character === '%';
  const operand = readRaw(r, '}', trims);
  const value = valueOf(r, name);
  const missing = value === undefined || (colon && value === '');
  switch (character) {
    case '-':
      return missing ? operand : value;
    case '+':
      return missing ? '' : operand;
    case '?':
      return missing ? fail(r, 'required-variable', name, operand) : value;
    default:
      return trimmed(r, value ?? '', character, operand);
  }
}

function trimmed(r: Reader, value: string, character: string, operand: string): string {
  const longest = operand.startsWith(character);
  const pattern = patternOf(longest ? operand.slice(1) : operand);
  if (pattern === undefined) return fail(r, 'bad-pattern', operand);
  return character === '#'
    ? withoutPrefix(value, pattern, longest)
    : withoutSuffix(value, pattern, longest);
}

function readReplacement(r: Reader, name: string): string {
  const all = r.text.charAt(r.at) === '/';
  if (all) r.at++;
  const written = readRaw(r, '/', true);
  const replacement = readRaw(r, '}', true);
  const value = valueOf(r, name) ?? '';
  const pattern = patternOf(written);
  return pattern ? replaced(value, pattern, replacement, all) : fail(r, 'bad-pattern', written);
}
