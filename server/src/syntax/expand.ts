import { scan, scanAll, simpleVariableEnd } from './variables.ts';
import {
  type ExpandTrouble,
  isSpent,
  longestValue,
  type Lookup,
  readUntil,
  wordReader,
  type WordReader,
} from './word-reader.ts';
import { keepCode } from '../text/kept-code.ts';

export interface Expansion {
  readonly text: string;
  /** The text split at unquoted whitespace, as in EXPOSE. */
  readonly words: readonly string[];
  /** The names of variables that are set, and of those that are not. */
  readonly set: ReadonlySet<string>;
  readonly unset: ReadonlySet<string>;
  /** Set if BuildKit refuses the word; the text is then empty. */
  readonly trouble?: ExpandTrouble;
}

/**
 * What a word stands for (BuildKit frontend/dockerfile/shell/lex.go, ProcessWord and ProcessWords); undefined where that
 * is too long or takes too long to find out. Only the model calls this: everything else uses its values.
 */
export function expand(
  word: string,
  lookup: Lookup,
  escape: '\\' | '`' = '\\',
): Expansion | undefined {
  // Most words with variables have only `$NAME` and `${NAME}`, and no quotes but double quotes around the word.
  const isQuoted = word.length > 1 && word.startsWith('"') && word.endsWith('"');
  const inner = isQuoted ? word.slice(1, -1) : word;
  if (inner.includes('"') || inner.includes("'") || inner.includes(escape))
    return expandAll(word, lookup, escape);
  let set: Set<string> | undefined;
  let unset: Set<string> | undefined;
  let text = '';
  let left = longestValue;
  let from = 0;
  for (let at = inner.indexOf('$'); at >= 0; at = inner.indexOf('$', from)) {
    const end = simpleVariableEnd(inner, at);
    if (end < 0) return expandAll(word, lookup, escape);
    const name = inner[at + 1] === '{' ? inner.slice(at + 2, end - 1) : inner.slice(at + 1, end);
    const value = lookup(name);
    if (value === undefined) (unset ??= new Set()).add(name);
    else (set ??= new Set()).add(name);
    text += inner.slice(from, at) + (value ?? '');
    left -= value?.length ?? 0;
    // A word with many long values would not fit into memory.
    if (left < 0) return expandAll(word, lookup, escape);
    from = end;
  }
  text += inner.slice(from);
  if (text.length > longestValue) return undefined;
  return new Expanded(text, { set: set ?? none, unset: unset ?? none, text: word, lookup, escape });
}

function expandAll(word: string, lookup: Lookup, escape: '\\' | '`'): Expansion | undefined {
  const s = scan(word, 0, word.length, escape.charCodeAt(0), () => ({ start: 0, end: 0 }));
  scanAll(s);
  const reader = wordReader(word, lookup, escape, false);
  if (s.trouble)
    return { text: '', words: [], set: reader.set, unset: reader.unset, trouble: s.trouble };
  const text = readUntil(reader, '');
  if (isSpent(reader) || text.length > longestValue) return undefined;
  const { set, unset, trouble } = reader;
  if (trouble) return { text: '', words: [], set, unset, trouble };
  return new Expanded(text, reader);
}

const none: ReadonlySet<string> = new Set();

/** What is read again to find the words, and which variables it has. */
type ReadWord = Pick<WordReader, 'text' | 'lookup' | 'escape'> & Pick<Expansion, 'set' | 'unset'>;

/** Words are found when they are used, by reading the word again. */
class Expanded implements Expansion {
  readonly text: string;
  readonly set: ReadonlySet<string>;
  readonly unset: ReadonlySet<string>;
  private readonly word: string;
  private readonly lookup: Lookup;
  private readonly escape: string;

  constructor(text: string, { set, unset, text: word, lookup, escape }: ReadWord) {
    this.text = text;
    this.set = set;
    this.unset = unset;
    this.word = word;
    this.lookup = lookup;
    this.escape = escape;
  }
  get words(): readonly string[] {
    const reader = wordReader(this.word, this.lookup, this.escape, true);
    readUntil(reader, '');
    if (reader.word !== '') reader.words.push(reader.word);
    return reader.words;
  }
}

keepCode(
  new Expanded('', { set: none, unset: none, text: '', lookup: () => 'unset', escape: '\\' }),
);
