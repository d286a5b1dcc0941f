/** A part of a shell pattern: one character, any character (`?`), or any number of characters (`*`). */
type PatternPart = { readonly character: string } | '?' | '*';

/** What the expansion of one word may still take; negative where that was not enough. */
export interface Budget {
  steps: number;
  length: number;
}

/** The parts of a pattern, or undefined where it escapes what cannot be escaped (lex.go). */
export function patternOf(text: string): readonly PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  const characters = Array.from(text);
  for (let i = 0; i < characters.length; i++) {
    let character = characters[i] ?? '';
    if (character === '*' || character === '?') {
      // Several stars in a row match what one matches.
      if (character === '?' || parts.at(-1) !== '*') parts.push(character);
      continue;
    }
    if (character === '\\') {
      character = characters[++i] ?? '';
      if (character === '' || !'*?\\}/'.includes(character)) return undefined;
    }
    parts.push({ character });
  }
  return parts;
}

function matches(part: PatternPart | undefined, character: string): boolean {
  if (part === undefined) return false;
  if (part === '?' || part === '*') return character !== '\n';
  return part.character === character;
}

interface Trim {
  readonly longest: boolean;
  readonly budget: Budget;
}

/** Where a match that begins at `from` ends, the longest or the shortest one; -1 without one. No backtracking. */
function matchEnd(
  parts: readonly PatternPart[],
  characters: readonly string[],
  from: number,
  { longest, budget }: Trim,
): number {
  let states = reach(parts, [0]);
  let end = -1;
  for (let at = from; states.length > 0; at++) {
    if (states.at(-1) === parts.length) {
      end = at;
      if (!longest) return end;
    }
    const character = characters[at];
    if (character === undefined) break;
    budget.steps -= states.length;
    if (budget.steps < 0) return -1;
    const next: number[] = [];
    for (const state of states) {
      if (!matches(parts[state], character)) continue;
      const to = parts[state] === '*' ? state : state + 1;
      if (next.at(-1) !== to) next.push(to);
    }
    states = reach(parts, next);
  }
  return end;
}

/** Adds the states after a `*`, which may match nothing. States stay in order, each once. */
function reach(parts: readonly PatternPart[], states: readonly number[]): number[] {
  const all: number[] = [];
  for (const state of states) {
    let at = state;
    if ((all.at(-1) ?? -1) < at) all.push(at);
    while (parts[at] === '*') {
      at++;
      if ((all.at(-1) ?? -1) < at) all.push(at);
    }
  }
  return all;
}

/** `${value#pattern}` and `${value##pattern}`. */
export function removePrefix(value: string, pattern: readonly PatternPart[], trim: Trim): string {
  const characters = Array.from(value);
  const end = matchEnd(pattern, characters, 0, trim);
  return end < 0 ? value : characters.slice(end).join('');
}

/** `${value%pattern}` and `${value%%pattern}`. */
export function removeSuffix(value: string, pattern: readonly PatternPart[], trim: Trim): string {
  const characters = Array.from(value).reverse();
  const end = matchEnd([...pattern].reverse(), characters, 0, trim);
  return end < 0 ? value : characters.slice(end).reverse().join('');
}

/** `${value/pattern/replacement}` and `${value//pattern/replacement}`. */
export function replacePattern(
  value: string,
  pattern: readonly PatternPart[],
  replacement: string,
  { all, budget }: { readonly all: boolean; readonly budget: Budget },
): string {
  const characters = Array.from(value);
  let result = '';
  let previousEnd = -1;
  let at = 0;
  for (; at <= characters.length; at++) {
    const end = matchEnd(pattern, characters, at, { longest: true, budget });
    if (budget.steps < 0 || budget.length < 0) return '';
    // An empty match directly after another one is ignored.
    const isMatch = end > at || (end === at && previousEnd !== at);
    if (isMatch) {
      result += replacement;
      budget.length -= replacement.length;
    }
    if (isMatch && !all) return result + characters.slice(end).join('');
    if (isMatch && end > at) {
      previousEnd = end;
      at = end - 1;
    } else result += characters[at] ?? '';
  }
  return result;
}
