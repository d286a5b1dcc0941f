/** How likely each word is in a slot: by what the file has used in such slots, and by what other files use there. */
import { anyArgument, countsFor, type FileWords, type Slot, type SlotWord } from './slot.ts';
import type { Row, Table } from './table.ts';

/** The weight of one use in the file, compared with one in the table. */
const ownUse = 6;
/** The weight of what is known of a more general slot. */
const general = 4;
/** After so many words, a use in the file counts half. */
const halfLife = 250;
const repeated = 0.03;

export interface Likely {
  /** The probability of each known word, roughly. */
  readonly words: ReadonlyMap<string, number>;
  /** The words that the file itself has used. */
  readonly own: ReadonlySet<string>;
}

/** How likely words are in a slot. Time is linear in the words of the file. */
export function likelyWords({ words }: FileWords, slot: Slot, table: Table): Likely {
  const own = ownCounts(words, slot);
  const found = new Map<string, number>();
  for (let i = slot.keys.length - 1; i >= 0; i--) {
    blend(found, own[i] ?? emptyCounts, table.row(slot.keys[i] ?? ''));
  }
  const used = new Set(own.flatMap(({ words: counted }) => [...counted.keys()]));
  if (slot.kind === 'variable') addDeclared(words, slot, found);
  return { words: adjusted(found, slot), own: used };
}

const argumentKeys = [anyArgument];

interface Counts {
  total: number;
  readonly words: Map<string, number>;
}

const emptyCounts: Counts = { total: 0, words: new Map() };

/** What the file uses in slots with the same keys; later uses count more. */
function ownCounts(
  words: readonly SlotWord[],
  { keys, group, isArgument }: Slot,
): readonly Counts[] {
  const counts = keys.map((): Counts => ({ total: 0, words: new Map() }));
  const indexes = new Map(keys.map((key, index) => [key, index]));
  words.forEach(({ slot, text }, at) => {
    if (slot.group !== group && !(isArgument && slot.isArgument)) return;
    for (const key of slot.group === group ? slot.keys : argumentKeys) {
      const count = counts[indexes.get(key) ?? -1];
      if (count === undefined || text === '' || !countsFor(key, text)) continue;
      const weight = ownUse * 0.5 ** ((words.length - at) / halfLife);
      count.total += weight;
      count.words.set(text, (count.words.get(text) ?? 0) + weight);
    }
  });
  return counts;
}

/** Adds what is known of a more specific slot. */
function blend(found: Map<string, number>, own: Counts, row: Row | undefined): void {
  const known = own.total + (row?.total ?? 0);
  if (known === 0) return;
  const total = known + general;
  for (const [word, probability] of found) found.set(word, (general * probability) / total);
  const add = (weight: number, word: string): void => {
    found.set(word, (found.get(word) ?? 0) + weight / total);
  };
  own.words.forEach(add);
  row?.words.forEach(add);
}

/** Variables that the file declares: the latest first, and those not yet used more. */
function addDeclared(words: readonly SlotWord[], slot: Slot, found: Map<string, number>): void {
  if (slot.keys.at(-1) !== '$') return;
  words.forEach(({ slot: { kind, form }, text }, at) => {
    const name = kind === 'variable' && form === 'pair' ? text : /^([A-Za-z_]\w*)=/.exec(text)?.[1];
    if (name === undefined || kind === 'label') return;
    const weight = 0.2 * 0.5 ** ((words.length - at) / halfLife);
    found.set(name, (found.get(name) ?? 0) + weight);
  });
}

/** A word of the same command is rarely repeated. */
function adjusted(found: Map<string, number>, { given }: Slot): ReadonlyMap<string, number> {
  for (const word of given) {
    const probability = found.get(word);
    if (probability !== undefined && !word.startsWith('--mount'))
      found.set(word, probability * repeated);
  }
  return found;
}
