/** Splits a text into tokens without gaps: the texts of all tokens together are the whole text. */
import type { Node, Span } from '../text/span.ts';
import { CR, isSpace, SPACE, TAB } from './characters.ts';
import type { CommandLine, Dockerfile, Flag, Heredoc, Instruction, Pair, Word } from './tree.ts';

/** Tokens that are nodes of the tree or parts of them. */
type Leaf =
  | 'keyword'
  /** With its dashes. */
  | 'flag-name'
  | 'flag-value'
  | 'key'
  | 'value'
  | 'word'
  /** A line of a shell script. */
  | 'script'
  | 'heredoc-mark';
/** All tokens, including those between nodes. */
export type TokenKind =
  | Leaf
  | 'heredoc-body'
  | 'terminator'
  | 'hash'
  | 'directive-name'
  | 'directive-value'
  | 'comment'
  | 'equals'
  | 'punctuation'
  /** The escape character that continues a line. */
  | 'continuation'
  | 'blank'
  | 'byte-order-mark'
  /** Includes the carriage returns before it. */
  | 'line-break';

export interface Token extends Node {
  readonly kind: TokenKind;
}

interface Cutting {
  readonly tree: Dockerfile;
  readonly done: Token[];
  /** The offset up to which the text is split. */
  at: number;
  /** The index of the next comment. */
  comment: number;
}

const LF = 10;
const EQUALS = 61;
const BYTE_ORDER_MARK = 0xfeff;

/** All tokens of a tree's text. A node that continues on other lines has one token on each line. */
export function tokens(tree: Dockerfile): readonly Token[] {
  const cutting: Cutting = { tree, done: [], at: 0, comment: 0 };
  if (tree.text.charCodeAt(0) === BYTE_ORDER_MARK) push(cutting, 'byte-order-mark', 1);
  for (const { span, nameSpan, valueSpan } of tree.directives) {
    between(cutting, span.start);
    push(cutting, 'hash', span.start + 1);
    between(cutting, nameSpan.start);
    push(cutting, 'directive-name', nameSpan.end);
    between(cutting, valueSpan.start);
    push(cutting, 'directive-value', valueSpan.end);
  }
  for (const instruction of tree.instructions) cutInstruction(cutting, instruction);
  between(cutting, tree.text.length);
  return cutting.done;
}

function push(cutting: Cutting, kind: TokenKind, end: number): void {
  if (end <= cutting.at) return;
  cutting.done.push({ kind, span: { start: cutting.at, end } });
  cutting.at = end;
}

function cutInstruction(cutting: Cutting, instruction: Instruction): void {
  const { keyword, flags, heredocs } = instruction;
  leaf(cutting, 'keyword', keyword.span);
  for (const flag of flags) cutFlag(cutting, flag);
  if (instruction.kind === 'ONBUILD' && instruction.trigger) {
    cutInstruction(cutting, instruction.trigger);
    return;
  }
  cutArguments(cutting, instruction);
  for (const { body, terminator } of heredocs) {
    between(cutting, body.start);
    push(cutting, 'heredoc-body', body.end);
    if (!terminator) continue;
    between(cutting, terminator.start);
    push(cutting, 'terminator', terminator.end);
  }
}

function cutFlag(cutting: Cutting, { span, name, value }: Flag): void {
  leaf(cutting, 'flag-name', { start: span.start, end: value ? name.span.end : span.end });
  if (value) leaf(cutting, 'flag-value', value.span);
}

function cutArguments(cutting: Cutting, instruction: Instruction): void {
  switch (instruction.kind) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      cutCommand(cutting, instruction.command, instruction.heredocs);
      return;
    case 'HEALTHCHECK':
      if (instruction.type) leaf(cutting, 'keyword', instruction.type.span);
      cutCommand(cutting, instruction.command, []);
      return;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const pair of instruction.pairs) cutPair(cutting, pair);
      return;
    case 'COPY':
    case 'ADD':
      cutFiles(cutting, instruction.words, instruction.heredocs);
      return;
    default: {
      const as = instruction.kind === 'FROM' ? instruction.as : undefined;
      for (const word of instruction.words)
        leaf(cutting, word === as ? 'keyword' : 'word', word.span);
    }
  }
}

function cutPair(cutting: Cutting, { key, value }: Pair): void {
  leaf(cutting, 'key', key.span);
  if (value) leaf(cutting, 'value', value.span);
}

