/** A piece of a shell pattern: one character, any one (`?`), or any number of them (`*`). */
type Piece = { readonly character: string } | '?' | '*';

/** What the expansion of one word may still take; negative where that was not enough. */
export interface Budget {
  steps: number;
  length: number;
}

/** The pieces of a pattern, or undefined where it escapes what cannot be escaped (lex.go). */
export function patternOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const characters = Array.from(text);
  for (let i = 0; i < characters.length; i++) {
    let character = characters[i] ?? '';
    if (character === '*' || character === '?') {
      // Several stars in a row match what one matches.
      if (character === '?' || pieces.at(-1) !== '*') pieces.push(character);
      continue;
    }
    if (character === '\\') {
      character = characters[++i] ?? '';
      if (character === '' || !'*?\\}/'.includes(character)) return undefined;
    }
    pieces.push({ character });
  }
  return pieces;
}

function fits(piece: Piece | undefined, character: string): boolean {
  if (piece === undefined) return false;
  if (piece === '?' || piece === '*') return character !== '\n';
  return piece.character === character;
}

interface Trim {
  readonly longest: boolean;
  readonly budget: Budget;
}

/** Where a match that begins at `from` ends, the longest or the shortest one; -1 without one. No backtracking. */
function matchEnd(
  pieces: readonly Piece[],
  characters: readonly string[],
  from: number,
  { longest, budget }: Trim,
): number {
  let states = reach(pieces, [0]);
  let end = -1;
  for (let at = from; states.length > 0; at++) {
    if (states.at(-1) === pieces.length) {
      end = at;
      if (!longest) return end;
    }
    const character = characters[at];
    if (character === undefined) break;
    budget.steps -= states.length;
    if (budget.steps < 0) return -1;
    const next: number[] = [];
    for (const state of states) {
      if (!fits(pieces[state], character)) continue;
      const to = pieces[state] === '*' ? state : state + 1;
      if (next.at(-1) !== to) next.push(to);
    }
    states = reach(pieces, next);
  }
  return end;
}

/** A star may stand for nothing. States stay in order, each once. */
function reach(pieces: readonly Piece[], states: readonly number[]): number[] {
  const all: number[] = [];
  for (const state of states) {
    let at = state;
    if ((all.at(-1) ?? -1) < at) all.push(at);
    while (pieces[at] === '*') {
      at++;
      if ((all.at(-1) ?? -1) < at) all.push(at);
    }
  }
  return all;
}

/** `${value#pattern}` and `${value##pattern}`. */
export function withoutPrefix(value: string, pattern: readonly Piece[], trim: Trim): string {
  const characters = Array.from(value);
  const end = matchEnd(pattern, characters, 0, trim);
  return end < 0 ? value : characters.slice(end).join('');
}

/** `${value%pattern}` and `${value%%pattern}`. */
export function withoutSuffix(value: string, pattern: readonly Piece[], trim: Trim): string {
  const characters = Array.from(value).reverse();
  const end = matchEnd([...pattern].reverse(), characters, 0, trim);
  return end < 0 ? value : characters.slice(end).reverse().join('');
}

/** `${value/pattern/replacement}` and `${value//pattern/replacement}`. */
export function replaced(
  value: string,
  pattern: readonly Piece[],
  replacement: string,
  { all, budget }: { readonly all: boolean; readonly budget: Budget },
): string {
  const characters = Array.from(value);
  let result = '';
  let done = -1;
  let at = 0;
  for (; at <= characters.length; at++) {
    const end = matchEnd(pattern, characters, at, { longest: true, budget });
    if (budget.steps < 0 || budget.length < 0) return '';
    // An empty match right behind another one counts for nothing.
    const counts = end > at || (end === at && done !== at);
    if (counts) {
      result += replacement;
      budget.length -= replacement.length;
    }
    if (counts && !all) return result + characters.slice(end).join('');
    if (counts && end > at) {
      done = end;
      at = end - 1;
    } else result += characters[at] ?? '';
  }
  return result;
}
