import type { Span } from '../text/span.ts';
import { BRACKET, DASH, isDelimiter, isSpace } from './characters.ts';
import { jsonWords, maskScript } from './command-line.ts';
import type { Draft } from './instruction-draft.ts';
import { readFlags } from './flags.ts';
import { parseHeredocOpener, readHeredocs } from './heredoc.ts';
import { jsonArray, type JsonString } from './json.ts';
import { type Line, type Reader, skipSpace, spanOf, trimEnd } from './lexer.ts';
import { withoutRoom } from '../text/exact-array.ts';
import { commandWords, InstructionNode } from './instruction-node.ts';
import { readPairs } from './pairs.ts';
import type { CommandLine, Flag, Heredoc, Instruction, Kind, Word } from './tree.ts';
import { trouble } from './trouble.ts';
import { delimitedWords, expandedWord, plainWord, writtenWord } from './words.ts';

const keywords = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const;

/** The keys are in uppercase and in lowercase, so that most keywords are found without converting them. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  keywords.flatMap((kind) => [[kind, kind] as const, [kind.toLowerCase(), kind] as const]),
);

const noFlags: readonly Flag[] = [];

/** The kind of the instruction on a line, and its place without heredocs. */
export function placeOf(line: Line): { readonly kind: Kind; readonly span: Span } {
  const { text, danglingEnd } = line;
  const start = skipSpace(text, line.from, line.to);
  const to = trimEnd(text, start, line.to);
  const span = spanOf(line, start, to);
  return {
    kind: kindOf(text.slice(start, wordEnd(text, start, to))),
    span: danglingEnd === undefined ? span : { start: span.start, end: danglingEnd },
  };
}

/** The kind of instruction that a keyword begins. */
export function kindOf(keyword: string): Kind {
  return kinds.get(keyword) ?? kinds.get(keyword.toLowerCase()) ?? 'unknown';
}

/** The index of the whitespace after a word. */
export function wordEnd(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isDelimiter(text.charCodeAt(at))) at++;
  return at;
}

/**
 * Parses the instruction on a line, or the trigger of ONBUILD that begins at an index of it (BuildKit parser.go,
 * newNodeFromLine).
 */
export function readInstruction(
  reader: Reader,
  line: Line,
  at = line.from,
  onbuild = false,
): Instruction {
  const { text } = line;
  const errors = onbuild ? undefined : reader.errors;
  const start = skipSpace(text, at, line.to);
  const to = trimEnd(text, start, line.to);
  const keywordEnd = wordEnd(text, start, to);
  const raw = text.slice(start, keywordEnd);
  const kind = kindOf(raw);
  // One text for all instructions of a kind.
  const keyword = writtenWord(spanOf(line, start, keywordEnd), raw === kind ? kind : raw);
  const whole = spanOf(line, start, to);
  const span =
    line.danglingEnd === undefined ? whole : { start: whole.start, end: line.danglingEnd };
  let from = skipSpace(text, keywordEnd, to);
  let flags = noFlags;
  if (text.charCodeAt(from) === DASH) {
    const read = readFlags(line, from, to, errors);
    flags = read.flags;
    from = read.rest;
  }
  return buildInstruction({ reader, line, kind, keyword, flags, from, to, span, onbuild, errors });
}

/** The span of an instruction with the bodies of its heredocs. */
function spanWith(heredocs: readonly Heredoc[], span: Span): Span {
  const last = heredocs[heredocs.length - 1];
  return last ? { start: span.start, end: (last.terminator ?? last.body).end } : span;
}

/** The arguments as an array of strings. An array that contains anything else is an error and is not used. */
function stringArray(draft: Draft, from: number): readonly JsonString[] | undefined {
  const { line, to, reader, kind } = draft;
  if (line.text.charCodeAt(from) !== BRACKET) return undefined;
  const array = jsonArray(line.text, from, to);
  if (array !== 'other') return array;
  const span = spanOf(line, from, to);
  reader.errors.push(trouble('not-string-array', { span }, kind));
  return undefined;
}

/** BuildKit line_parsers.go, parseMaybeJSON. */
function readCommand(draft: Draft, from: number): CommandLine | undefined {
  const { line, to } = draft;
  if (from >= to) return undefined;
  const array = stringArray(draft, from);
  const span = spanOf(line, from, to);
  if (array) return { form: 'exec', span, argv: jsonWords(line, array, 'written') };
  return { form: 'shell', span, script: maskScript(line, from, span) };
}

function buildCommand(draft: Draft): Instruction {
  const { line, from, to } = draft;
  const command = readCommand(draft, from);
  // If it is not continued, the words follow from the command.
  const isContinuedScript = command?.form === 'shell' && line.partStarts.length > 0;
  const words = isContinuedScript ? [plainWord(line, from, to)] : undefined;
  if (draft.kind === 'RUN' && draft.reader.mayHaveHeredocs && command?.form !== 'exec')
    return buildRunWithHeredocs(draft, command, words);
  const node = new InstructionNode(draft, draft.span, words);
  node.command = command;
  return node as Instruction;
}

/** The script ends after the bodies of the heredocs. */
function buildRunWithHeredocs(
  draft: Draft,
  command: CommandLine | undefined,
  words: readonly Word[] | undefined,
): Instruction {
  const { reader, line, from } = draft;
  const heredocs = readHeredocs(reader, line, false, false);
  const node = new InstructionNode(draft, spanWith(heredocs, draft.span), words, heredocs);
  const span = command && spanWith(heredocs, command.span);
  node.command = span && { form: 'shell', span, script: maskScript(line, from, span) };
  return node as Instruction;
}

