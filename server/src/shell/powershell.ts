/**
 * A simple parser of PowerShell: commands with their words, separators and pipelines. The contents of braces and
 * parentheses are scripts of the word. Expressions are words too, because only commands are needed.
 */
import { chainReader, type Reader } from './chains.ts';
import { CommandNode } from './command-node.ts';
import type { Block, Script, ShellVariable, ShellWord, Statement } from './script.ts';
import type { Source } from './source.ts';
import type { Span } from '../text/span.ts';

/** Parses any text; there are no errors, only less structure. */
export function parsePowershell(source: Source): Script {
  const reader: Reader = { source, at: 0, depth: 0 };
  const separators: Script['separators'][number][] = [];
  const statements = readList(reader, '', separators);
  return { dialect: 'powershell', statements, separators, errors: [] };
}

/** Deeper nesting is read as ordinary characters, to prevent a stack overflow. */
const maxDepth = 30;
const blocks: ReadonlyMap<string, Block['opener']> = new Map([
  ['if', 'if'],
  ['elseif', 'if'],
  ['else', 'if'],
  ['for', 'for'],
  ['foreach', 'for'],
  ['while', 'while'],
  ['until', 'until'],
  ['do', 'while'],
  ['switch', 'case'],
  ['try', 'group'],
  ['catch', 'group'],
  ['finally', 'group'],
  ['function', 'function'],
  ['filter', 'function'],
]);

function openerOf(word: string): Block['opener'] | undefined {
  return word.length < 2 || word.length > 8 ? undefined : blocks.get(word.toLowerCase());
}

/** Statements up to a closing character, or to the end. */
function readList(
  reader: Reader,
  closer: string,
  separators: Script['separators'][number][] = [],
): Statement[] {
  const { text } = reader.source;
  const found: Statement[] = [];
  while (reader.at < text.length) {
    skipSpace(reader);
    const character = text[reader.at];
    if (character === undefined || character === closer) break;
    const before = reader.at;
    const next = readChain(reader);
    if (next) found.push(next);
    skipSpace(reader);
    const end = text[reader.at];
    if ((end === ';' || end === '\n') && next)
      separators.push({ text: end, span: reader.source.span(reader.at, reader.at + 1) });
    if (end === ';' || end === '\n' || (reader.at === before && end !== closer)) reader.at++;
  }
  return found;
}

function skipSpace(reader: Reader): void {
  const { text } = reader.source;
  for (;;) {
    const char = text[reader.at];
    if (char === ' ' || char === '\t' || char === '\r') reader.at++;
    else if ((char === '\\' || char === '`') && text[reader.at + 1] === '\n') reader.at += 2;
    else if (char === '#') skipTo(reader, '\n', 0);
    else if (char === '<' && text[reader.at + 1] === '#') skipTo(reader, '#>', 2);
    else return;
  }
}

function skipTo(reader: Reader, character: string, past: number): void {
  const { text } = reader.source;
  const end = text.indexOf(character, reader.at + past);
  reader.at = end < 0 ? text.length : end + past;
}

const readChain = chainReader({ skipSpace, readCommand, pipesContinue: true });

function readCommand(reader: Reader): Statement | undefined {
  const { source } = reader;
  skipSpace(reader);
  const start = reader.at;
  // The call operators `&` and `.` come before the name of the command.
  if (source.text[start] === '&' && source.text[start + 1] !== '&') reader.at++;
  else if (source.text[start] === '.' && /\s/.test(source.text[start + 1] ?? '')) reader.at++;
  const words: ShellWord[] = [];
  let end = reader.at;
  for (;;) {
    skipSpace(reader);
    const next = readWord(reader);
    if (next === undefined) break;
    words.push(next);
    end = reader.at;
  }
  if (words.length === 0) return undefined;
  return commandOf(words, source.span(start, end));
}

function commandOf(words: readonly ShellWord[], span: Statement['span']): Statement {
  const opener = openerOf(words[0]?.text ?? '');
  if (opener !== undefined) {
    const bodies = words.flatMap(({ scripts }) => scripts);
    const name = opener === 'function' ? words[1]?.text : undefined;
    return {
      kind: 'block',
      opener,
      span,
      bodies,
      words: words.slice(1).filter(({ scripts }) => scripts.length === 0),
      redirects: [],
      name,
    };
  }
  const isAssignment = words[1]?.text === '=' && words[0]?.text.startsWith('$') === true;
  const assignments = isAssignment ? words.slice(0, 1) : none;
  const first = isAssignment ? 2 : 0;
  return new CommandNode(span, words[first], words.slice(first + 1), assignments);
}

const none: readonly never[] = [];

interface Parts {
  text: string;
  literal: boolean;
  readonly scripts: Statement[];
  /** Where other words or single quotes are: variables there are not those of the word. */
  readonly others: Span[];
}

const ORDINARY = 0;
const SPECIAL = 1;
const END = 2;

