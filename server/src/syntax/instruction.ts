import type { Span } from '../text/span.ts';
import { isDelimiter, isSpace } from './characters.ts';
import { commandLine, jsonWords } from './command-line.ts';
import type { Draft } from './instruction-draft.ts';
import { readFlags } from './flags.ts';
import { parseHeredocOpener, readHeredocs } from './heredoc.ts';
import { jsonArray, type JsonString } from './json.ts';
import { isContinued, type Line, type Reader, skipSpace, spanOf, trimEnd } from './lexer.ts';
import { withoutRoom } from '../text/exact-array.ts';
import { commandWords, InstructionNode } from './instruction-node.ts';
import { readPairs } from './pairs.ts';
import type { CommandLine, Heredoc, Instruction, Kind, Word } from './tree.ts';
import { trouble, type SyntaxTrouble } from './trouble.ts';
import { delimitedWords, decodedWord, expandedWord, plainWord, writtenWord } from './words.ts';

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

const noHeredocs: readonly Heredoc[] = [];

/** Parses the instruction on a line (BuildKit parser.go, newNodeFromLine). */
export function readInstruction(reader: Reader, line: Line): Instruction {
  return instructionAt(reader, line, line.from, false);
}

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

/** A keyword as written, with one text for all instructions of a kind. */
export function keywordWord(span: Span, raw: string, kind: Kind): Word {
  return writtenWord(span, raw === kind ? kind : raw);
}

function instructionAt(reader: Reader, line: Line, at: number, onbuild: boolean): Instruction {
  const { text } = line;
  const errors = onbuild ? undefined : reader.errors;
  const start = skipSpace(text, at, line.to);
  const to = trimEnd(text, start, line.to);
  const keywordEnd = wordEnd(text, start, to);
  const raw = text.slice(start, keywordEnd);
  const kind = kindOf(raw);
  const keyword = keywordWord(spanOf(line, start, keywordEnd), raw, kind);
  const { flags, rest } = readFlags(line, keywordEnd, to, errors);
  const end = line.danglingEnd ?? spanOf(line, start, to).end;
  return buildInstruction({
    reader,
    line,
    kind,
    keyword,
    flags,
    from: rest,
    to,
    end,
    onbuild,
    errors,
  });
}

/** From the keyword to the end of the last heredoc. */
function wholeSpan(draft: Draft, heredocs: readonly Heredoc[] = noHeredocs): Span {
  return { start: draft.keyword.span.start, end: endOf(draft.end, heredocs) };
}

function endOf(end: number, heredocs: readonly Heredoc[]): number {
  const last = heredocs[heredocs.length - 1];
  return last ? (last.terminator ?? last.body).end : end;
}

/** The arguments as an array of strings. An array that contains anything else is an error and is not used. */
function stringArray(draft: Draft, from: number): readonly JsonString[] | undefined {
  const { line, to, reader, kind } = draft;
  const array = jsonArray(line.text, from, to);
  if (array !== 'other') return array;
  const span = spanOf(line, from, to);
  reader.errors.push(trouble('not-string-array', { span }, kind));
  return undefined;
}

interface Command {
  readonly command: CommandLine | undefined;
  readonly heredocs: readonly Heredoc[];
}

/** BuildKit line_parsers.go, parseMaybeJSON. */
function readCommand(draft: Draft, from: number, allowHeredocs: boolean): Command {
  const { line, to, reader } = draft;
  const array = stringArray(draft, from);
  const argv = array && jsonWords(line, array);
  const heredocs = allowHeredocs && !argv ? readHeredocs(reader, line, false, false) : noHeredocs;
  const end = endOf(spanOf(line, from, to).end, heredocs);
  return { command: commandLine(line, from, to, argv, end), heredocs };
}

/** The script as one word. Undefined if the command itself has the text: it is on one line, apart from heredocs. */
function scriptWords(
  line: Line,
  from: number,
  to: number,
  command: CommandLine | undefined,
): readonly Word[] | undefined {
  return command?.form === 'shell' && isContinued(line) ? [plainWord(line, from, to)] : undefined;
}

function buildCommand(draft: Draft, kind: 'RUN' | 'CMD' | 'ENTRYPOINT' | 'SHELL'): Instruction {
  const { line, from, to } = draft;
  const { command, heredocs } = readCommand(draft, from, kind === 'RUN');
  const words = scriptWords(line, from, to, command);
  const node = new InstructionNode(kind, draft, wholeSpan(draft, heredocs), words, heredocs);
  node.command = command;
  return node as Instruction;
}

