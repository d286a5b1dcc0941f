/** Reads a word with all that BuildKit's shell lexer knows: quotes, escapes, and variables with operators and patterns. */
import { isSpace } from './characters.ts';
import { patternOf, replacePattern, removePrefix, removeSuffix, type Budget } from './pattern.ts';
import type { WordTroubleCode } from './trouble.ts';

/** Why a word cannot be expanded. */
export interface ExpandTrouble {
  readonly code: WordTroubleCode | 'required-variable';
  readonly values: readonly string[];
}

export type Lookup = (name: string) => string | undefined;

/** Longer values are not of use, and can double with each line: `ENV A=$A$A`. */
export const longestValue = 4096;
/** The steps that the patterns of one word may take, as in `${NAME//*a*b/c}`. Real words take some hundred. */
const mostSteps = 1 << 16;

export interface WordReader {
  readonly text: string;
  readonly escape: string;
  readonly lookup: Lookup;
  readonly set: Set<string>;
  readonly unset: Set<string>;
  readonly words: string[];
  /** Whether the words are collected, which only EXPOSE needs. */
  readonly collects: boolean;
  /** What the values and the patterns of the word may still take. */
  readonly budget: Budget;
  at: number;
  /** Whether escape characters are kept in the text, as in patterns. */
  rawEscapes: boolean;
  word: string;
  inWord: boolean;
  /** Words are split at the outermost level only. */
  depth: number;
  trouble: ExpandTrouble | undefined;
}

export function wordReader(
  text: string,
  lookup: Lookup,
  escape: string,
  collects: boolean,
): WordReader {
  return {
    text,
    escape,
    lookup,
    set: new Set(),
    unset: new Set(),
    words: [],
    collects,
    budget: { steps: mostSteps, length: longestValue },
    at: 0,
    rawEscapes: false,
    word: '',
    inWord: false,
    depth: 0,
    trouble: undefined,
  };
}

/** Whether the word has taken more steps or has become longer than it may. */
export function isSpent({ budget }: WordReader): boolean {
  return budget.steps < 0 || budget.length < 0;
}

function fail(r: WordReader, code: ExpandTrouble['code'], ...values: string[]): string {
  r.trouble ??= { code, values };
  r.at = r.text.length;
  return '';
}

/** Adds text that is not split at whitespace. */
function addRaw(r: WordReader, text: string): void {
  if (r.depth > 0 || !r.collects) return;
  r.word += text;
  r.inWord = true;
}

function addText(r: WordReader, text: string): void {
  if (r.depth > 0 || !r.collects) return;
  for (const character of text) {
    if (!isSpace(character.charCodeAt(0))) addRaw(r, character);
    else if (r.inWord && r.word !== '') {
      r.words.push(r.word);
      r.word = '';
      r.inWord = false;
    }
  }
}

/** Reads up to a character, or to the end; returns what the word stands for. */
export function readUntil(r: WordReader, stop: string): string {
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
    stopIfLong(r, result);
  }
  return result;
}

/** Text of the word itself that is too long is not read to its end; an operand may not be used. */
function stopIfLong(r: WordReader, { length }: string): void {
  if (r.depth > 0 || length <= longestValue) return;
  r.budget.length = -1;
  r.at = r.text.length;
}

function readCharacter(r: WordReader): string {
  let character = r.text.charAt(r.at++);
  if (character !== r.escape) {
    addText(r, character);
    return character;
  }
  const escapeText = r.rawEscapes ? character : '';
  addRaw(r, escapeText);
  character = r.text.charAt(r.at++);
  addRaw(r, character);
  return escapeText + character;
}

function readSingle(r: WordReader): string {
  const close = r.text.indexOf("'", r.at + 1);
  const value = r.text.slice(r.at + 1, close);
  r.at = close + 1;
  return value;
}

function readDouble(r: WordReader): string {
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
    stopIfLong(r, result);
  }
  return result;
}

const namePattern = /[@*#?\-$!]|\d+|[\p{L}_][\p{L}\p{Nd}_]*/uy;

function readName(r: WordReader): string {
  namePattern.lastIndex = r.at;
  const name = namePattern.exec(r.text)?.[0] ?? '';
  r.at += name.length;
  return name;
}

function valueOf(r: WordReader, name: string): string | undefined {
  const value = r.lookup(name);
  (value === undefined ? r.unset : r.set).add(name);
  r.budget.length -= value?.length ?? 0;
  if (!isSpent(r)) return value;
  r.at = r.text.length;
  return value === undefined ? undefined : '';
}

function readVariable(r: WordReader): string {
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

function readOperand(r: WordReader, stop: string, raw: boolean): string {
  const before = r.rawEscapes;
  r.rawEscapes = raw;
  const text = readUntil(r, stop);
  r.rawEscapes = before;
  return text;
}

function readModifier(r: WordReader, name: string, operator: string): string {
  const hasColon = operator === ':';
  const character = hasColon ? r.text.charAt(r.at++) : operator;
  const isTrim = character === '#' || character === '%';
  const operand = readOperand(r, '}', isTrim);
  const value = valueOf(r, name);
  const isMissing = value === undefined || (hasColon && value === '');
  switch (character) {
    case '-':
      return isMissing ? operand : value;
    case '+':
      return isMissing ? '' : operand;
    case '?':
      return isMissing ? fail(r, 'required-variable', name, operand) : value;
    default:
      return trimValue(r, value ?? '', character, operand);
  }
}

function trimValue(r: WordReader, value: string, character: string, operand: string): string {
  const isLongest = operand.startsWith(character);
  const pattern = patternOf(isLongest ? operand.slice(1) : operand);
  if (pattern === undefined) return fail(r, 'bad-pattern', operand);
  return character === '#'
    ? removePrefix(value, pattern, { longest: isLongest, budget: r.budget })
    : removeSuffix(value, pattern, { longest: isLongest, budget: r.budget });
}

function readReplacement(r: WordReader, name: string): string {
  const all = r.text.charAt(r.at) === '/';
  if (all) r.at++;
  const written = readOperand(r, '/', true);
  const replacement = readOperand(r, '}', true);
  const value = valueOf(r, name) ?? '';
  const pattern = patternOf(written);
  return pattern
    ? replacePattern(value, pattern, replacement, { all, budget: r.budget })
    : fail(r, 'bad-pattern', written);
}
