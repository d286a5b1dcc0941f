/** Converts words that unbash has parsed into our tree, with their variables and command substitutions. */
import { forEachChild, type CommandArgument, type ParsedScript, type SyntaxNode } from 'unbash';
import type { Span } from '../../server/src/text/span.ts';
import type { ShellVariable, ShellWord, Statement } from '../../server/src/shell/script.ts';
import { unquotedSource, type Source } from '../../server/src/shell/source.ts';

/** The state of parsing a script. */
export interface Reading {
  readonly source: Source;
  readonly errors: Span[];
  depth: number;
  /** Converts the script of a substitution. */
  readonly scriptOf: (reading: Reading, script: ParsedScript) => Statement[];
}

/** The position of a node of unbash. */
export interface Place {
  readonly pos: number;
  readonly end: number;
}

/** Depth limit: unbash parses each nested substitution on access up to its end, which takes quadratic time. */
const deepest = 40;

export const none: readonly never[] = [];

export function words(reading: Reading, nodes: readonly CommandArgument[]): readonly ShellWord[] {
  if (nodes.length === 0) return none;
  const made: ShellWord[] = [];
  for (const node of nodes) made.push(word(reading, node));
  return made;
}

/** All words below a node. */
export function wordsIn(reading: Reading, node: SyntaxNode): ShellWord[] {
  if (node.type === 'Word') return [word(reading, node)];
  const found: ShellWord[] = [];
  forEachChild(node, (child) => found.push(...wordsIn(reading, child)));
  return found;
}

/** Words of characters without a special meaning, which are their own value. */
const simple = /^[\w./:,+@%=-]*$/;

/** A command or process substitution, also with line continuations. */
const substitution = /`|[$<>](?:\\\n)*\(/;

export function word(reading: Reading, node: CommandArgument): ShellWord {
  const { text } = node;
  if (simple.test(text)) return createPlainWord(reading, node, text);
  if (!substitution.test(text)) return new LazyWord(reading, node);
  return createWord(reading, node, { text: unquotedText(reading, node) });
}

/** The value of a word as unbash parses it; in an assignment, only the part after `=` is unquoted. */
function unquotedText({ source }: Reading, node: CommandArgument): string {
  if (node.type === 'Word') return node.value;
  const { value } = node;
  return value.type === 'Word' ? source.text.slice(node.pos, value.pos) + value.value : node.text;
}

/** A word without quotes and escapes is its own value; a single pair of quotes is removed. */
const unescaped = /^[^'"\\]*$/;
const oneQuote = /^(?:'[^']*'|"[^"\\]*")$/;

/**
 * A word without substitutions. unbash creates a separate lexer for the parts of a word, and most words are only
 * compared, so the parts are parsed on access.
 */
class LazyWord implements ShellWord {
  readonly span: Span;
  readonly scripts = none;
  readonly #reading: Reading;
  readonly #node: CommandArgument;
  #text: string | undefined;
  #found: Found | undefined;

  constructor(reading: Reading, node: CommandArgument) {
    this.span = reading.source.span(node.pos, node.end);
    this.#reading = reading;
    this.#node = node;
  }
  get text(): string {
    return (this.#text ??= this.#value());
  }
  get raw(): string {
    return this.#reading.source.raw(this.#node.pos, this.#node.end);
  }
  get literal(): boolean {
    return isLiteral(this.#reading, this.#node, this.#parts());
  }
  get variables(): readonly ShellVariable[] {
    return this.#parts().variables ?? none;
  }
  #value(): string {
    const { type, text } = this.#node;
    if (unescaped.test(text)) return text;
    if (type === 'Word' && oneQuote.test(text)) return text.slice(1, -1);
    return unquotedText(this.#reading, this.#node);
  }
  #parts(): Found {
    return (this.#found ??= partsOf(this.#reading, this.#node, {}));
  }
}

/** A word that is its own value. */
export function createPlainWord({ source }: Reading, { pos, end }: Place, text: string): ShellWord {
  return {
    span: source.span(pos, end),
    text,
    raw: source.raw(pos, end),
    literal: true,
    variables: none,
    scripts: none,
  };
}

interface Found {
  variables: ShellVariable[] | undefined;
  scripts: Statement[] | undefined;
  expands: boolean;
}

export function createWord(
  reading: Reading,
  node: SyntaxNode,
  { text, quoted = false, upTo }: { text?: string; quoted?: boolean; upTo?: number },
): ShellWord {
  const { source } = reading;
  const end = upTo ?? node.end;
  const found = partsOf(reading, node, { quoted, upTo: end });
  return {
    span: source.span(node.pos, end),
    text: text ?? source.text.slice(node.pos, end),
    raw: source.raw(node.pos, end),
    literal: isLiteral(reading, node, found),
    variables: found.variables ?? none,
    scripts: found.scripts ?? none,
  };
}

function isLiteral({ source }: Reading, { pos }: Place, { expands }: Found): boolean {
  return !expands && source.text[pos] !== '~';
}

function partsOf(
  reading: Reading,
  node: SyntaxNode,
  { quoted = false, upTo = node.end }: { quoted?: boolean; upTo?: number },
): Found {
  const found: Found = { variables: undefined, scripts: undefined, expands: false };
  reading.depth++;
  if (reading.depth < deepest)
    forEachChild(node, (child) => {
      if (child.pos < upTo) collect(reading, child, quoted, found);
    });
  reading.depth--;
  return found;
}

function collect(reading: Reading, node: SyntaxNode, quoted: boolean, found: Found): void {
  switch (node.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return;
    case 'SimpleExpansion':
      (found.variables ??= []).push(
        variable(reading, node, { pos: node.pos + 1, end: node.end }, quoted),
      );
      found.expands = true;
      return;
    case 'ParameterExpansion': {
      const name = { pos: node.parameterPos, end: node.parameterEnd };
      (found.variables ??= []).push(variable(reading, node, name, quoted));
      break;
    }
    case 'ArithmeticWord':
      if (/^[A-Za-z_]\w*$/.test(node.value))
        (found.variables ??= []).push(variable(reading, node, node, true));
      break;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticCommandExpansion':
      found.expands = true;
      (found.scripts ??= []).push(...substituted(reading, node, node.script));
      return;
  }
  found.expands ||= expanding.has(node.type);
  const inQuotes = quoted || node.type === 'DoubleQuoted' || node.type === 'LocaleString';
  reading.depth++;
  if (reading.depth < deepest)
    forEachChild(node, (child) => {
      collect(reading, child, inQuotes, found);
    });
  reading.depth--;
}

const expanding: ReadonlySet<SyntaxNode['type']> = new Set([
  'ParameterExpansion',
  'ArithmeticExpansion',
  'ArithmeticCommand',
  'ArithmeticWord',
  'Glob',
  'ExtendedGlob',
  'BraceExpansion',
]);

function variable({ source }: Reading, node: Place, name: Place, quoted: boolean): ShellVariable {
  return {
    span: source.span(node.pos, node.end),
    name: source.text.slice(name.pos, name.end),
    nameSpan: source.span(name.pos, name.end),
    quoted,
  };
}

/** In escaped backticks, unbash counts offsets in the text without the escapes. */
function substituted(
  reading: Reading,
  { pos, end }: Place,
  script: ParsedScript | undefined,
): Statement[] {
  if (script === undefined) return [];
  if (script.source === undefined) return reading.scriptOf(reading, script);
  const written = { at: reading.source.span(pos, end).start, text: reading.source.raw(pos, end) };
  const source = unquotedSource(written, script.source);
  return source === undefined ? [] : reading.scriptOf({ ...reading, source }, script);
}
