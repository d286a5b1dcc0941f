/** Finds syntax that only bash has. Most steps have none, and a regular expression takes ten times as long. */
import { wordHashes, type WordHashes } from '../../text/fingerprint.ts';
import { firstNotLess } from '../../text/sorted.ts';
import type { Span } from '../../text/span.ts';

interface MarkedWord {
  readonly name: string;
  readonly marks: WordHashes;
}

/** Words that only bash supports, or that mean something else in other shells. */
const words: readonly MarkedWord[] = ['source', 'function', 'pushd', 'popd', 'shopt', 'declare', 'typeset', 'mapfile', 'readarray', 'disown', 'pipefail', 'let', 'echo'].map((name) => ({ name, marks: wordHashes(name) })); // prettier-ignore

/**
 * Operators that only bash supports. `==` counts only after whitespace, because versions of Python packages contain it
 * too.
 */
const operators = ['[[', '<(', '<<<', '>(', '&>', '|&', '==', '=(', '+=', '((', "$'"];

const isWordCode = Uint8Array.from({ length: 128 }, (_, at) =>
  /\w/.test(String.fromCharCode(at)) ? 1 : 0,
);

/**
 * The positions of bash syntax in a file, in order; `<<`, `a==1`, `${A:-b}` and braces without a comma are not
 * included. The text is searched once for each word instead of being read once: V8 searches fast from the first time,
 * but runs a loop over characters slowly until it is optimized. The lists are read by index: when a file is opened, an
 * iterator is one more thing that is not in the caches of the processor.
 */
export function bashSyntaxPositions(
  text: string,
  file: { mayContain(words: WordHashes): boolean },
): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < operators.length; i++) {
    const operator = operators[i] as string;
    for (let at = text.indexOf(operator); at >= 0; at = text.indexOf(operator, at + 1))
      if (operator !== '==' || /\s/.test(text[at - 1] ?? '')) found.push(at);
  }
  let list: BraceList = { decidedAt: -1, isBash: false };
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
    if (text[at - 1] === '$') {
      if (isBashVariable(text, at)) found.push(at);
      continue;
    }
    // What decides about one brace also decides about those between them.
    if (at >= list.decidedAt) list = braceList(text, at);
    if (list.isBash) found.push(at);
  }
  for (let i = 0; i < words.length; i++) {
    const { name, marks } = words[i] as MarkedWord;
    if (!file.mayContain(marks)) continue;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
      if (isBashWord(text, at, name)) found.push(at);
  }
  return found.length > 1 ? found.sort((a, b) => a - b) : found;
}

/** Whether a span contains one of the positions. */
export function hasBashSyntax(positions: readonly number[], { start, end }: Span): boolean {
  return (positions[firstNotLess(positions, start)] ?? end) < end;
}

function isBashWord(text: string, at: number, name: string): boolean {
  if (isWordCode[text.charCodeAt(at - 1)] === 1) return false;
  const end = at + name.length;
  if (name !== 'echo') return isWordCode[text.charCodeAt(end)] !== 1 && text[end] !== '.';
  return /^\s+-\w*[eE]/.test(text.slice(end, end + 20));
}

interface BraceList {
  /** The offset of the character that decides whether the braces are a list. */
  readonly decidedAt: number;
  readonly isBash: boolean;
}

/** Whether braces are a list such as `{a,b}` or `{1..3}`. */
function braceList(text: string, at: number): BraceList {
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '}' || char === '\n') return { decidedAt: i, isBash: false };
    if (char === ',' || (char === '.' && text[i + 1] === '.'))
      return { decidedAt: i, isBash: true };
  }
  return { decidedAt: text.length, isBash: false };
}

/** Whether `${…}` has an operator that only bash supports. */
function isBashVariable(text: string, at: number): boolean {
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '}' || char === '\n') return false;
    if (char === '!' && i === at + 1) return true;
    if (char === ':') return !'-=+?'.includes(text[i + 1] ?? '');
    if (isWordCode[text.charCodeAt(i)] !== 1) return '[/^,'.includes(char);
  }
  return false;
}
