/**
 * The syntactic place of a line in a script: its block depth, the command it continues, and whether it is inside a
 * word.
 */
import type { Block, Command, Pipeline, Script, ShellWord, Statement } from '../../shell/script.ts';
import { firstFrom } from '../../text/sorted.ts';
import type { Node } from '../../text/span.ts';

export interface ScriptPlace {
  /** The number of enclosing blocks. */
  readonly depth: number;
  /** The start of the command or pipeline that continues here. */
  readonly unit?: number;
  /** Whitespace here may be part of a word. */
  readonly inWord?: true;
  /** The line continues a pipeline, as all its other lines do. */
  readonly inPipeline?: true;
  /** The number of substitutions around the place, such as `$(…)`. */
  readonly substitutions?: number;
}

const outermost: ScriptPlace = { depth: 0 };

/** The place of an offset, which is that of the first character of a line. */
export function scriptPlace({ statements }: Script, offset: number, text: string): ScriptPlace {
  return placeAmong(statements, { offset, text }, 0) ?? outermost;
}

interface Query {
  readonly offset: number;
  readonly text: string;
}

/** The last node that starts at or before an offset, if it contains it. */
export function nodeAt<N extends Node>(nodes: readonly N[], offset: number): N | undefined {
  const found = nodes[firstFrom(nodes, offset + 1) - 1];
  return found && offset < found.span.end ? found : undefined;
}

function placeAmong(
  statements: readonly Statement[],
  query: Query,
  depth: number,
): ScriptPlace | undefined {
  const found = nodeAt(statements, query.offset);
  return found && placeInside(found, query, depth);
}

function placeInside(statement: Statement, query: Query, depth: number): ScriptPlace {
  switch (statement.kind) {
    case 'command':
      return inCommand(statement, query, depth);
    case 'pipeline':
      return inPipeline(statement, query, depth);
    case 'chain':
      return placeAmong(statement.parts, query, depth) ?? { depth };
    case 'block':
      return inBlock(statement, query, depth);
  }
}

/** Whether an offset is inside one of some nodes, which are sorted by their starts. */
function isInsideAny(nodes: readonly Node[], offset: number): boolean {
  return (nodeAt(nodes, offset)?.span.start ?? offset) < offset;
}

function isInside(node: Node | undefined, offset: number): boolean {
  return node !== undefined && node.span.start < offset && offset < node.span.end;
}

function inCommand(command: Command, query: Query, depth: number): ScriptPlace {
  const { span, name, args, assignments, redirects } = command;
  const { offset } = query;
  if (offset === span.start) return { depth };
  const nested = inSubstitution([name, nodeAt(assignments, offset), nodeAt(args, offset)], query);
  if (nested)
    return { ...nested, unit: span.start, substitutions: (nested.substitutions ?? 0) + 1 };
  const inWord =
    isInside(name, offset) ||
    isInsideAny(assignments, offset) ||
    isInsideAny(args, offset) ||
    isInsideAny(redirects, offset);
  return { depth, unit: span.start, ...(inWord && { inWord }) };
}

/** The place in a script that a word runs. */
function inSubstitution(
  words: readonly (ShellWord | undefined)[],
  query: Query,
): ScriptPlace | undefined {
  const { offset } = query;
  const word = words.find((one) => one && one.span.start < offset && offset < one.span.end);
  const script = word && nodeAt(word.scripts, offset);
  if (script === undefined || script.span.start === offset) return undefined;
  return placeInside(script, query, 0);
}

function inPipeline({ span, parts }: Pipeline, query: Query, depth: number): ScriptPlace {
  const part = nodeAt(parts, query.offset);
  const first = query.offset === span.start;
  if (part && (first || part.span.start < query.offset)) return placeInside(part, query, depth);
  return first ? { depth } : { depth, unit: span.start, inPipeline: true };
}

function inBlock(block: Block, query: Query, depth: number): ScriptPlace {
  const { span, opener, bodies, words, redirects } = block;
  const { offset, text } = query;
  if (offset === span.start) return { depth };
  const step = opener === 'case' ? 2 : 1;
  const body = placeAmong(bodies, query, depth + step);
  if (body) return body;
  const nested = inSubstitution([nodeAt(words, offset)], query);
  if (nested)
    return { ...nested, unit: span.start, substitutions: (nested.substitutions ?? 0) + 1 };
  const inWord = isInsideAny(words, offset) || isInsideAny(redirects, offset);
  if (inWord || isInside(block.variable, offset)) return { depth, inWord: true };
  const isWord = nodeAt(words, offset)?.span.start === offset;
  if (opener === 'case') {
    if (text.startsWith(';;', offset)) return { depth: depth + 2 };
    return { depth: isWord || text.charAt(offset) === '(' ? depth + 1 : depth };
  }
  return isWord || opener === 'test' ? { depth, unit: span.start } : { depth };
}
