/** Words of POSIX shell and bash to our tree, with the variables and the commands that stand in them. */
import { forEachChild, type CommandArgument, type ParsedScript, type SyntaxNode } from 'unbash';
import type { Span } from '../text/span.ts';
import type { ShellVariable, ShellWord, Statement } from './script.ts';
import { unquoted, type Source } from './source.ts';

/** A script on the way. */
export interface Reading {
  readonly source: Source;
  readonly errors: Span[];
  depth: number;
  /** Reads what a substitution holds. */
  readonly scriptOf: (reading: Reading, script: ParsedScript) => Statement[];
}

/** Where a node of unbash stands. */
export interface Place {
  readonly pos: number;
  readonly end: number;
}

/** unbash reads each nested substitution when asked, up to its end: nobody writes as many, and each costs the rest. */
const deepest = 40;

export const none: readonly never[] = [];

export function words(reading: Reading, nodes: readonly CommandArgument[]): readonly ShellWord[] {
  return nodes.length === 0 ? none : nodes.map((node) => word(reading, node));
}

/** All words below a node. */
export function wordsIn(reading: Reading, node: SyntaxNode): ShellWord[] {
  if (node.type === 'Word') return [word(reading, node)];
  const found: ShellWord[] = [];
  forEachChild(node, (child) => found.push(...wordsIn(reading, child)));
  return found;
}

/** Characters that stand for themselves wherever they are: such words need no second look. */
const simple = /^[\w./:,+@%=-]*$/;

export function word(reading: Reading, node: CommandArgument): ShellWord {
  if (simple.test(node.text)) return plain(reading, node, node.text);
  if (node.type === 'Word') return composed(reading, node, { text: node.value });
  const { value } = node;
  const written = reading.source.text.slice(node.pos, value.pos);
  const text = value.type === 'Word' ? written + value.value : node.text;
  return composed(reading, node, { text });
}

export function plain({ source }: Reading, { pos, end }: Place, text: string): ShellWord {
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

export function composed(
  reading: Reading,
  node: SyntaxNode,
  { text, quoted = false, upTo }: { text?: string; quoted?: boolean; upTo?: number },
): ShellWord {
  const { source } = reading;
  const end = upTo ?? node.end;
  const found: Found = { variables: undefined, scripts: undefined, expands: false };
  reading.depth++;
  if (reading.depth < deepest)
    forEachChild(node, (child) => {
      if (child.pos < end) collect(reading, child, quoted, found);
    });
  reading.depth--;
  const { variables = none, scripts = none } = found;
  return {
    span: source.span(node.pos, end),
    text: text ?? source.text.slice(node.pos, end),
    raw: source.raw(node.pos, end),
    literal: !found.expands && source.text[node.pos] !== '~',
    variables,
    scripts,
  };
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

/** Inside escaped back-ticks unbash counts in the text without the escapes. */
function substituted(
  reading: Reading,
  { pos, end }: Place,
  script: ParsedScript | undefined,
): Statement[] {
  if (script === undefined) return [];
  if (script.source === undefined) return reading.scriptOf(reading, script);
  const written = { at: reading.source.span(pos, end).start, text: reading.source.raw(pos, end) };
  const source = unquoted(written, script.source);
  return source === undefined ? [] : reading.scriptOf({ ...reading, source }, script);
}
