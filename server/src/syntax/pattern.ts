/** A part of a shell pattern: one character, any character (`?`), or any number of characters (`*`). */
type Piece = { readonly character: string } | '?' | '*';

/** Parses a pattern; undefined if it escapes a character that cannot be escaped (lex.go). */
export function patternOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const characters = Array.from(text);
  for (let i = 0; i < characters.length; i++) {
    let character = characters[i] ?? '';
    if (character === '*' || character === '?') {
      pieces.push(character);
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

/** The end of the longest or shortest match that begins at `from`, or -1 if there is none. Does not backtrack. */
export function matchEnd(
  pieces: readonly Piece[],
  characters: readonly string[],
  from: number,
  longest: boolean,
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

/** Adds the states after a `*`, which may match nothing. States stay in order, each once. */
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
export function withoutPrefix(value: string, pattern: readonly Piece[], longest: boolean): string {
  const characters = Array.from(value);
  const end = matchEnd(pattern, characters, 0, longest);
  return end < 0 ? value : characters.slice(end).join('');
}

/** `${value%pattern}` and `${value%%pattern}`. */
export function withoutSuffix(value: string, pattern: readonly Piece[], longest: boolean): string {
  const characters = Array.from(value).reverse();
  const end = matchEnd([...pattern].reverse(), characters, 0, longest);
  return end < 0 ? value : characters.slice(end).reverse().join('');
}

/** `${value/pattern/replacement}` and `${value//pattern/replacement}`. */
export function replaced(
  value: string,
  pattern: readonly Piece[],
  replacement: string,
  all: boolean,
): string {
  const characters = Array.from(value);
  let result = '';
  let done = -1;
  let at = 0;
  for (; at <= characters.length; at++) {
    const end = matchEnd(pattern, characters, at, true);
    // An empty match directly after another one is ignored.
    const counts = end > at || (end === at && done !== at);
    if (counts) result += replacement;
    if (counts && !all) return result + characters.slice(end).join('');
    if (counts && end > at) {
      done = end;
      at = end - 1;
    } else result += characters[at] ?? '';
  }
  return result;
}