/** BuildKit line_parsers.go, parseHealthConfig. */
function buildHealthCheck(draft: Draft): Instruction {
  const { line, from, to, kind } = draft;
  const span = wholeSpan(draft);
  let typeEnd = from;
  while (typeEnd < to && !isSpace(line.text.charCodeAt(typeEnd))) typeEnd++;
  if (typeEnd === from) return new InstructionNode(kind, draft, span, []) as Instruction;
  const type = plainWord(line, from, typeEnd);
  const at = skipSpace(line.text, typeEnd, to);
  const { command } = readCommand(draft, at, false);
  const words = scriptWords(line, at, to, command) ?? commandWords(command);
  const node = new InstructionNode(kind, draft, span, [type, ...words]);
  node.type = type;
  node.command = command;
  return node as Instruction;
}

/**
 * The words of an array of strings, or words separated by whitespace (BuildKit line_parsers.go, parseMaybeJSONToList).
 */
function listWords(draft: Draft, array: readonly JsonString[] | undefined): readonly Word[] {
  const { line, from, to, errors } = draft;
  if (!array) return delimitedWords(line, from, to, (a, b) => expandedWord(line, a, b, errors));
  return array.map((item) =>
    decodedWord(line, item.from, item.to, item.text, item.indices, true, errors),
  );
}

/** A word such as `<<EOF` is a heredoc, not a file. */
function isFile(word: Word): boolean {
  return !parseHeredocOpener(word.raw);
}

function buildCopy(draft: Draft, kind: 'COPY' | 'ADD'): Instruction {
  const { reader, line, from, errors, onbuild } = draft;
  const array = stringArray(draft, from);
  const heredocs = array ? noHeredocs : readHeredocs(reader, line, true, !onbuild);
  const hasNoHeredocs = heredocs.length === 0;
  const words = hasNoHeredocs ? listWords(draft, array) : copyWords(draft, errors);
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const files = last ? words.slice(0, -1) : words;
  const node = new InstructionNode(kind, draft, wholeSpan(draft, heredocs), words, heredocs);
  node.sources = hasNoHeredocs ? files : withoutRoom(files.filter(isFile));
  node.target = last && (hasNoHeredocs || isFile(last)) ? last : undefined;
  node.json = array !== undefined;
  return node as Instruction;
}

/** The words of COPY with heredocs. Quotes in `<<"EOF"` belong to the heredoc, so these words are not expanded. */
function copyWords({ line, from, to }: Draft, errors: SyntaxTrouble[] | undefined) {
  return delimitedWords(line, from, to, (a, b) =>
    parseHeredocOpener(line.text.slice(a, b))
      ? plainWord(line, a, b)
      : expandedWord(line, a, b, errors),
  );
}

function buildFrom(draft: Draft): Instruction {
  const { line, from, to, errors } = draft;
  const words = delimitedWords(line, from, to, (a, b) =>
    a === from ? expandedWord(line, a, b, errors) : plainWord(line, a, b),
  );
  const node = new InstructionNode('FROM', draft, wholeSpan(draft), words);
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

function buildAssign(draft: Draft, kind: 'ARG' | 'ENV' | 'LABEL'): Instruction {
  const node = new InstructionNode(kind, draft, wholeSpan(draft), undefined);
  node.pairs = readPairs(draft, kind);
  return node as Instruction;
}

/** BuildKit line_parsers.go, parseSubCommand. Nested ONBUILD is an error and is parsed only two levels deep. */
function buildOnBuild(draft: Draft): Instruction {
  const { reader, line, from, to, onbuild, keyword, kind } = draft;
  if (from >= to || onbuild) {
    const words = delimitedWords(line, from, to, (a, b) => plainWord(line, a, b));
    return new InstructionNode(kind, draft, wholeSpan(draft), words) as Instruction;
  }
  const trigger = instructionAt(reader, line, from, true);
  const span = { start: keyword.span.start, end: trigger.span.end };
  const node = new InstructionNode(kind, draft, span, undefined);
  node.trigger = trigger;
  return node as Instruction;
}

function buildPlain(draft: Draft, args: readonly Word[]): Instruction {
  const node = new InstructionNode(draft.kind, draft, wholeSpan(draft), args);
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
      return buildCommand(draft, kind);
    case 'COPY':
    case 'ADD':
      return buildCopy(draft, kind);
    case 'FROM':
      return buildFrom(draft);
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return buildAssign(draft, kind);
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
      return buildPlain(
        draft,
        delimitedWords(line, from, to, (a, b) => plainWord(line, a, b)),
      );
  }
}
