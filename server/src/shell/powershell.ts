/**
 * A simple parser of PowerShell: commands with their words, separators and pipelines. The contents of braces and
 * parentheses are scripts of the word. Expressions are words too, because only commands are needed.
 */
import { chaining, type Reading } from './chaining.ts';
import { CommandNode } from './node.ts';
import type { Block, Script, ShellVariable, ShellWord, Statement } from './script.ts';
import type { Source } from './source.ts';

/** Parses any text; there are no errors, only less structure. */
export function parsePowershell(source: Source): Script {
  const reading: Reading = { source, at: 0, depth: 0 };
  const separators: Script['separators'][number][] = [];
  const statements = list(reading, '', separators);
  return { dialect: 'powershell', statements, separators, errors: [] };
}

/** Deeper nesting is read as ordinary characters, to prevent a stack overflow. */
const deepest = 30;
const blocks: Readonly<Record<string, Block['opener']>> = {
  if: 'if',
  elseif: 'if',
  else: 'if',
  for: 'for',
  foreach: 'for',
  while: 'while',
  until: 'until',
  do: 'while',
  switch: 'case',
  try: 'group',
  catch: 'group',
  finally: 'group',
  function: 'function',
  filter: 'function',
};

/** Statements up to a closing character, or to the end. */
function list(
  reading: Reading,
  closer: string,
  separators: Script['separators'][number][] = [],
): Statement[] {
  const { text } = reading.source;
  const found: Statement[] = [];
  while (reading.at < text.length) {
    blanks(reading);
    const sign = text[reading.at];
    if (sign === undefined || sign === closer) break;
    const before = reading.at;
    const next = chain(reading);
    if (next) found.push(next);
    blanks(reading);
    const end = text[reading.at];
    if ((end === ';' || end === '\n') && next)
      separators.push({ text: end, span: reading.source.span(reading.at, reading.at + 1) });
    if (end === ';' || end === '\n' || (reading.at === before && end !== closer)) reading.at++;
  }
  return found;
}

function blanks(reading: Reading): void {
  const { text } = reading.source;
  for (;;) {
    const char = text[reading.at];
    if (char === ' ' || char === '\t' || char === '\r') reading.at++;
    else if ((char === '\\' || char === '`') && text[reading.at + 1] === '\n') reading.at += 2;
    else if (char === '#') skipTo(reading, '\n', 0);
    else if (char === '<' && text[reading.at + 1] === '#') skipTo(reading, '#>', 2);
    else return;
  }
}

function skipTo(reading: Reading, sign: string, past: number): void {
  const { text } = reading.source;
  const end = text.indexOf(sign, reading.at + past);
  reading.at = end < 0 ? text.length : end + past;
}

const chain = chaining({ blanks, command, pipesRunOn: true });

function command(reading: Reading): Statement | undefined {
  const { source } = reading;
  blanks(reading);
  const start = reading.at;
  // The call operators `&` and `.` come before the name of the command.
  if (source.text[start] === '&' && source.text[start + 1] !== '&') reading.at++;
  else if (source.text[start] === '.' && /\s/.test(source.text[start + 1] ?? '')) reading.at++;
  const words: ShellWord[] = [];
  let end = reading.at;
  for (;;) {
    blanks(reading);
    const next = word(reading);
    if (next === undefined) break;
    words.push(next);
    end = reading.at;
  }
  if (words.length === 0) return undefined;
  return commandOf(words, source.span(start, end));
}

function commandOf(words: readonly ShellWord[], span: Statement['span']): Statement {
  const opener = blocks[words[0]?.text.toLowerCase() ?? ''];
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
  const assigned = words[1]?.text === '=' && words[0]?.text.startsWith('$') === true;
  const assignments = assigned ? words.slice(0, 1) : [];
  const [name, ...args] = assigned ? words.slice(2) : words;
  return new CommandNode(span, name, args, assignments);
}

interface Parts {
  text: string;
  literal: boolean;
  readonly scripts: Statement[];
}

