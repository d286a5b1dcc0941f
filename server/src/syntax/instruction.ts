import { BRACKET, DASH, isSpace } from './characters.ts';
import { checkCopy, checkFrom, checkOnBuild, checkPlain, checkShell } from './check/instruction.ts';
import { checkFlags } from './check/flags.ts';
import { checkHealthCheck } from './check/health-check.ts';
import { arrayWords, maskScript, readCommand } from './command-line.ts';
import { readFlags } from './flags.ts';
import { parseHeredocOpener, readHeredocs } from './heredoc.ts';
import type { Draft } from './instruction-draft.ts';
import { commandWords, InstructionNode } from './instruction-node.ts';
import { kindOf, wordEnd } from './keyword.ts';
import { type Line, type Reader, skipSpace, spanOf, trimEnd } from './lexer.ts';
import { withoutRoom } from '../text/exact-array.ts';
import type { Span } from '../text/span.ts';
import { readPairs } from './pairs.ts';
import type {
  Copy,
  Flag,
  From,
  HealthCheck,
  Heredoc,
  Instruction,
  OnBuild,
  Plain,
  Start,
  Word,
} from './tree.ts';
import { trouble } from './trouble.ts';
import { delimitedWords, expandedWord, plainWord, writtenWord } from './words.ts';

const noFlags: readonly Flag[] = [];

/**
 * Parses the instruction on a line, or the trigger of ONBUILD that begins at an index of it (BuildKit parser.go,
 * newNodeFromLine). What BuildKit refuses in it, independent of other instructions, is added to the errors of the reader.
 */
export function readInstruction(
  reader: Reader,
  line: Line,
  at = line.from,
  onbuild = false,
): Instruction {
  const { text, danglingEnd } = line;
  const errors = onbuild ? undefined : reader.errors;
  const start = skipSpace(text, at, line.to);
  const to = trimEnd(text, start, line.to);
  const keywordEnd = wordEnd(text, start, to);
  const raw = text.slice(start, keywordEnd);
  const kind = kindOf(raw);
  // One text for all instructions of a kind.
  const keyword = writtenWord(spanOf(line, start, keywordEnd), raw === kind ? kind : raw);
  const whole = spanOf(line, start, to);
  const span = danglingEnd === undefined ? whole : { start: whole.start, end: danglingEnd };
  let from = skipSpace(text, keywordEnd, to);
  let flags = noFlags;
  if (text.charCodeAt(from) === DASH) {
    const read = readFlags(line, from, to, errors);
    flags = read.flags;
    from = read.rest;
  }
  const node = new InstructionNode(kind, span, keyword, flags, onbuild);
  readArguments({ reader, line, node, from, to, errors });
  if (flags.length > 0 && errors !== undefined) checkFlags(node as Instruction, errors);
  return node as Instruction;
}

/** Parses the arguments, whose form depends on the kind alone. What most instructions of a kind cannot have is checked elsewhere. */
function readArguments(draft: Draft): void {
  const { node, line, from, to, errors } = draft;
  switch (node.kind) {
    case 'RUN':
      readCommand(draft, from);
      if (draft.reader.mayHaveHeredocs && node.command?.form !== 'exec') readRunHeredocs(draft);
      return;
    case 'CMD':
    case 'ENTRYPOINT':
      readCommand(draft, from);
      return;
    case 'COPY':
    case 'ADD':
      readCopy(draft);
      return;
    case 'FROM':
      readFrom(draft);
      return;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      node.pairs = readPairs(draft);
      return;
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      // The rest of the line is one word (BuildKit line_parsers.go, parseString).
      setArguments(draft, from < to ? [expandedWord(line, from, to, errors)] : []);
      return;
    case 'EXPOSE':
      setArguments(draft, listWords(draft));
      return;
    case 'VOLUME':
      readVolume(draft);
      return;
    case 'MAINTAINER':
      setArguments(draft, from < to ? [plainWord(line, from, to)] : []);
      return;
    case 'SHELL':
      readCommand(draft, from);
      if (errors) checkShell(node as Start, errors);
      return;
    case 'HEALTHCHECK':
      readHealthCheck(draft);
      if (errors) checkHealthCheck(node as HealthCheck, errors);
      return;
    case 'ONBUILD':
      readTrigger(draft);
      if (errors) checkOnBuild(node as OnBuild, errors);
      return;
    case 'unknown':
      node.listed = delimitedWords(line, from, to, errors, 0);
      node.args = node.listed;
      errors?.push(trouble('unknown-instruction', node.keyword, node.keyword.raw));
  }
}

