/**
 * The part of Go's regular expressions that patterns of ignore files are translated to (regexp/syntax/parse.go).
 * Undefined stands for an invalid expression.
 */
import { readClass, readEscape, type Test } from './character-class.ts';

export type Step =
  | { readonly kind: 'character'; readonly test: Test }
  /** Continues with the next step and also with the one that is `by` steps away. */
  | { readonly kind: 'split'; readonly by: number }
  | { readonly kind: 'jump'; readonly by: number }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'match' };

export type Assertion = 'start' | 'end' | 'boundary' | 'inside';

export interface Expression {
  readonly steps: readonly Step[];
  /** Where each alternative begins. A match of one ends with the step `match`. */
  readonly starts: readonly number[];
}

/** Longer expressions are rejected: `a{1000}` is a thousand steps. */
const mostSteps = 100_000;

export function expressionOf(source: string): Expression | undefined {
  const reader: Reader = {
    characters: Array.from(source),
    at: 0,
    steps: [],
    atom: undefined,
    starts: [0],
  };
  while (reader.at < reader.characters.length) {
    if (!readNext(reader) || reader.steps.length > mostSteps) return undefined;
  }
  reader.steps.push({ kind: 'match' });
  return reader;
}

interface Reader extends Expression {
  readonly characters: readonly string[];
  readonly steps: Step[];
  readonly starts: number[];
  at: number;
  /** What a repetition would repeat: the last steps from this index on; undefined after `|` and at the start. */
  atom: { readonly from: number; readonly isRepeated: boolean } | undefined;
}

/** What `**` is translated to: the only group that occurs. */
const directories = '(.*/)?';
const isAny: Test = (code) => code !== 10;
const isSlash: Test = (code) => code === 47;
const directorySteps: readonly Step[] = [
  { kind: 'split', by: 5 },
  { kind: 'split', by: 3 },
  { kind: 'character', test: isAny },
  { kind: 'jump', by: -2 },
  { kind: 'character', test: isSlash },
];

function readNext(reader: Reader): boolean {
  const { characters, at } = reader;
  switch (characters[at]) {
    case '|':
      reader.steps.push({ kind: 'match' });
      reader.starts.push(reader.steps.length);
      reader.atom = undefined;
      reader.at++;
      return true;
    case '(':
      reader.at += directories.length;
      return push(reader, directorySteps, true);
    case '*':
      reader.at++;
      return repeat(reader, { least: 0, most: undefined });
    case '{': {
      const found = readCounts(characters, at);
      if (found === undefined) return readAtom(reader);
      reader.at = found.next;
      return repeat(reader, found);
    }
    default:
      return readAtom(reader);
  }
}

function push(reader: Reader, steps: readonly Step[], isRepeated = false): true {
  reader.atom = { from: reader.steps.length, isRepeated };
  for (const step of steps) reader.steps.push(step);
  return true;
}

interface Counts {
  readonly least: number;
  /** Undefined if there is no limit. */
  readonly most: number | undefined;
}

/** Undefined if the brace is an ordinary character. */
function readCounts(
  characters: readonly string[],
  at: number,
): (Counts & { next: number }) | undefined {
  const text = characters.slice(at, at + 24).join('');
  const [all, least = '', comma, most = ''] =
    /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const limit = comma === undefined ? Number(least) : most === '' ? undefined : Number(most);
  return { least: Number(least), most: limit, next: at + all.length };
}

const mostTimes = 1000;

function repeat(reader: Reader, { least, most }: Counts): boolean {
  const { atom, steps } = reader;
  if (atom === undefined || atom.isRepeated) return false;
  if (least > mostTimes || (most !== undefined && (most > mostTimes || most < least))) return false;
  const once = steps.splice(atom.from);
  if (once.length * Math.max(least, most ?? 0) > mostSteps) return false;
  const addOnce = (): void => once.forEach((step) => steps.push(step));
  for (let i = 0; i < least; i++) addOnce();
  if (most === undefined) {
    steps.push({ kind: 'split', by: once.length + 2 });
    addOnce();
    steps.push({ kind: 'jump', by: -once.length - 1 });
  } else
    for (let i = least; i < most; i++) {
      steps.push({ kind: 'split', by: (most - i) * (once.length + 1) });
      addOnce();
    }
  reader.atom = { from: atom.from, isRepeated: true };
  return true;
}

function readAtom(reader: Reader): boolean {
  const { characters, at } = reader;
  const character = characters[at] ?? '';
  if (character === '[') return pushTest(reader, readClass(characters, at + 1));
  if (character === '\\') return readEscapedAtom(reader, at + 1);
  reader.at++;
  if (character === '^') return push(reader, [{ kind: 'assert', what: 'start' }]);
  if (character === '$') return push(reader, [{ kind: 'assert', what: 'end' }]);
  return push(reader, [
    character === '.' ? { kind: 'character', test: isAny } : literal(character),
  ]);
}

function pushTest(reader: Reader, read: ReturnType<typeof readClass>): boolean {
  if (read === undefined) return false;
  reader.at = read.next;
  return push(reader, [{ kind: 'character', test: read.test }]);
}

function literal(character: string): Step {
  const code = character.codePointAt(0);
  return { kind: 'character', test: (other) => other === code };
}

const assertions: Readonly<Record<string, Assertion>> = {
  A: 'start',
  z: 'end',
  b: 'boundary',
  B: 'inside',
};

function readEscapedAtom(reader: Reader, at: number): boolean {
  const { characters } = reader;
  const character = characters[at] ?? '';
  const what = Object.hasOwn(assertions, character) ? assertions[character] : undefined;
  if (what !== undefined) {
    reader.at = at + 1;
    return push(reader, [{ kind: 'assert', what }]);
  }
  if (character !== 'Q') return pushTest(reader, readEscape(characters, at));
  // Literal up to `\E`.
  let end = at + 1;
  const isEnd = (): boolean => characters[end] === '\\' && characters[end + 1] === 'E';
  for (; end < characters.length && !isEnd(); end++) push(reader, [literal(characters[end] ?? '')]);
  reader.at = end + 2;
  return true;
}
