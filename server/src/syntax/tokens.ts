/** Splits a text into tokens without gaps: the texts of all tokens together are the whole text. */
import type { Node, Span } from '../text/span.ts';
import { CR, isSpace, SPACE, TAB } from './characters.ts';
import type { CommandLine, Dockerfile, Flag, Heredoc, Instruction, Pair, Word } from './tree.ts';

/** Tokens that are nodes of the tree or parts of them. */
type NodeTokenKind =
  | 'keyword'
  /** With its dashes. */
  | 'flag-name'
  | 'flag-value'
  | 'key'
  | 'value'
  | 'word'
  /** A line of a shell script. */
  | 'script'
  | 'heredoc-opener';
/** All tokens, including those between nodes. */
export type TokenKind =
  | NodeTokenKind
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
  | 'whitespace'
  | 'byte-order-mark'
  /** Includes the carriage returns before it. */
  | 'line-break';

export interface Token extends Node {
  readonly kind: TokenKind;
}

interface Splitter {
  readonly tree: Dockerfile;
  readonly tokens: Token[];
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
  const splitter: Splitter = { tree, tokens: [], at: 0, comment: 0 };
  if (tree.text.charCodeAt(0) === BYTE_ORDER_MARK) push(splitter, 'byte-order-mark', 1);
  for (const { span, nameSpan, valueSpan } of tree.directives) {
    splitUpTo(splitter, span.start);
    push(splitter, 'hash', span.start + 1);
    splitUpTo(splitter, nameSpan.start);
    push(splitter, 'directive-name', nameSpan.end);
    splitUpTo(splitter, valueSpan.start);
    push(splitter, 'directive-value', valueSpan.end);
  }
  for (const instruction of tree.instructions) splitInstruction(splitter, instruction);
  splitUpTo(splitter, tree.text.length);
  return splitter.tokens;
}

function push(splitter: Splitter, kind: TokenKind, end: number): void {
  if (end <= splitter.at) return;
  splitter.tokens.push({ kind, span: { start: splitter.at, end } });
  splitter.at = end;
}

function splitInstruction(splitter: Splitter, instruction: Instruction): void {
  const { keyword, flags, heredocs } = instruction;
  splitNode(splitter, 'keyword', keyword.span);
  for (const flag of flags) splitFlag(splitter, flag);
  if (instruction.kind === 'ONBUILD' && instruction.trigger) {
    splitInstruction(splitter, instruction.trigger);
    return;
  }
  splitArguments(splitter, instruction);
  for (const { body, terminator } of heredocs) {
    splitUpTo(splitter, body.start);
    push(splitter, 'heredoc-body', body.end);
    if (!terminator) continue;
    splitUpTo(splitter, terminator.start);
    push(splitter, 'terminator', terminator.end);
  }
}

function splitFlag(splitter: Splitter, { span, name, value }: Flag): void {
  splitNode(splitter, 'flag-name', { start: span.start, end: value ? name.span.end : span.end });
  if (value) splitNode(splitter, 'flag-value', value.span);
}

function splitArguments(splitter: Splitter, instruction: Instruction): void {
  switch (instruction.kind) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      splitCommand(splitter, instruction.command, instruction.heredocs);
      return;
    case 'HEALTHCHECK':
      if (instruction.type) splitNode(splitter, 'keyword', instruction.type.span);
      splitCommand(splitter, instruction.command, []);
      return;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const pair of instruction.pairs) splitPair(splitter, pair);
      return;
    case 'COPY':
    case 'ADD':
      splitFiles(splitter, instruction.words, instruction.heredocs);
      return;
    default: {
      const as = instruction.kind === 'FROM' ? instruction.as : undefined;
      for (const word of instruction.words)
        splitNode(splitter, word === as ? 'keyword' : 'word', word.span);
    }
  }
}

function splitPair(splitter: Splitter, { key, value }: Pair): void {
  splitNode(splitter, 'key', key.span);
  if (value) splitNode(splitter, 'value', value.span);
}

function splitCommand(
  splitter: Splitter,
  command: CommandLine | undefined,
  heredocs: readonly Heredoc[],
): void {
  if (command?.form === 'exec') {
    for (const { span } of command.argv) splitNode(splitter, 'word', span);
    return;
  }
  if (!command) return;
  splitUpTo(splitter, command.span.start);
  for (const { span } of heredocs) {
    splitText(splitter, 'script', span.start);
    splitNode(splitter, 'heredoc-opener', span);
  }
  splitText(splitter, 'script', heredocs[0]?.body.start ?? command.span.end);
}