/** The script ends after the bodies of the heredocs. */
function readRunHeredocs({ node, reader, line, from }: Draft): void {
  const heredocs = readHeredocs(reader, line, false, false);
  if (heredocs.length === 0) return;
  node.heredocs = heredocs;
  node.span = spanWith(heredocs, node.span);
  const span = node.command && spanWith(heredocs, node.command.span);
  node.command = span && { form: 'shell', span, script: maskScript(line, from, span) };
}

/** The span of an instruction with the bodies of its heredocs. */
function spanWith(heredocs: readonly Heredoc[], span: Span): Span {
  const last = heredocs[heredocs.length - 1];
  return last ? { start: span.start, end: (last.terminator ?? last.body).end } : span;
}

/** BuildKit line_parsers.go, parseHealthConfig. */
function readHealthCheck(draft: Draft): void {
  const { node, line, from, to } = draft;
  let typeEnd = from;
  while (typeEnd < to && !isSpace(line.text.charCodeAt(typeEnd))) typeEnd++;
  if (typeEnd === from) {
    node.listed = [];
    return;
  }
  const type = plainWord(line, from, typeEnd);
  const at = skipSpace(line.text, typeEnd, to);
  node.type = type;
  readCommand(draft, at);
  node.listed = [type, ...(node.listed ?? commandWords(node.command))];
}

function readVolume(draft: Draft): void {
  const { line, from } = draft;
  const isArray = line.text.charCodeAt(from) === BRACKET;
  setArguments(draft, (isArray ? arrayWords(draft, from, true) : undefined) ?? listWords(draft));
}

/** Words separated by whitespace, all of which are expanded. */
function listWords({ line, from, to, errors }: Draft): readonly Word[] {
  return delimitedWords(line, from, to, errors, Infinity);
}

/** An array of strings, or words separated by whitespace (BuildKit line_parsers.go, parseMaybeJSONToList). */
function readCopy(draft: Draft): void {
  const { node, line, from, errors, reader } = draft;
  const isArray = line.text.charCodeAt(from) === BRACKET;
  const array = isArray ? arrayWords(draft, from, true) : undefined;
  node.json = array !== undefined;
  if (reader.mayHaveHeredocs && !array) readCopyWithHeredocs(draft);
  else setFiles(node, array ?? listWords(draft));
  if (errors && (node.target === undefined || node.target.raw.includes('<<')))
    checkCopy(node as Copy, errors);
}

/** The last word is the target. */
function setFiles(node: InstructionNode, words: readonly Word[]): void {
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  node.listed = words;
  node.sources = last ? words.slice(0, -1) : words;
  node.target = last;
}

/** A word such as `<<EOF` is a heredoc, not a file. */
function isFile(word: Word): boolean {
  return !parseHeredocOpener(word.raw);
}

function readCopyWithHeredocs({ node, reader, line, from, to, errors }: Draft): void {
  const heredocs = readHeredocs(reader, line, true, node.onbuild !== true);
  const hasNone = heredocs.length === 0;
  // Quotes in `<<"EOF"` belong to the heredoc, so these words are not expanded.
  const isWritten = hasNone ? undefined : parseHeredocOpener;
  setFiles(node, delimitedWords(line, from, to, errors, Infinity, isWritten));
  if (hasNone) return;
  node.heredocs = heredocs;
  node.span = spanWith(heredocs, node.span);
  node.sources = withoutRoom((node.sources ?? []).filter(isFile));
  if (node.target && !isFile(node.target)) node.target = undefined;
}

function readFrom({ node, line, from, to, errors }: Draft): void {
  const words = delimitedWords(line, from, to, errors, 1);
  const image = words[0];
  const second = words[1];
  node.listed = words;
  node.image = image;
  if (second !== undefined && isAs(second.raw)) {
    node.as = second;
    node.name = words[2];
  }
  if (errors && (words.length !== 1 || image?.text === '')) checkFrom(node as From, errors);
}

function isAs(raw: string): boolean {
  return raw.length === 2 && raw.toLowerCase() === 'as';
}

/** BuildKit line_parsers.go, parseSubCommand. Nested ONBUILD is an error and is parsed only two levels deep. */
function readTrigger({ node, reader, line, from, to }: Draft): void {
  if (from >= to || node.onbuild === true) {
    node.listed = delimitedWords(line, from, to, undefined, 0);
    return;
  }
  node.trigger = readInstruction(reader, line, from, true);
  node.span = { start: node.span.start, end: node.trigger.span.end };
}

function setArguments({ node, errors }: Draft, args: readonly Word[]): void {
  node.listed = args;
  node.args = args;
  if (errors && (args.length === 0 || node.kind === 'VOLUME')) checkPlain(node as Plain, errors);
}
