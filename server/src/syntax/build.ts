import type { Span } from '../text/span.ts';
import { isBlank, isSpace } from './characters.ts';
import { commandLine, jsonWords } from './command-line.ts';
import type { Draft } from './draft.ts';
import { readFlags } from './flags.ts';
import { heredocMark, readHeredocs } from './heredoc.ts';
import { jsonArray, type JsonString } from './json.ts';
import { type Line, type Reading, skipSpace, spanOf, trimEnd } from './lexer.ts';
import { InstructionNode } from './node.ts';
import { readPairs } from './pairs.ts';
import type { CommandLine, Heredoc, Instruction, Kind, Word } from './tree.ts';
import { trouble, type SyntaxTrouble } from './trouble.ts';
import { blankWords, decodedWord, expandedWord, plainWord } from './words.ts';

const names = [
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

/** By the two casings that nearly everybody writes. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  names.flatMap((kind) => [[kind, kind] as const, [kind.toLowerCase(), kind] as const]),
);

const none: readonly Heredoc[] = [];

/** The instruction that a line holds (BuildKit parser.go, newNodeFromLine). */
export function readInstruction(reading: Reading, line: Line): Instruction {
  return instructionAt(reading, line, line.from, false);
}

function instructionAt(reading: Reading, line: Line, at: number, onbuild: boolean): Instruction {
  const { text } = line;
  const errors = onbuild ? undefined : reading.errors;
  const start = skipSpace(text, at, line.to);
  const to = trimEnd(text, start, line.to);
  let keywordEnd = start;
  while (keywordEnd < to && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++;
  const keyword = plainWord(line, start, keywordEnd);
  const kind = kinds.get(keyword.raw) ?? kinds.get(keyword.raw.toLowerCase()) ?? 'unknown';
  const { flags, rest } = readFlags(line, keywordEnd, to, errors);
  const end = line.dangling ?? spanOf(line, start, to).end;
  return build({ reading, line, kind, keyword, flags, from: rest, to, end, onbuild, errors });
}

/** From the keyword to behind the last heredoc. */
function wholeSpan(draft: Draft, heredocs: readonly Heredoc[] = none): Span {
  return { start: draft.keyword.span.start, end: endOf(draft.end, heredocs) };
}

function endOf(end: number, heredocs: readonly Heredoc[]): number {
  const last = heredocs.at(-1);
  return last ? (last.terminator ?? last.body).end : end;
}

/** The arguments as JSON; an array with other things than strings is an error and no JSON. */
function strings(draft: Draft, from: number): readonly JsonString[] | undefined {
  const { line, to, reading, kind } = draft;
  const array = jsonArray(line.text, from, to);
  if (array !== 'other') return array;
  const span = spanOf(line, from, to);
  reading.errors.push(trouble('not-string-array', { span }, kind));
  return undefined;
}

interface Command {
  readonly command: CommandLine | undefined;
  readonly words: readonly Word[];
  readonly heredocs: readonly Heredoc[];
}

/** BuildKit line_parsers.go, parseMaybeJSON. */
function readCommand(draft: Draft, from: number, heredocsToo: boolean): Command {
  const { line, to, reading } = draft;
  const array = strings(draft, from);
  const argv = array && jsonWords(line, array);
  const heredocs = heredocsToo && !argv ? readHeredocs(reading, line, false, false) : none;
  const end = endOf(spanOf(line, from, to).end, heredocs);
  const command = commandLine(line, from, to, argv, end);
  const words = argv ?? (from < to ? [plainWord(line, from, to)] : []);
  return { command, words, heredocs };
}

function buildCommand(draft: Draft, kind: 'RUN' | 'CMD' | 'ENTRYPOINT' | 'SHELL'): Instruction {
  const { command, words, heredocs } = readCommand(draft, draft.from, kind === 'RUN');
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
  const { command, words } = readCommand(draft, skipSpace(line.text, typeEnd, to), false);
  const node = new InstructionNode(kind, draft, span, [type, ...words]);
  node.type = type;
  node.command = command;
  return node as Instruction;
}

/** Words of an array of strings, or those between blanks (BuildKit line_parsers.go, parseMaybeJSONToList). */
function listWords(draft: Draft, array: readonly JsonString[] | undefined): readonly Word[] {
  const { line, from, to, errors } = draft;
  if (!array) return blankWords(line, from, to, (a, b) => expandedWord(line, a, b, errors));
  return array.map((item) =>
    decodedWord(line, item.from, item.to, item.text, item.indices, true, errors),
  );
}

/** What opens a heredoc is no file. */
function isFile(word: Word): boolean {
  return !heredocMark(word.raw);
}

function buildCopy(draft: Draft, kind: 'COPY' | 'ADD'): Instruction {
  const { reading, line, from, errors, onbuild } = draft;
  const array = strings(draft, from);
  const heredocs = array ? none : readHeredocs(reading, line, true, !onbuild);
  const plain = heredocs.length === 0;
  const words = plain ? listWords(draft, array) : copyWords(draft, errors);
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const files = last ? words.slice(0, -1) : words;
  const node = new InstructionNode(kind, draft, wholeSpan(draft, heredocs), words, heredocs);
  node.sources = plain ? files : files.filter(isFile);
  node.target = last && (plain || isFile(last)) ? last : undefined;
  node.json = array !== undefined;
  return node as Instruction;
}

/** Words of which some open heredocs: quotes in these are not the word's. */
function copyWords({ line, from, to }: Draft, errors: SyntaxTrouble[] | undefined) {
  return blankWords(line, from, to, (a, b) =>
    heredocMark(line.text.slice(a, b)) ? plainWord(line, a, b) : expandedWord(line, a, b, errors),
  );
}

function buildFrom(draft: Draft): Instruction {
  const { line, from, to, errors } = draft;
  const words = blankWords(line, from, to, (a, b) =>
    a === from ? expandedWord(line, a, b, errors) : plainWord(line, a, b),
  );
  const [image, second, name] = words;
  const node = new InstructionNode('FROM', draft, wholeSpan(draft), words);
  node.image = image;
  if (second === undefined || !isAs(second.raw)) return node as Instruction;
  node.as = second;
  node.name = name;
  return node as Instruction;
}

function isAs(raw: string): boolean {
  return raw.length === 2 && raw.toLowerCase() === 'as';
}

function buildAssign(draft: Draft, kind: 'ARG' | 'ENV' | 'LABEL'): Instruction {
  const { pairs, words } = readPairs(draft, kind);
  const node = new InstructionNode(kind, draft, wholeSpan(draft), words);
  node.pairs = pairs;
  return node as Instruction;
}

/** BuildKit line_parsers.go, parseSubCommand. A chain of ONBUILDs, which is refused, is read no deeper than twice. */
function buildOnBuild(draft: Draft): Instruction {
  const { reading, line, from, to, onbuild, keyword, kind } = draft;
  if (from >= to || onbuild) {
    const words = blankWords(line, from, to, (a, b) => plainWord(line, a, b));
    return new InstructionNode(kind, draft, wholeSpan(draft), words) as Instruction;
  }
  const trigger = instructionAt(reading, line, from, true);
  const span = { start: keyword.span.start, end: trigger.span.end };
  const node = new InstructionNode(kind, draft, span, [trigger.keyword, ...trigger.words]);
  node.trigger = trigger;
  return node as Instruction;
}

function plain(draft: Draft, args: readonly Word[]): Instruction {
  const node = new InstructionNode(draft.kind, draft, wholeSpan(draft), args);
  node.args = args;
  return node as Instruction;
}

/** What the arguments of an instruction are follows from its kind alone. */
function build(draft: Draft): Instruction {
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
      // The whole rest is one word (BuildKit line_parsers.go, parseString).
      return plain(draft, from < to ? [expandedWord(line, from, to, errors)] : []);
    case 'MAINTAINER':
      return plain(draft, from < to ? [plainWord(line, from, to)] : []);
    case 'EXPOSE':
      return plain(draft, listWords(draft, undefined));
    case 'VOLUME':
      return plain(draft, listWords(draft, strings(draft, from)));
    case 'unknown':
      return plain(
        draft,
        blankWords(line, from, to, (a, b) => plainWord(line, a, b)),
      );
  }
}