/** For each ASCII character, whether it ends a word, has a meaning in it, or neither. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[\s;|)}]/.test(char)) return END;
  return /[&\\'"@({`$*]/.test(char) ? SPECIAL : ORDINARY;
});

function classOf(code: number): number {
  if (code < 128) return classes[code] ?? ORDINARY;
  return /\s/.test(String.fromCharCode(code)) ? END : ORDINARY;
}

function readWord(reader: Reader): ShellWord | undefined {
  const { source } = reader;
  const start = reader.at;
  const parts: Parts = { text: '', literal: true, scripts: [], others: [] };
  const { length } = source.text;
  while (reader.at < length) {
    const from = reader.at;
    let at = from;
    while (at < length && classOf(source.text.charCodeAt(at)) === ORDINARY) at++;
    if (at > from) {
      parts.text += source.text.slice(from, at);
      reader.at = at;
      continue;
    }
    if (classOf(source.text.charCodeAt(at)) === END) break;
    const char = source.text[at] ?? '';
    const closer = char === '(' ? ')' : char === '{' ? '}' : undefined;
    if (char === '&' && (source.text[reader.at + 1] === '&' || reader.at === start)) break;
    if (char === '\\' && source.text[reader.at + 1] === '\n') break;
    if (char === "'" || char === '"') readString(reader, char, parts);
    else if (char === '@' && /^@['"][^\S\n]*\n/.test(source.text.slice(reader.at, reader.at + 9)))
      readHereString(reader, parts);
    else if (closer !== undefined && reader.depth < maxDepth) readNested(reader, closer, parts);
    else if (char === '`') readEscape(reader, parts);
    else {
      if (char === '$' || char === '*') parts.literal = false;
      parts.text += char;
      reader.at++;
    }
  }
  if (reader.at === start) return undefined;
  const { text, literal, scripts, others } = parts;
  const raw = source.raw(start, reader.at);
  const variables = variablesIn(source, { start, end: reader.at }, others);
  return { span: source.span(start, reader.at), text, raw, literal, variables, scripts };
}

function readEscape(reader: Reader, parts: Parts): void {
  const { text } = reader.source;
  parts.text += text[reader.at + 1] ?? '';
  reader.at = Math.min(reader.at + 2, text.length);
}

/** A quote is doubled inside itself; only double quotes have escapes and variables. */
function readString(reader: Reader, quote: string, parts: Parts): void {
  const { text } = reader.source;
  const end = text.length;
  const start = reader.at;
  // The text without escapes is taken in one piece.
  let from = ++reader.at;
  for (; reader.at < end; reader.at++) {
    const char = text[reader.at] ?? '';
    if (char === quote && text[reader.at + 1] !== quote) break;
    if (char === quote || (quote === '"' && char === '`')) {
      parts.text += text.slice(from, reader.at);
      from = ++reader.at;
    }
    if (quote === '"' && char === '$') parts.literal = false;
  }
  parts.text += text.slice(from, Math.min(reader.at, end));
  reader.at = Math.min(reader.at + 1, end);
  if (quote === "'") parts.others.push({ start, end: reader.at });
}

function readHereString(reader: Reader, parts: Parts): void {
  const { text } = reader.source;
  const quote = text[reader.at + 1] ?? '';
  const start = text.indexOf('\n', reader.at) + 1;
  const found = text.indexOf(`\n${quote}@`, start - 1);
  const end = found < 0 ? text.length : found;
  parts.text += text.slice(start, end);
  if (quote === '"') parts.literal = false;
  reader.at = found < 0 ? text.length : found + 3;
  if (quote === "'") parts.others.push({ start, end: reader.at });
}

function readNested(reader: Reader, closer: string, parts: Parts): void {
  const { text } = reader.source;
  const start = reader.at++;
  reader.depth++;
  for (const statement of readList(reader, closer)) parts.scripts.push(statement);
  reader.depth--;
  if (reader.at < text.length) reader.at++;
  parts.text += text.slice(start, reader.at);
  parts.literal = false;
  parts.others.push({ start, end: reader.at });
}

const DOLLAR = 36;
const variable = /\$\{?(?:(?:env|global|local|private|script|using):)?([A-Za-z_]\w*)\}?/iy;

/** The variables of a word, without those in `others`, which are in order. */
function variablesIn(
  source: Source,
  { start, end }: Span,
  others: readonly Span[],
): readonly ShellVariable[] {
  const { text } = source;
  let found: ShellVariable[] | undefined;
  let next = 0;
  for (let at = start; at < end; at++) {
    const other = others[next];
    if (other !== undefined && at >= other.start) {
      at = Math.max(at, other.end) - 1;
      next++;
      continue;
    }
    if (text.charCodeAt(at) !== DOLLAR || isEscaped(text, at)) continue;
    variable.lastIndex = at;
    const [whole, name = ''] = variable.exec(text) ?? [];
    if (whole === undefined) continue;
    const last = Math.min(at + whole.length, end);
    const nameAt = at + whole.lastIndexOf(name);
    const nameSpan = source.span(nameAt, nameAt + name.length);
    (found ??= []).push({ span: source.span(at, last), name, nameSpan, quoted: false });
    at = last - 1;
  }
  return found ?? none;
}

/** Whether an odd number of backticks is before a character. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === '`') from--;
  return (at - from) % 2 === 1;
}
