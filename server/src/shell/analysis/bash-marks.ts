/** A quick look that tells of most steps that nothing of bash alone is in them; a regular expression takes ten times as long. */
import { anyOf, type Marks } from '../../text/fingerprint.ts';
import type { Span } from '../../text/span.ts';

/** Words that only bash knows, or means by them what no other shell does. */
const words = ['source', 'function', 'pushd', 'popd', 'shopt', 'declare', 'typeset', 'mapfile', 'readarray', 'disown', 'pipefail', 'let', 'echo'].map((name) => ({ name, marks: anyOf(name) })); // prettier-ignore

/** Each is a sign of bash wherever it stands; `==` is one behind a blank, as versions of Python's packages have it too. */
const operators = ['[[', '<(', '<<<', '>(', '&>', '|&', '==', '=(', '+=', '((', "$'"];

const isWordCode = Uint8Array.from({ length: 128 }, (_, at) =>
  /\w/.test(String.fromCharCode(at)) ? 1 : 0,
);

/**
 * Where signs of bash stand in a file, in order; `<<`, `a==1`, `${A:-b}` and braces without a comma are none. The text is
 * searched once for each rather than read once: V8 searches quickly from the first time, and reads slowly until the hundredth.
 */
export function bashMarks(
  text: string,
  mayHave: (words: readonly Marks[]) => boolean,
): readonly number[] {
  const found: number[] = [];
  for (const operator of operators)
    for (let at = text.indexOf(operator); at >= 0; at = text.indexOf(operator, at + 1))
      if (operator !== '==' || /\s/.test(text[at - 1] ?? '')) found.push(at);
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1))
    if (isList(text, at)) found.push(at);
  for (const { name, marks } of words) {
    if (!mayHave(marks)) continue;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
      if (isBashWord(text, at, name)) found.push(at);
  }
  return found.length > 1 ? found.sort((a, b) => a - b) : found;
}

/** Whether one of them stands in a place. */
export function hasMark(signs: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = signs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((signs[middle] ?? end) < start) low = middle + 1;
    else high = middle;
  }
  return (signs[low] ?? end) < end;
}

function isBashWord(text: string, at: number, name: string): boolean {
  if (isWordCode[text.charCodeAt(at - 1)] === 1) return false;
  const end = at + name.length;
  if (name !== 'echo') return isWordCode[text.charCodeAt(end)] !== 1 && text[end] !== '.';
  return /^\s+-\w*[eE]/.test(text.slice(end, end + 20));
}

/** `{a,b}` and `{1..3}`; behind `$` the operators that only bash has. */
function isList(text: string, at: number): boolean {
  const isVariable = text[at - 1] === '$';
  for (let i = at + 1; i < text.length; i++) {
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