function cutCommand(
  cutting: Cutting,
  command: CommandLine | undefined,
  heredocs: readonly Heredoc[],
): void {
  if (command?.form === 'exec') {
    for (const { span } of command.argv) leaf(cutting, 'word', span);
    return;
  }
  if (!command) return;
  between(cutting, command.span.start);
  for (const { span } of heredocs) {
    cut(cutting, 'script', span.start);
    leaf(cutting, 'heredoc-mark', span);
  }
  cut(cutting, 'script', heredocs[0]?.body.start ?? command.span.end);
}

/** A word that is part of a heredoc's start, as in `<< EOF`, is not a token. */
function cutFiles(cutting: Cutting, words: readonly Word[], heredocs: readonly Heredoc[]): void {
  let next = 0;
  for (const { span } of words) {
    for (; next < heredocs.length; next++) {
      const mark = heredocs[next]?.span;
      if (mark === undefined || mark.start > span.start) break;
      leaf(cutting, 'heredoc-mark', mark);
    }
    leaf(cutting, 'word', span);
  }
}

function leaf(cutting: Cutting, kind: Leaf, { start, end }: Span): void {
  between(cutting, start);
  cut(cutting, kind, end);
}

/** Splits the text before the next node. */
function between(cutting: Cutting, end: number): void {
  cut(cutting, undefined, end);
}

/** Splits up to an offset, line by line, with comments as separate tokens. */
function cut(cutting: Cutting, kind: Leaf | undefined, end: number): void {
  const { text, comments } = cutting.tree;
  while (cutting.at < end) {
    const { at } = cutting;
    const eol = text.indexOf('\n', at);
    const to = eol < 0 || eol >= end ? end : eol;
    const comment = comments[cutting.comment]?.span;
    if (comment && comment.start >= at && comment.end <= to) {
      cutting.comment++;
      cutGap(cutting, comment.start);
      push(cutting, 'comment', comment.end);
    } else if (to === end) cutPiece(cutting, kind, end);
    else cutLine(cutting, kind, to);
  }
}

/** Splits the rest of a line whose line feed is at an offset. */
function cutLine(cutting: Cutting, kind: Leaf | undefined, eol: number): void {
  const { text, escape } = cutting.tree;
  const { at } = cutting;
  let breakAt = eol;
  while (breakAt > at && text.charCodeAt(breakAt - 1) === CR) breakAt--;
  let end = breakAt;
  // An empty line within an instruction belongs to no node, whatever whitespace it has.
  if (runEnd(text, at, breakAt, isSpace) === breakAt) end = at;
  while (end > at && isTrailing(text.charCodeAt(end - 1))) end--;
  const continued = end > at && text.charAt(end - 1) === escape;
  cutPiece(cutting, kind, continued ? end - 1 : end);
  if (continued) push(cutting, 'continuation', end);
  push(cutting, 'blank', breakAt);
  push(cutting, 'line-break', eol + 1);
}

function isTrailing(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Splits a part of a line. */
function cutPiece(cutting: Cutting, kind: Leaf | undefined, end: number): void {
  if (kind === undefined) {
    cutGap(cutting, end);
    return;
  }
  const { text } = cutting.tree;
  // Indentation has no meaning for a shell; in a quoted word, whitespace is part of the word.
  if (kind === 'script' && text.charCodeAt(cutting.at - 1) === LF) {
    push(cutting, 'blank', runEnd(text, cutting.at, end, isSpace));
  }
  push(cutting, kind, end);
}

/** The end of the characters from `from` on that match. */
function runEnd(
  text: string,
  from: number,
  to: number,
  fits: (code: number, at: number) => boolean,
): number {
  let at = from;
  while (at < to && fits(text.charCodeAt(at), at)) at++;
  return at;
}

/**
 * Splits text outside nodes: whitespace, a continuation at the end of the text, `=`, and the brackets and commas of
 * arrays.
 */
function cutGap(cutting: Cutting, end: number): void {
  const { text, escape } = cutting.tree;
  while (cutting.at < end) {
    const { at } = cutting;
    const code = text.charCodeAt(at);
    if (isSpace(code)) push(cutting, 'blank', runEnd(text, at, end, isSpace));
    else if (code === EQUALS) push(cutting, 'equals', at + 1);
    else if (code === escape.charCodeAt(0)) push(cutting, 'continuation', at + 1);
    else push(cutting, 'punctuation', runEnd(text, at + 1, end, isPunctuation(escape)));
  }
}

function isPunctuation(escape: string): (code: number) => boolean {
  const own = escape.charCodeAt(0);
  return (code) => !isSpace(code) && code !== EQUALS && code !== own;
}
