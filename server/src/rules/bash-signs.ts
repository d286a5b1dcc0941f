/** A quick look that tells of most steps that nothing of bash alone is in them; a regular expression takes ten times as long. */
import type { Span } from '../text/span.ts';

/** Words that only bash knows, or means by them what no other shell does. */
const words = ['source', 'function', 'pushd', 'popd', 'shopt', 'declare', 'typeset', 'mapfile', 'readarray', 'disown', 'pipefail', 'let', 'echo']; // prettier-ignore

/** What may follow a character so that both are a sign of bash; of braces more has to be looked at. */
const followers: ReadonlyMap<string, string> = new Map([
  ['[', '['],
  ['<', '(<'],
  ['>', '('],
  ['&', '>'],
  ['|', '&'],
  ['=', '=('],
  ['+', '='],
  ['(', '('],
  ['$', "'"],
]);

/** What a character may begin. */
const pair = 1;
const brace = 2;
const word = 3;

const kinds = new Uint8Array(128);
for (const char of followers.keys()) kinds[code(char)] = pair;
for (const one of words) kinds[code(one)] = word;
kinds[code('{')] = brace;

/** For each character that begins a pair, the codes of what may follow. */
const next: readonly (readonly number[])[] = Array.from(kinds, (_, at) =>
  Array.from(followers.get(String.fromCharCode(at)) ?? '', code),
);

/** The words that begin with a character. */
const wordsFrom: readonly (readonly string[])[] = Array.from(kinds, (_, at) =>
  words.filter((one) => code(one) === at),
);

const isWordCode = Uint8Array.from({ length: 128 }, (_, at) =>
  /\w/.test(String.fromCharCode(at)) ? 1 : 0,
);

/** Where the signs of bash stand in a step, in order; `<<`, `a==1`, `${A:-b}` and braces without a comma are none. */
export function signsIn(text: string, { start, end }: Span): readonly number[] {
  let found: number[] | undefined;
  let before = 0;
  for (let i = start; i < end; i++) {
    const char = text.charCodeAt(i);
    const kind = kinds[char] ?? 0;
    if (kind !== 0 && isSign(text, i, end, { kind, before })) (found ??= []).push(i);
    before = char;
  }
  return found ?? none;
}

const none: readonly number[] = [];

interface At {
  readonly kind: number;
  readonly before: number;
}

function isSign(text: string, at: number, end: number, { kind, before }: At): boolean {
  if (kind === word) return isWordCode[before] !== 1 && isBashWord(text, at);
  return kind === pair ? isPair(text, at) : isList(text, at, end);
}

function isPair(text: string, at: number): boolean {
  const following = text.charCodeAt(at + 1);
  if (next[text.charCodeAt(at)]?.includes(following) !== true) return false;
  if (text[at] === '<') return following === code('(') || text[at + 2] === '<';
  // Versions of Python's packages have it too, without blanks.
  return text[at] !== '=' || following === code('(') || /\s/.test(text[at - 1] ?? '');
}

function isBashWord(text: string, at: number): boolean {
  const found = wordsFrom[text.charCodeAt(at)]?.find((one) => text.startsWith(one, at));
  if (found === undefined) return false;
  const end = at + found.length;
  if (found !== 'echo') return isWordCode[text.charCodeAt(end)] !== 1 && text[end] !== '.';
  return /^\s+-\w*[eE]/.test(text.slice(end, end + 20));
}

/** `{a,b}` and `{1..3}`; behind `$` the operators that only bash has. */
function isList(text: string, at: number, end: number): boolean {
  const isVariable = text[at - 1] === '$';
  for (let i = at + 1; i < end; i++) {
    const char = text[i] ?? '';
    if (char === '}' || char === '\n') return false;
    if (isVariable) {
      if (char === '!' && i === at + 1) return true;
      if (char === ':') return !'-=+?'.includes(text[i + 1] ?? '');
      if (isWordCode[text.charCodeAt(i)] !== 1) return '[/^,'.includes(char);
    } else if (char === ',' || (char === '.' && text[i + 1] === '.')) return true;
  }
  return false;
}

function code(char: string): number {
  return char.charCodeAt(0);
}
