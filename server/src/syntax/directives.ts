import { HASH, isSpace } from './characters.ts';
import { comment, lineEnd, nextBreak, type Reader, skipSpace } from './lexer.ts';
import type { Directive, Instruction } from './tree.ts';
import { trouble } from './trouble.ts';

/** Reads the rest of a text, with the lists to which it is added. */
export interface FileReader extends Reader {
  escape: Reader['escape'];
  readonly directives: Directive[];
  readonly instructions: Instruction[];
  /** Where the instructions begin whose parts are not kept, if some of them have been read. */
  readonly laterStart: number | undefined;
}

const names = ['syntax', 'escape', 'check'] as const;

/** `name = value` after the `#`; the value has at least one character. */
function directiveAt(text: string, hash: number, end: number): Directive | undefined {
  const match = /^(#[\t\n\f\r ]*)([a-zA-Z][a-zA-Z0-9]*)([\t\n\f\r ]*=[\t\n\f\r ]*)(?=.)/.exec(
    text.slice(hash, end),
  );
  if (match === null) return undefined;
  const [prefix, lead = '', written = ''] = match;
  const from = hash + lead.length;
  const name = names.find((known) => known === written.toLowerCase());
  if (name === undefined) return undefined;
  let valueEnd = end;
  const valueAt = hash + prefix.length;
  while (valueEnd > valueAt + 1 && isSpace(text.charCodeAt(valueEnd - 1))) valueEnd--;
  return {
    name,
    span: { start: hash, end: valueEnd },
    nameSpan: { start: from, end: from + written.length },
    value: text.slice(valueAt, valueEnd),
    valueSpan: { start: valueAt, end: valueEnd },
  };
}

/** Parses the directives at the top, up to the first line that is not a directive (BuildKit parser/directives.go). */
export function readHead(text: string): FileReader {
  const next = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const head: FileReader = {
    document: text,
    escape: '\\',
    next,
    comments: [],
    emptyContinuations: [],
    errors: [],
    mayHaveHeredocs: text.includes('<<'),
    directives: [],
    instructions: [],
    laterStart: undefined,
  };
  // Most files begin with an instruction or with another comment.
  const hash = skipSpace(text, next, text.length);
  if (text.charCodeAt(hash) !== HASH) return head;
  const first = text.charAt(skipSpace(text, hash + 1, text.length));
  if ('!SsEeCc'.includes(first)) readDirectives(head);
  return head;
}

/**
 * After a `#!` line BuildKit still finds `syntax` and `check`, but its parser does not find `escape`; after an indented
 * line it is the other way round.
 */
function readDirectives(head: FileReader): void {
  const { document: text, comments, directives, errors } = head;
  let { next } = head;
  let isIndented = false;
  let seen: Map<Directive['name'], Directive['span']> | undefined;
  const shebang = text.startsWith('#!', next);
  if (shebang) {
    const eol = nextBreak(text, next);
    comments.push(comment(text, next, lineEnd(text, next, eol), false));
    next = Math.min(eol + 1, text.length);
  }
  while (next < text.length) {
    const eol = nextBreak(text, next);
    const end = lineEnd(text, next, eol);
    const start = skipSpace(text, next, end);
    const directive = text.charCodeAt(start) === HASH ? directiveAt(text, start, end) : undefined;
    if (directive === undefined || (shebang && directive.name === 'escape')) break;
    const { name, value, span } = directive;
    isIndented ||= start > next;
    seen ??= new Map();
    const first = seen.get(name);
    if (first) {
      // BuildKit reports the line before the second directive. This span includes it, as it covers both directives.
      const both = { start: first.start, end: span.end };
      errors.push(trouble('duplicate-directive', { span: both }, name));
    } else if (name === 'escape') {
      if (value === '`' || value === '\\') head.escape = value;
      else errors.push(trouble('escape-directive', { span: directive.valueSpan }, value));
    }
    seen.set(name, first ?? span);
    if (isIndented && name !== 'escape') comments.push(comment(text, start, end, false));
    else directives.push(directive);
    next = Math.min(eol + 1, text.length);
  }
  head.next = next;
}
