import { isBlank, isSpace } from './characters.ts';
import { commandLine, jsonWords } from './command-line.ts';
import { readFlags } from './flags.ts';
import { heredocMark, readHeredocs } from './heredoc.ts';
import { jsonArray, type JsonString } from './json.ts';
import { type Line, type Reading, skipSpace, spanOf, trimEnd } from './lexer.ts';
import { readPairs } from './pairs.ts';
import type { CommandLine, Flag, Heredoc, Instruction, Kind, SyntaxTrouble, Word } from './tree.ts';
import { blankRanges, decodedWord, eachRange, expandedWord, plainWord } from './words.ts';

const kinds: ReadonlyMap<string, Kind> = new Map(
  (
    [
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
    ] as const
  ).map((kind) => [kind.toLowerCase(), kind]),
);

/** An instruction on the way: keyword and flags are read, its arguments stand from `from` to `to`. */
export interface Draft {
  readonly reading: Reading;
  readonly line: Line;
  readonly kind: Kind;
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  readonly from: number;
  readonly to: number;
  /** Behind the last character in the document, heredocs not counted. */
  readonly end: number;
  /** In a trigger of ONBUILD, which BuildKit reads but does not expand here. */
  readonly onbuild: boolean;
  /** Where troubles of expanded words go. */
  readonly errors: SyntaxTrouble[] | undefined;
}

const none: readonly Heredoc[] = [];

type Builder = (draft: Draft) => Instruction;