const closers: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** Characters that neither end a word nor have a meaning in it. */
const ordinary = /[^\s;|)}&\\'"@({`$*]+/y;

function word(reading: Reading): ShellWord | undefined {
  const { source } = reading;
  const start = reading.at;
  const parts: Parts = { text: '', literal: true, scripts: [] };
  while (reading.at < source.text.length) {
    ordinary.lastIndex = reading.at;
    if (ordinary.test(source.text)) {
      parts.text += source.text.slice(reading.at, ordinary.lastIndex);
      reading.at = ordinary.lastIndex;
      continue;
    }
    const char = source.text[reading.at] ?? '';
    const closer = closers[char];
    if (/[\s;|)}]/.test(char)) break;
    if (char === '&' && (source.text[reading.at + 1] === '&' || reading.at === start)) break;
    if (char === '\\' && source.text[reading.at + 1] === '\n') break;
    if (char === "'" || char === '"') string(reading, char, parts);
    else if (char === '@' && /^@['"][^\S\n]*\n/.test(source.text.slice(reading.at, reading.at + 9)))
      hereString(reading, parts);
    else if (closer !== undefined && reading.depth < deepest) nested(reading, closer, parts);
    else if (char === '`') escaped(reading, parts);
    else {
      if (char === '$' || char === '*') parts.literal = false;
      parts.text += char;
      reading.at++;
    }
  }
  if (reading.at === start) return undefined;
  const { text, literal, scripts } = parts;
  const raw = source.raw(start, reading.at);
  // Variables in nested commands belong to the words of those commands.
  const plain = raw.startsWith("'") || scripts.length > 0;
  const variables = plain ? [] : variablesIn(source, start, reading.at);
  return { span: source.span(start, reading.at), text, raw, literal, variables, scripts };
}

function escaped(reading: Reading, parts: Parts): void {
  const { text } = reading.source;
  parts.text += text[reading.at + 1] ?? '';
  reading.at = Math.min(reading.at + 2, text.length);
}

/** A quote is doubled inside itself; only double quotes have escapes and variables. */
function string(reading: Reading, quote: string, parts: Parts): void {
  const { text } = reading.source;
  const end = text.length;
  for (reading.at++; reading.at < end; reading.at++) {
    const char = text[reading.at] ?? '';
    if (char === quote && text[reading.at + 1] !== quote) break;
    if (char === quote || (quote === '"' && char === '`')) reading.at++;
    if (quote === '"' && char === '$') parts.literal = false;
    parts.text += text[reading.at] ?? '';
  }
  reading.at = Math.min(reading.at + 1, end);
}

function hereString(reading: Reading, parts: Parts): void {
  const { text } = reading.source;
  const quote = text[reading.at + 1] ?? '';
  const start = text.indexOf('\n', reading.at) + 1;
  const found = text.indexOf(`\n${quote}@`, start - 1);
  const end = found < 0 ? text.length : found;
  parts.text += text.slice(start, end);
  if (quote === '"') parts.literal = false;
  reading.at = found < 0 ? text.length : found + 3;
}

function nested(reading: Reading, closer: string, parts: Parts): void {
  const { text } = reading.source;
  const start = reading.at++;
  reading.depth++;
  parts.scripts.push(...list(reading, closer));
  reading.depth--;
  if (reading.at < text.length) reading.at++;
  parts.text += text.slice(start, reading.at);
  parts.literal = false;
}

function variablesIn(source: Source, start: number, end: number): readonly ShellVariable[] {
  const written = source.text.slice(start, end);
  if (!written.includes('$')) return [];
  return [...written.matchAll(/\$(\{)?(?:env:)?([A-Za-z_]\w*)\}?/gi)].map((match) => {
    const name = match[2] ?? '';
    const at = start + match.index;
    const nameAt = at + match[0].lastIndexOf(name);
    return {
      span: source.span(at, at + match[0].length),
      name,
      nameSpan: source.span(nameAt, nameAt + name.length),
      quoted: false,
    };
  });
}
