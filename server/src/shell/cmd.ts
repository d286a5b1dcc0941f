/**
 * A simple parser of cmd.exe command lines: words, separators and groups in parentheses, without the grammar of `for`
 * and `if`.
 */
import { chaining, type Reading } from './chaining.ts';
import { CommandNode } from './node.ts';
import type { Redirect, Script, ShellVariable, ShellWord, Statement } from './script.ts';
import type { Source } from './source.ts';

/** Parses any text; there are no errors, only less structure. */
export function parseCmd(source: Source): Script {
  const reading: Reading = { source, at: 0, depth: 0 };
  const statements: Statement[] = [];
  const separators: Script['separators'][number][] = [];
  while (reading.at < source.text.length) {
    const before = reading.at;
    const found = chain(reading);
    if (found) statements.push(found);
    blanks(reading);
    const sign = source.text[reading.at];
    if ((sign === '&' || sign === '\n') && found)
      separators.push({ text: sign, span: source.span(reading.at, reading.at + 1) });
    // An unmatched closing parenthesis is skipped like a separator.
    if (sign === '&' || sign === '\n' || sign === ')' || reading.at === before) reading.at++;
  }
  return { dialect: 'cmd', statements, separators, errors: [] };
}

/** Deeper groups are read as words, to prevent a stack overflow. */
const deepest = 30;

function blanks(reading: Reading): void {
  const { text } = reading.source;
  for (;;) {
    const char = text[reading.at];
    if (char === ' ' || char === '\t' || char === '\r' || char === ',' || char === '@')
      reading.at++;
    else if ((char === '\\' || char === '^') && text[reading.at + 1] === '\n') reading.at += 2;
    else return;
  }
}

const chain = chaining({ blanks, command, pipesRunOn: false });

function command(reading: Reading): Statement | undefined {
  blanks(reading);
  const { source } = reading;
  if (source.text[reading.at] === '(' && reading.depth < deepest) return group(reading);
  const start = reading.at;
  let end = start;
  const words: ShellWord[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    const sign = /[<>]/.test(source.text[reading.at] ?? '') && redirect(reading);
    if (sign) redirects.push(sign);
    else {
      const next = word(reading);
      if (next === undefined) break;
      words.push(next);
    }
    end = reading.at;
    blanks(reading);
  }
  if (words.length === 0 && redirects.length === 0) return undefined;
  const [name, ...args] = words;
  const span = source.span(start, end);
  return new CommandNode(span, name, args, [], redirects);
}

function group(reading: Reading): Statement {
  const { source } = reading;
  const start = reading.at++;
  reading.depth++;
  const bodies: Statement[] = [];
  while (reading.at < source.text.length && source.text[reading.at] !== ')') {
    const before = reading.at;
    const found = chain(reading);
    if (found) bodies.push(found);
    blanks(reading);
    const sign = source.text[reading.at];
    if (sign === '&' || sign === '\n' || (reading.at === before && sign !== ')')) reading.at++;
  }
  reading.depth--;
  if (reading.at < source.text.length) reading.at++;
  const span = source.span(start, reading.at);
  return { kind: 'block', opener: 'group', span, bodies, words: [], redirects: [] };
}

function redirect(reading: Reading): Redirect {
  const { source } = reading;
  const start = reading.at;
  while (/[<>&]/.test(source.text[reading.at] ?? '')) reading.at++;
  const operator = source.text.slice(start, reading.at);
  blanks(reading);
  const target = word(reading);
  return { span: source.span(start, reading.at), operator, ...(target && { target }) };
}

/** Characters that neither end a word nor have a meaning in it, outside and inside quotes. */
const ordinary = /[^"^\\\s&|<>)]+/y;
const ordinaryInQuotes = /[^"\n]+/y;

function word(reading: Reading): ShellWord | undefined {
  const { source } = reading;
  const { text: all } = source;
  const start = reading.at;
  let text = '';
  let quoted = false;
  for (; reading.at < all.length; reading.at++) {
    const run = quoted ? ordinaryInQuotes : ordinary;
    run.lastIndex = reading.at;
    if (run.test(all)) {
      text += all.slice(reading.at, run.lastIndex);
      reading.at = run.lastIndex;
    }
    const char = all[reading.at];
    if (char === undefined) break;
    if (char === '"') quoted = !quoted;
    else if (char === '\n') break;
    else if (quoted) text += char;
    else if (char === '^' && reading.at + 1 < all.length) text += all[++reading.at] ?? '';
    else if (char === '\\' && all[reading.at + 1] === '\n') reading.at++;
    else if (/[\s&|<>)]/.test(char)) break;
    else text += char;
  }
  if (reading.at === start) return undefined;
  const raw = source.raw(start, reading.at);
  const variables = variablesIn(source, start, reading.at);
  const literal = variables.length === 0 && !/[*?]/.test(text);
  return { span: source.span(start, reading.at), text, raw, literal, variables, scripts: [] };
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