/** A word that is part of a heredoc's start, as in `<< EOF`, is not a token. */
function splitFiles(
  splitter: Splitter,
  words: readonly Word[],
  heredocs: readonly Heredoc[],
): void {
  let next = 0;
  for (const { span } of words) {
    for (; next < heredocs.length; next++) {
      const opener = heredocs[next]?.span;
      if (opener === undefined || opener.start > span.start) break;
      splitNode(splitter, 'heredoc-opener', opener);
    }
    splitNode(splitter, 'word', span);
  }
}

function splitNode(splitter: Splitter, kind: NodeTokenKind, { start, end }: Span): void {
  splitUpTo(splitter, start);
  splitText(splitter, kind, end);
}

/** Splits the text before the next node. */
function splitUpTo(splitter: Splitter, end: number): void {
  splitText(splitter, undefined, end);
}

/** Splits up to an offset, line by line, with comments as separate tokens. */
function splitText(splitter: Splitter, kind: NodeTokenKind | undefined, end: number): void {
  const { text, comments } = splitter.tree;
  while (splitter.at < end) {
    const { at } = splitter;
    const eol = text.indexOf('\n', at);
    const to = eol < 0 || eol >= end ? end : eol;
    const comment = comments[splitter.comment]?.span;
    if (comment && comment.start >= at && comment.end <= to) {
      splitter.comment++;
      splitGap(splitter, comment.start);
      push(splitter, 'comment', comment.end);
    } else if (to === end) splitLinePart(splitter, kind, end);
    else splitLine(splitter, kind, to);
  }
}

/** Splits the rest of a line whose line feed is at an offset. */
function splitLine(splitter: Splitter, kind: NodeTokenKind | undefined, eol: number): void {
  const { text, escape } = splitter.tree;
  const { at } = splitter;
  let breakAt = eol;
  while (breakAt > at && text.charCodeAt(breakAt - 1) === CR) breakAt--;
  let end = breakAt;
  // An empty line within an instruction belongs to no node, whatever whitespace it has.
  if (runEnd(text, at, breakAt, isSpace) === breakAt) end = at;
  while (end > at && isTrailing(text.charCodeAt(end - 1))) end--;
  const isContinued = end > at && text.charAt(end - 1) === escape;
  splitLinePart(splitter, kind, isContinued ? end - 1 : end);
  if (isContinued) push(splitter, 'continuation', end);
  push(splitter, 'whitespace', breakAt);
  push(splitter, 'line-break', eol + 1);
}

function isTrailing(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Splits a part of a line. */
function splitLinePart(splitter: Splitter, kind: NodeTokenKind | undefined, end: number): void {
  if (kind === undefined) {
    splitGap(splitter, end);
    return;
  }
  const { text } = splitter.tree;
  // Indentation has no meaning for a shell; in a quoted word, whitespace is part of the word.
  if (kind === 'script' && text.charCodeAt(splitter.at - 1) === LF) {
    push(splitter, 'whitespace', runEnd(text, splitter.at, end, isSpace));
  }
  push(splitter, kind, end);
}

/** The end of the characters from `from` on that match. */
function runEnd(
  text: string,
  from: number,
  to: number,
  matches: (code: number, at: number) => boolean,
): number {
  let at = from;
  while (at < to && matches(text.charCodeAt(at), at)) at++;
  return at;
}

/**
 * Splits text outside nodes: whitespace, a continuation at the end of the text, `=`, and the brackets and commas of
 * arrays.
 */
function splitGap(splitter: Splitter, end: number): void {
  const { text, escape } = splitter.tree;
  while (splitter.at < end) {
    const { at } = splitter;
    const code = text.charCodeAt(at);
    if (isSpace(code)) push(splitter, 'whitespace', runEnd(text, at, end, isSpace));
    else if (code === EQUALS) push(splitter, 'equals', at + 1);
    else if (code === escape.charCodeAt(0)) push(splitter, 'continuation', at + 1);
    else push(splitter, 'punctuation', runEnd(text, at + 1, end, isPunctuation(escape)));
  }
}

function isPunctuation(escape: string): (code: number) => boolean {
  const escapeCode = escape.charCodeAt(0);
  return (code) => !isSpace(code) && code !== EQUALS && code !== escapeCode;
}
