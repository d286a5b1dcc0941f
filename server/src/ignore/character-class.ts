/** Character classes and escapes of Go's regular expressions (regexp/syntax, with the flags of `regexp.Compile`). */

/** Whether a code point matches. */
export type Test = (code: number) => boolean;

export interface Read {
  readonly test: Test;
  readonly next: number;
}

/** A class whose `[` is before `from`; undefined if it is invalid. */
export function readClass(characters: readonly string[], from: number): Read | undefined {
  const isNegated = characters[from] === '^';
  const first = isNegated ? from + 1 : from;
  const tests: Test[] = [];
  let at = first;
  while (at === first || characters[at] !== ']') {
    const read = readMember(characters, at);
    if (read === undefined) return undefined;
    tests.push(read.test);
    at = read.next;
  }
  const isMember: Test = (code) => tests.some((test) => test(code));
  return { test: isNegated ? (code) => !isMember(code) : isMember, next: at + 1 };
}

function readMember(characters: readonly string[], at: number): Read | undefined {
  if (characters[at] === '[' && characters[at + 1] === ':') {
    const end = characters.findIndex(
      (character, i) => i >= at + 2 && character === ':' && characters[i + 1] === ']',
    );
    if (end >= 0) return namedClass(characters.slice(at + 2, end).join(''), end + 2);
  }
  if (characters[at] === '\\' && isGroup(characters[at + 1])) return readEscape(characters, at + 1);
  const low = readCode(characters, at);
  if (low === undefined) return undefined;
  if (
    characters[low.next] !== '-' ||
    characters[low.next + 1] === undefined ||
    characters[low.next + 1] === ']'
  )
    return { test: (code) => code === low.code, next: low.next };
  const high = readCode(characters, low.next + 1);
  if (high === undefined || high.code < low.code) return undefined;
  return { test: (code) => low.code <= code && code <= high.code, next: high.next };
}

interface Code {
  readonly code: number;
  readonly next: number;
}

function readCode(characters: readonly string[], at: number): Code | undefined {
  const character = characters[at];
  if (character === '\\') return readEscapedCode(characters, at + 1);
  const code = character?.codePointAt(0);
  return code === undefined ? undefined : { code, next: at + 1 };
}

function isGroup(character: string | undefined): boolean {
  return character !== undefined && 'dDsSwWpP'.includes(character);
}

const perlGroups: Readonly<Record<string, RegExp>> = {
  d: /^[0-9]$/,
  s: /^[\t\n\f\r ]$/,
  w: /^[0-9A-Za-z_]$/,
};

/** The general categories of Unicode; scripts are not supported. */
const categories: Readonly<Record<string, RegExp>> = Object.fromEntries(
  'C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs'
    .split(' ')
    .map((name) => [name, new RegExp(`^\\p{${name}}$`, 'u')]),
);

/** POSIX names, and Go's `word`. */
const named: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  ascii: /^[\0-\x7f]$/,
  blank: /^[\t ]$/,
  cntrl: /^[\0-\x1f\x7f]$/,
  digit: /^[0-9]$/,
  graph: /^[!-~]$/,
  lower: /^[a-z]$/,
  print: /^[ -~]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[\t-\r ]$/,
  upper: /^[A-Z]$/,
  word: /^[0-9A-Za-z_]$/,
  xdigit: /^[0-9A-Fa-f]$/,
};

function namedClass(name: string, next: number): Read | undefined {
  const isNegated = name.startsWith('^');
  const plain = isNegated ? name.slice(1) : name;
  return groupOf(named, plain, { isNegated, next });
}

function groupOf(
  groups: Readonly<Record<string, RegExp>>,
  name: string,
  { isNegated, next }: { readonly isNegated: boolean; readonly next: number },
): Read | undefined {
  const pattern = Object.hasOwn(groups, name) ? groups[name] : undefined;
  if (pattern === undefined) return undefined;
  return { test: (code) => pattern.test(String.fromCodePoint(code)) !== isNegated, next };
}

/** An escape whose backslash is before `at`: a group or a character. */
export function readEscape(characters: readonly string[], at: number): Read | undefined {
  const character = characters[at] ?? '';
  if (isGroup(character)) {
    const lower = character.toLowerCase();
    const isNegated = lower !== character;
    if (lower === 'p') return unicodeGroup(characters, at + 1, isNegated);
    return groupOf(perlGroups, lower, { isNegated, next: at + 1 });
  }
  const read = readEscapedCode(characters, at);
  return read && { test: (code) => code === read.code, next: read.next };
}

/** `\pL`, `\p{Lu}` or `\p{^Lu}`, after the `p`. */
function unicodeGroup(
  characters: readonly string[],
  at: number,
  isNegated: boolean,
): Read | undefined {
  if (characters[at] !== '{')
    return groupOf(categories, characters[at] ?? '', { isNegated, next: at + 1 });
  const end = characters.indexOf('}', at);
  if (end < 0) return undefined;
  const name = characters.slice(at + 1, end).join('');
  const isInverted = name.startsWith('^');
  return groupOf(categories, isInverted ? name.slice(1) : name, {
    isNegated: isNegated !== isInverted,
    next: end + 1,
  });
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

function readEscapedCode(characters: readonly string[], at: number): Code | undefined {
  const character = characters[at] ?? '';
  if (/^[\0-\x7f]$/.test(character) && !/^[0-9A-Za-z]$/.test(character))
    return { code: character.charCodeAt(0), next: at + 1 };
  const isOctal = (i: number): boolean => /^[0-7]$/.test(characters[i] ?? '');
  // A digit other than 0 alone would refer to a group.
  if (character === '0' || (isOctal(at) && isOctal(at + 1))) {
    let end = at + 1;
    while (end < at + 3 && isOctal(end)) end++;
    return { code: Number.parseInt(characters.slice(at, end).join(''), 8), next: end };
  }
  if (character === 'x' && characters[at + 1] === '{') {
    const [all, digits = ''] =
      /^\{([0-9A-Fa-f]{1,6})\}/.exec(characters.slice(at + 1, at + 10).join('')) ?? [];
    const code = Number.parseInt(digits, 16);
    return all === undefined || code > 0x10ffff ? undefined : { code, next: at + 1 + all.length };
  }
  if (character === 'x') {
    const digits = characters.slice(at + 1, at + 3).join('');
    if (!/^[0-9A-Fa-f]{2}$/.test(digits)) return undefined;
    return { code: Number.parseInt(digits, 16), next: at + 3 };
  }
  const code = Object.hasOwn(controls, character) ? controls[character] : undefined;
  return code === undefined ? undefined : { code, next: at + 1 };
}
