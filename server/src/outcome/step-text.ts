/** Compares instructions with what a builder prints of them: expanded variables, joined lines, shortened heredocs. */
import type { Dockerfile, Instruction, Run } from '../syntax/tree.ts';
import { slice } from '../text/span.ts';

/** A text between its variables. */
interface TextPattern {
  readonly parts: readonly string[];
  /** Whether any text may follow: the body of a heredoc. */
  readonly isOpen: boolean;
}

/** Whether a builder prints an instruction in this way: `RUN npm ci`. Where variables are, any text may be. */
export function isTextOf(printed: string, instruction: Instruction, tree: Dockerfile): boolean {
  return matchesParts(compact(printed), patternOf(instruction, tree));
}

/** Whether a builder prints the script of a RUN in this way, without its flags. */
export function isScriptOf(printed: string, run: Run, tree: Dockerfile): boolean {
  const start = run.command?.span.start;
  return start !== undefined && matchesParts(compact(printed), patternOf(run, tree, start));
}

/** The text of an instruction on one line, as builders print it: without comments and line continuations. */
export function oneLine(
  instruction: Instruction,
  { text, comments, escape }: Dockerfile,
  from = instruction.span.start,
): string {
  const { span } = instruction;
  const [heredoc] = instruction.heredocs;
  const end = heredoc ? lineEnd(text, heredoc.span.end, heredoc.body.start) : span.end;
  let result = '';
  let at = from;
  for (const comment of comments) {
    if (!comment.isInside || comment.span.start < at || comment.span.end > end) continue;
    result += text.slice(at, comment.span.start);
    at = comment.span.end;
  }
  result += text.slice(at, end);
  const continuation = escape === '`' ? /`[ \t]*\r?\n/g : /\\[ \t]*\r?\n/g;
  return result.replace(continuation, ' ').replace(/\s+/g, ' ').trim();
}

/** The text of an instruction with its heredocs, without what does not change its meaning. */
export function instructionKey(instruction: Instruction, tree: Dockerfile): string {
  const [first] = instruction.heredocs;
  const rest = first
    ? slice(tree.text, { start: first.body.start, end: instruction.span.end })
    : '';
  const line = oneLine(instruction, tree);
  const keyword = instruction.keyword.text;
  return `${keyword.toUpperCase()}${line.slice(keyword.length)}${rest && `\n${rest}`}`;
}

function lineEnd(text: string, from: number, before: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? before : Math.min(end, before);
}

function compact(text: string): string {
  return text.replace(/[\s"'\\`]+/g, '').toLowerCase();
}

const variable = /\$(?:\{[^}]*\}|[A-Za-z_]\w*|[@*#?$!\d-])/g;

/** Without whitespace, quotes and escapes. */
function patternOf(instruction: Instruction, tree: Dockerfile, from?: number): TextPattern {
  const line = oneLine(instruction, tree, from);
  return { parts: betweenVariables(line).map(compact), isOpen: instruction.heredocs.length > 0 };
}

/** The parts of a text between its variables, in which any text may be. */
export function betweenVariables(text: string): readonly string[] {
  return text.replace(variable, '\0').split('\0');
}

/** Whether the text consists of the parts and of anything between them; in linear time. */
export function matchesParts(text: string, { parts, isOpen }: TextPattern): boolean {
  const [first = '', ...others] = parts;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const [i, part] of others.entries()) {
    const isLast = i === others.length - 1;
    const found = isLast && !isOpen ? text.length - part.length : text.indexOf(part, at);
    if (found < at || !text.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return isOpen || at === text.length;
}
