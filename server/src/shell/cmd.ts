/** A light reading of cmd.exe command lines: words, separators, groups in parentheses; no `for` or `if` grammar. */
import { hull } from './hull.ts';
import type {
  Chain,
  Command,
  Pipeline,
  Redirect,
  Script,
  ShellVariable,
  ShellWord,
  Statement,
} from './script.ts';
import type { Source } from './source.ts';

/** Reads any text; there are no errors, only less structure. */
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
    // A closing parenthesis too many is stepped over like a separator.
    if (sign === '&' || sign === '\n' || sign === ')' || reading.at === before) reading.at++;
  }
  return { dialect: 'cmd', statements, separators, errors: [] };
}

interface Reading {
  readonly source: Source;
  at: number;
  depth: number;
}

/** Deeper groups are read as words, so that no text can exhaust the stack. */
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

function chain(reading: Reading): Statement | undefined {
  const first = pipeline(reading);
  if (first === undefined) return undefined;
  const parts = [first];
  const operators: Chain['operators'][number][] = [];
  const { source } = reading;
  for (;;) {
    blanks(reading);
    const at = reading.at;
    const text = source.text.slice(at, at + 2);
    if (text !== '&&' && text !== '||') break;
    reading.at += 2;
    skipLines(reading);
    const next = pipeline(reading);
    if (next === undefined) break;
    operators.push({ text, span: source.span(at, at + 2) });
    parts.push(next);
  }
  return parts.length === 1 ? first : { kind: 'chain', span: hull(parts), parts, operators };
}

function skipLines(reading: Reading): void {
  blanks(reading);
  while (reading.source.text[reading.at] === '\n') {
    reading.at++;
    blanks(reading);
  }
}

function pipeline(reading: Reading): Statement | undefined {
  const first = command(reading);
  if (first === undefined) return undefined;
  const parts: Statement[] = [first];
  for (;;) {
    blanks(reading);
    const { text } = reading.source;
    if (text[reading.at] !== '|' || text[reading.at + 1] === '|') break;
    reading.at++;
    const next = command(reading);
    if (next) parts.push(next);
  }
  if (parts.length === 1) return first;
  return { kind: 'pipeline', span: hull(parts), parts, negated: false } satisfies Pipeline;
}

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
  return {
    kind: 'command',
    span,
    ...(name && { name }),
    args,
    assignments: [],
    redirects,
  } satisfies Command;
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

function word(reading: Reading): ShellWord | undefined {
  const { source } = reading;
  const { text: all } = source;
  const start = reading.at;
  let text = '';
  let quoted = false;
  for (; reading.at < all.length; reading.at++) {
    const char = all[reading.at] ?? '';
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
