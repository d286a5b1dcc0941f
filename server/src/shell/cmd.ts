/**
 * A simple parser of cmd.exe command lines: words, separators and groups in parentheses, without the grammar of `for`
 * and `if`.
 */
import { chainReader, type Reader } from './chains.ts';
import { CommandNode } from './command-node.ts';
import type { Redirect, Script, ShellVariable, ShellWord, Statement } from './script.ts';
import type { Source } from './source.ts';

/** Parses any text; there are no errors, only less structure. */
export function parseCmd(source: Source): Script {
  const reader: Reader = { source, at: 0, depth: 0 };
  const statements: Statement[] = [];
  const separators: Script['separators'][number][] = [];
  while (reader.at < source.text.length) {
    const before = reader.at;
    const found = readChain(reader);
    if (found) statements.push(found);
    skipSpace(reader);
    const separator = source.text[reader.at];
    if ((separator === '&' || separator === '\n') && found)
      separators.push({ text: separator, span: source.span(reader.at, reader.at + 1) });
    // An unmatched closing parenthesis is skipped like a separator.
    if (separator === '&' || separator === '\n' || separator === ')' || reader.at === before)
      reader.at++;
  }
  return { dialect: 'cmd', statements, separators, errors: [] };
}

/** Deeper groups are read as words, to prevent a stack overflow. */
const maxDepth = 30;

function skipSpace(reader: Reader): void {
  const { text } = reader.source;
  for (;;) {
    const char = text[reader.at];
    if (char === ' ' || char === '\t' || char === '\r' || char === ',' || char === '@') reader.at++;
    else if ((char === '\\' || char === '^') && text[reader.at + 1] === '\n') reader.at += 2;
    else return;
  }
}

const readChain = chainReader({ skipSpace, readCommand, pipesContinue: false });

function readCommand(reader: Reader): Statement | undefined {
  skipSpace(reader);
  const { source } = reader;
  if (source.text[reader.at] === '(' && reader.depth < maxDepth) return readGroup(reader);
  const start = reader.at;
  let end = start;
  const words: ShellWord[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    const isRedirect = /[<>]/.test(source.text[reader.at] ?? '');
    if (isRedirect) redirects.push(readRedirect(reader));
    else {
      const next = readWord(reader);
      if (next === undefined) break;
      words.push(next);
    }
    end = reader.at;
    skipSpace(reader);
  }
  if (words.length === 0 && redirects.length === 0) return undefined;
  const [name, ...args] = words;
  const span = source.span(start, end);
  return new CommandNode(span, name, args, [], redirects);
}

function readGroup(reader: Reader): Statement {
  const { source } = reader;
  const start = reader.at++;
  reader.depth++;
  const bodies: Statement[] = [];
  while (reader.at < source.text.length && source.text[reader.at] !== ')') {
    const before = reader.at;
    const found = readChain(reader);
    if (found) bodies.push(found);
    skipSpace(reader);
    const separator = source.text[reader.at];
    if (separator === '&' || separator === '\n' || (reader.at === before && separator !== ')'))
      reader.at++;
  }
  reader.depth--;
  if (reader.at < source.text.length) reader.at++;
  const span = source.span(start, reader.at);
  return { kind: 'block', opener: 'group', span, bodies, words: [], redirects: [] };
}

function readRedirect(reader: Reader): Redirect {
  const { source } = reader;
  const start = reader.at;
  while (/[<>&]/.test(source.text[reader.at] ?? '')) reader.at++;
  const operator = source.text.slice(start, reader.at);
  skipSpace(reader);
  const target = readWord(reader);
  return { span: source.span(start, reader.at), operator, ...(target && { target }) };
}

/** Characters that neither end a word nor have a meaning in it, outside and inside quotes. */
const ordinary = /[^"^\\\s&|<>)]+/y;
const ordinaryInQuotes = /[^"\n]+/y;

function readWord(reader: Reader): ShellWord | undefined {
  const { source } = reader;
  const { text: all } = source;
  const start = reader.at;
  let text = '';
  let quoted = false;
  for (; reader.at < all.length; reader.at++) {
    const run = quoted ? ordinaryInQuotes : ordinary;
    run.lastIndex = reader.at;
    if (run.test(all)) {
      text += all.slice(reader.at, run.lastIndex);
      reader.at = run.lastIndex;
    }
    const char = all[reader.at];
    if (char === undefined) break;
    if (char === '"') quoted = !quoted;
    else if (char === '\n') break;
    else if (quoted) text += char;
    else if (char === '^' && reader.at + 1 < all.length) text += all[++reader.at] ?? '';
    else if (char === '\\' && all[reader.at + 1] === '\n') reader.at++;
    else if (/[\s&|<>)]/.test(char)) break;
    else text += char;
  }
  if (reader.at === start) return undefined;
  const raw = source.raw(start, reader.at);
  const variables = variablesIn(source, start, reader.at);
  const literal = variables.length === 0 && !/[*?]/.test(text);
  return { span: source.span(start, reader.at), text, raw, literal, variables, scripts: [] };
}

function variablesIn(source: Source, start: number, end: number): readonly ShellVariable[] {
  const written = source.text.slice(start, end);
  if (!/[%!]/.test(written)) return [];
  return [...written.matchAll(/([%!])([A-Za-z_][\w()]*)(?::[^%!]*)?\1/g)].map((match) => {
    const at = start + match.index;
    const name = match[2] ?? '';
    return {
      span: source.span(at, at + match[0].length),
      name,
      nameSpan: source.span(at + 1, at + 1 + name.length),
      quoted: false,
    };
  });
}