/** The instruction that begins at an index of a line (BuildKit parser.go, newNodeFromLine). */
export function readInstruction(reading: Reading, line: Line, at: number): Instruction {
  const { text } = line;
  const onbuild = at > 0;
  const errors = onbuild ? undefined : reading.errors;
  const start = skipSpace(text, at, text.length);
  const to = trimEnd(text, start, text.length);
  let keywordEnd = start;
  while (keywordEnd < to && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++;
  const keyword = plainWord(line, start, keywordEnd);
  const kind = kinds.get(keyword.raw.toLowerCase()) ?? 'unknown';
  const { flags, rest } = readFlags(line, keywordEnd, to, errors);
  const end = line.dangling ?? spanOf(line, start, to).end;
  const draft = { reading, line, kind, keyword, flags, from: rest, to, end, onbuild, errors };
  return builders[kind](draft);
}

/** What all instructions have; `end` is behind the last of its heredocs. */
function base(draft: Draft, words: readonly Word[], heredocs: readonly Heredoc[] = none) {
  const { keyword, flags, onbuild } = draft;
  const span = { start: keyword.span.start, end: endOf(draft.end, heredocs) };
  const shared = { span, keyword, flags, heredocs, words };
  return onbuild ? { ...shared, onbuild } : shared;
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
  reading.errors.push({ code: 'not-string-array', values: [kind], span });
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
  return { command, words: argv ?? whole(draft, from, plainWord), heredocs };
}

/** All the arguments as one word. */
function whole(
  { line, to }: Draft,
  from: number,
  make: (line: Line, from: number, to: number) => Word,
): readonly Word[] {
  return from < to ? [make(line, from, to)] : [];
}

function buildRun(draft: Draft): Instruction {
  const { command, words, heredocs } = readCommand(draft, draft.from, true);
  const shared = base(draft, words, heredocs);
  return command ? { ...shared, kind: 'RUN', command } : { ...shared, kind: 'RUN' };
}

function buildStart(kind: 'CMD' | 'ENTRYPOINT' | 'SHELL'): Builder {
  return (draft) => {
    const { command, words } = readCommand(draft, draft.from, false);
    const shared = base(draft, words);
    return command ? { ...shared, kind, command } : { ...shared, kind };
  };
}

/** BuildKit line_parsers.go, parseHealthConfig. */
function buildHealthCheck(draft: Draft): Instruction {
  const { line, from, to } = draft;
  let typeEnd = from;
  while (typeEnd < to && !isSpace(line.text.charCodeAt(typeEnd))) typeEnd++;
  if (typeEnd === from) return { ...base(draft, []), kind: 'HEALTHCHECK' };
  const type = plainWord(line, from, typeEnd);
  const { command, words } = readCommand(draft, skipSpace(line.text, typeEnd, to), false);
  const shared = base(draft, [type, ...words]);
  return { ...shared, kind: 'HEALTHCHECK', type, ...(command && { command }) };
}

/** Words of an array of strings, or those between blanks (BuildKit line_parsers.go, parseMaybeJSONToList). */
function listWords(draft: Draft, array: readonly JsonString[] | undefined): readonly Word[] {
  const { line, from, to, errors } = draft;
  if (array) {
    return array.map((item) =>
      decodedWord(line, item.from, item.to, item.text, item.indices, true, errors),
    );
  }
  return eachRange(blankRanges(line.text, from, to), (a, b) => expandedWord(line, a, b, errors));
}

function buildCopy(kind: 'COPY' | 'ADD'): Builder {
  return (draft) => {
    const { reading, line, from, errors, onbuild } = draft;
    const array = strings(draft, from);
    const heredocs = array ? none : readHeredocs(reading, line, true, !onbuild);
    const words = heredocs.length === 0 ? listWords(draft, array) : copyWords(draft, errors);
    const isFile = (word: Word): boolean => heredocs.length === 0 || !heredocMark(word.raw);
    const last = words.length > 1 ? words.at(-1) : undefined;
    const sources = (last ? words.slice(0, -1) : words).filter(isFile);
    const shared = { ...base(draft, words, heredocs), kind, sources, json: array !== undefined };
    return last && isFile(last) ? { ...shared, target: last } : shared;
  };
}

/** Words of which some open heredocs: quotes in these are not the word's. */
function copyWords({ line, from, to }: Draft, errors: SyntaxTrouble[] | undefined) {
  return eachRange(blankRanges(line.text, from, to), (a, b) =>
    heredocMark(line.text.slice(a, b)) ? plainWord(line, a, b) : expandedWord(line, a, b, errors),
  );
}

function buildFrom(draft: Draft): Instruction {
  const { line, from, to, errors } = draft;
  const words = eachRange(blankRanges(line.text, from, to), (a, b) =>
    a === from ? expandedWord(line, a, b, errors) : plainWord(line, a, b),
  );
  const [image, second, third] = words;
  const as = second?.raw.toLowerCase() === 'as' ? second : undefined;
  const shared = base(draft, words);
  if (!image) return { ...shared, kind: 'FROM' };
  if (!as) return { ...shared, kind: 'FROM', image };
  return third
    ? { ...shared, kind: 'FROM', image, as, name: third }
    : { ...shared, kind: 'FROM', image, as };
}

function buildAssign(kind: 'ARG' | 'ENV' | 'LABEL'): Builder {
  return (draft) => {
    const { pairs, words } = readPairs(draft, kind);
    return { ...base(draft, words), kind, pairs };
  };
}

/** BuildKit line_parsers.go, parseSubCommand. A chain of ONBUILDs, which is refused, is read no deeper than twice. */
function buildOnBuild(draft: Draft): Instruction {
  const { reading, line, from, to, onbuild } = draft;
  if (from >= to || onbuild) {
    const words = eachRange(blankRanges(line.text, from, to), (a, b) => plainWord(line, a, b));
    return { ...base(draft, words), kind: 'ONBUILD' };
  }
  const trigger = readInstruction(reading, line, from);
  const shared = base(draft, [trigger.keyword, ...trigger.words]);
  const span = { start: shared.span.start, end: trigger.span.end };
  return { ...shared, span, kind: 'ONBUILD', trigger };
}

/** The whole rest is one word (BuildKit line_parsers.go, parseString). */
function buildString(kind: 'USER' | 'WORKDIR' | 'STOPSIGNAL'): Builder {
  return (draft) => {
    const args = whole(draft, draft.from, (line, from, to) =>
      expandedWord(line, from, to, draft.errors),
    );
    return { ...base(draft, args), kind, args };
  };
}

function buildExpose(draft: Draft): Instruction {
  const args = listWords(draft, undefined);
  return { ...base(draft, args), kind: 'EXPOSE', args };
}

function buildVolume(draft: Draft): Instruction {
  const args = listWords(draft, strings(draft, draft.from));
  return { ...base(draft, args), kind: 'VOLUME', args };
}

function buildMaintainer(draft: Draft): Instruction {
  const args = whole(draft, draft.from, plainWord);
  return { ...base(draft, args), kind: 'MAINTAINER', args };
}

function buildUnknown(draft: Draft): Instruction {
  const { line, from, to } = draft;
  const args = eachRange(blankRanges(line.text, from, to), (a, b) => plainWord(line, a, b));
  return { ...base(draft, args), kind: 'unknown', args };
}

const builders: Readonly<Record<Kind, Builder>> = {
  ADD: buildCopy('ADD'),
  ARG: buildAssign('ARG'),
  CMD: buildStart('CMD'),
  COPY: buildCopy('COPY'),
  ENTRYPOINT: buildStart('ENTRYPOINT'),
  ENV: buildAssign('ENV'),
  EXPOSE: buildExpose,
  FROM: buildFrom,
  HEALTHCHECK: buildHealthCheck,
  LABEL: buildAssign('LABEL'),
  MAINTAINER: buildMaintainer,
  ONBUILD: buildOnBuild,
  RUN: buildRun,
  SHELL: buildStart('SHELL'),
  STOPSIGNAL: buildString('STOPSIGNAL'),
  USER: buildString('USER'),
  VOLUME: buildVolume,
  WORKDIR: buildString('WORKDIR'),
  unknown: buildUnknown,
};
