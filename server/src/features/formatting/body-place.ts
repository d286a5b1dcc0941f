/** What the indentation of a line depends on, in a script with lines of its own. */
import type { Block, ShellWord, Statement } from '../../shell/script.ts';
import type { Node } from '../../text/span.ts';
import { nodeAt } from './script-place.ts';

export interface BodyPlace {
  /** The start of the statement whose line this one is indented by; undefined at the top level. */
  readonly anchor?: number | undefined;
  /** The levels below that line. */
  readonly deeper: number;
  /** The line continues the statement: deeper indentation is kept as one level. */
  readonly continues?: true | undefined;
  /** Whitespace here may be part of a word. */
  readonly inWord?: true | undefined;
  /** The place is in a substitution, such as `$(…)`. */
  readonly inSubstitution?: boolean | undefined;
}

interface Query {
  /** The first character of a line that is not whitespace. */
  readonly offset: number;
  readonly text: string;
}

/** The place of a line among statements; `outer` is that of those which start a line. */
export function bodyPlace(
  statements: readonly Statement[],
  query: Query,
  outer: BodyPlace,
): BodyPlace {
  const found = nodeAt(statements, query.offset);
  if (found === undefined || found.span.start === query.offset) return outer;
  return placeInside(found, query);
}

function placeInside(statement: Statement, query: Query): BodyPlace {
  const { span } = statement;
  const { offset } = query;
  const continued: BodyPlace = { anchor: span.start, deeper: 0, continues: true };
  if (statement.kind === 'block') return inBlock(statement, query);
  if (statement.kind === 'pipeline' || statement.kind === 'chain')
    return bodyPlace(statement.parts, query, continued);
  const { name, args, assignments, redirects } = statement;
  const words = [name, nodeAt(assignments, offset), nodeAt(args, offset)];
  const inWord = inWords(words, query, span.start);
  if (inWord) return inWord;
  return isInside(redirects, offset) ? { ...continued, inWord: true } : continued;
}

/** The place in one of some words of a statement: in a script that the word runs, or in the word itself. */
function inWords(
  words: readonly (ShellWord | undefined)[],
  query: Query,
  anchor: number,
): BodyPlace | undefined {
  const { offset } = query;
  const word = words.find((one) => one && one.span.start < offset && offset < one.span.end);
  if (word === undefined) return undefined;
  if (nodeAt(word.scripts, offset) === undefined) return { anchor, deeper: 0, inWord: true };
  return { ...bodyPlace(word.scripts, query, { anchor, deeper: 1 }), inSubstitution: true };
}

/** Whether an offset is inside one of some nodes, which are sorted by their starts. */
function isInside(nodes: readonly Node[], offset: number): boolean {
  return (nodeAt(nodes, offset)?.span.start ?? offset) < offset;
}

function inBlock(block: Block, query: Query): BodyPlace {
  const { span, opener, bodies, words, redirects, variable } = block;
  const { offset, text } = query;
  const own: BodyPlace = { anchor: span.start, deeper: 0 };
  const step = opener === 'case' ? 2 : 1;
  if (nodeAt(bodies, offset)) return bodyPlace(bodies, query, { ...own, deeper: step });
  const inWord = inWords([variable, nodeAt(words, offset)], query, span.start);
  if (inWord) return inWord;
  if (isInside(redirects, offset)) return { ...own, inWord: true };
  const isWord = nodeAt(words, offset)?.span.start === offset;
  if (opener === 'case') {
    if (text.startsWith(';;', offset)) return { ...own, deeper: step };
    return { ...own, deeper: isWord || text.charAt(offset) === '(' ? 1 : 0 };
  }
  return isWord || opener === 'test' ? { ...own, continues: true } : own;
}