/** BuildKit line_parsers.go, parseHealthConfig. */
function buildHealthCheck(draft: Draft): Instruction {
  const { line, from, to, span } = draft;
  let typeEnd = from;
  while (typeEnd < to && !isSpace(line.text.charCodeAt(typeEnd))) typeEnd++;
  if (typeEnd === from) return new InstructionNode(draft, span, []) as Instruction;
  const type = plainWord(line, from, typeEnd);
  const at = skipSpace(line.text, typeEnd, to);
  const command = readCommand(draft, at);
  const isContinuedScript = command?.form === 'shell' && line.partStarts.length > 0;
  const words = isContinuedScript ? [plainWord(line, at, to)] : commandWords(command);
  const node = new InstructionNode(draft, span, [type, ...words]);
  node.type = type;
  node.command = command;
  return node as Instruction;
}

/**
 * The words of an array of strings, or words separated by whitespace (BuildKit line_parsers.go, parseMaybeJSONToList).
 */
function listWords(draft: Draft, array: readonly JsonString[] | undefined): readonly Word[] {
  const { line, from, to, errors } = draft;
  return array
    ? jsonWords(line, array, 'expanded', errors)
    : delimitedWords(line, from, to, errors, Infinity);
}

function buildCopy(draft: Draft): Instruction {
  const array = stringArray(draft, draft.from);
  if (draft.reader.mayHaveHeredocs && !array) return buildCopyWithHeredocs(draft);
  const words = listWords(draft, array);
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const node = new InstructionNode(draft, draft.span, words);
  node.sources = last ? words.slice(0, -1) : words;
  node.target = last;
  node.json = array !== undefined;
  return node as Instruction;
}

/** A word such as `<<EOF` is a heredoc, not a file. */
function isFile(word: Word): boolean {
  return !parseHeredocOpener(word.raw);
}

function buildCopyWithHeredocs(draft: Draft): Instruction {
  const { reader, line, from, to, errors, onbuild } = draft;
  const heredocs = readHeredocs(reader, line, true, !onbuild);
  const hasNone = heredocs.length === 0;
  // Quotes in `<<"EOF"` belong to the heredoc, so these words are not expanded.
  const words = delimitedWords(
    line,
    from,
    to,
    errors,
    Infinity,
    hasNone ? undefined : parseHeredocOpener,
  );
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const files = last ? words.slice(0, -1) : words;
  const node = new InstructionNode(draft, spanWith(heredocs, draft.span), words, heredocs);
  node.sources = hasNone ? files : withoutRoom(files.filter(isFile));
  node.target = last && (hasNone || isFile(last)) ? last : undefined;
  node.json = false;
  return node as Instruction;
}

function buildFrom(draft: Draft): Instruction {
  const { line, from, to, errors } = draft;
  const words = delimitedWords(line, from, to, errors, 1);
  const node = new InstructionNode(draft, draft.span, words);
  node.image = words[0];
  const second = words[1];
  if (second === undefined || !isAs(second.raw)) return node as Instruction;
  node.as = second;
  node.name = words[2];
  return node as Instruction;
}

function isAs(raw: string): boolean {
  return raw.length === 2 && raw.toLowerCase() === 'as';
}

function buildAssign(draft: Draft): Instruction {
  const node = new InstructionNode(draft, draft.span, undefined);
  node.pairs = readPairs(draft);
  return node as Instruction;
}

/** BuildKit line_parsers.go, parseSubCommand. Nested ONBUILD is an error and is parsed only two levels deep. */
function buildOnBuild(draft: Draft): Instruction {
  const { reader, line, from, to, onbuild, keyword } = draft;
  if (from >= to || onbuild) {
    const words = delimitedWords(line, from, to, undefined, 0);
    return new InstructionNode(draft, draft.span, words) as Instruction;
  }
  const trigger = readInstruction(reader, line, from, true);
  const span = { start: keyword.span.start, end: trigger.span.end };
  const node = new InstructionNode(draft, span, undefined);
  node.trigger = trigger;
  return node as Instruction;
}

function buildPlain(draft: Draft, args: readonly Word[]): Instruction {
  const node = new InstructionNode(draft, draft.span, args);
  node.args = args;
  return node as Instruction;
}

/** Parses the arguments, whose form depends on the kind alone. */
function buildInstruction(draft: Draft): Instruction {
  const { kind, line, from, to, errors } = draft;
  switch (kind) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return buildCommand(draft);
    case 'COPY':
    case 'ADD':
      return buildCopy(draft);
    case 'FROM':
      return buildFrom(draft);
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return buildAssign(draft);
    case 'HEALTHCHECK':
      return buildHealthCheck(draft);
    case 'ONBUILD':
      return buildOnBuild(draft);
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      // The rest of the line is one word (BuildKit line_parsers.go, parseString).
      return buildPlain(draft, from < to ? [expandedWord(line, from, to, errors)] : []);
    case 'MAINTAINER':
      return buildPlain(draft, from < to ? [plainWord(line, from, to)] : []);
    case 'EXPOSE':
      return buildPlain(draft, listWords(draft, undefined));
    case 'VOLUME':
      return buildPlain(draft, listWords(draft, stringArray(draft, from)));
    case 'unknown':
      return buildPlain(draft, delimitedWords(line, from, to, errors, 0));
  }
}
