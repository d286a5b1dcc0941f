/** Orders completions by what is likely to be written, and adds likely words that nothing else offers. */
import { fits, type Completion } from '../item.ts';
import { atKeyword, type Place } from '../place.ts';
import { likelyWords } from './likely.ts';
import { closedGroups, isScriptStart, newItems, type Here, type Scored } from './new-words.ts';
import { partsOf } from './parts.ts';
import { nextWordTable } from './table.ts';
import type { Slot } from './slot.ts';
import { keywordsUpTo, wordsUpTo } from './words.ts';

/** Completions in their order; some may have been left out. */
export interface Ranked {
  readonly items: readonly Completion[];
  /** More are offered once more is typed. */
  readonly isIncomplete: boolean;
}

/** The most items of one answer. */
const maxItems = 100;
/** Any image is a source of files, but stages are meant most often. */
const maxSources = 30;

/** Orders items; with `adds`, also offers words that only the file or the table knows. */
export async function ranked(
  place: Place,
  items: readonly Completion[],
  adds: boolean,
): Promise<Ranked> {
  const here = slotAt(place);
  if (here === undefined) return cut(place, items);
  const { part, start, words } = here;
  const table = await nextWordTable();
  const { words: likely, own } = likelyWords(words, part.slot, table);
  const typed = place.document.text.slice(start, place.offset);
  const known = new Set<string>();
  const scored = items.map((item, rank): Scored => {
    if (part.slot.kind === 'keyword' && item.kind === 'snippet')
      return { item, word: '', score: priorOf(part.slot, rank) };
    const word = wordOf(place, item, { start, known: likely });
    const share = shareOf(item, known.has(word));
    known.add(word).add(item.label);
    const expected = item.isExpected === true ? expectedWeight : 0;
    const score = share * (likely.get(word) ?? 0) + priorOf(part.slot, rank) + expected;
    return { item, word, score };
  });
  const added = adds ? newItems(place, here, { typed, likely, own, known, items, table }) : [];
  // The sort is stable, so that items of the same score stay in their order.
  const all = inSortedList([...scored, ...added], part.slot).sort((a, b) => b.score - a.score);
  return cut(
    place,
    all.map(({ item }) => item),
    part.slot.kind === 'stage' && typed === '' ? maxSources : maxItems,
  );
}

/**
 * The weight of the order in which items come. In scripts, what is used decides. Elsewhere, items come from what is known
 * of the stage, which is better than what other files use.
 */
function priorOf({ group, isArgument, kind }: Slot, rank: number): number {
  if (isArgument === true || kind === 'keyword' || isScriptStart(group)) return 0.12 / (rank + 4);
  if (group === 'COPY' || group === 'ADD' || group === 'mount') return 0.6 / (rank + 2);
  if (group === '$') return 0.3 / (rank + 2);
  return closedGroups.has(group) || kind === 'user' ? 20 / (rank + 1) : 1.5 / (rank + 1.5);
}

const expectedWeight = 0.3;

/** Of several items that start with the same word, all but the first are less likely, and so are old tags. */
function shareOf({ kind, isEndOfLife, isExpected }: Completion, isAnother: boolean): number {
  if (isExpected === false) return 0.05;
  if (isAnother) return kind === 'command' ? 0.3 : 0.1;
  return isEndOfLife === true ? 0.3 : 1;
}

/** The number of characters before the cursor that are read. */
const searchLength = 12_000;

function slotAt(place: Place): Here | undefined {
  const { document, word, typed, inComment, instruction } = place;
  if (inComment) return undefined;
  // For a keyword, nothing but the keywords above matters.
  const startsInstruction =
    instruction === undefined
      ? /(?:^|\n)[ \t]*$/.test(document.text.slice(Math.max(0, word.start - 100), word.start))
      : atKeyword(place) && word.start === instruction.keyword.span.start;
  const words = startsInstruction
    ? keywordsUpTo(document, word.start)
    : wordsUpTo(document, word.start, searchLength);
  if (words.next === undefined) return undefined;
  // At the keyword itself there is no argument yet.
  if (words.next.kind !== 'keyword' && instruction === undefined) return undefined;
  const part = partsOf(words.next, typed).at(-1);
  return part && { part, start: word.start + part.at, words };
}

interface Query {
  readonly start: number;
  readonly known: ReadonlyMap<string, number>;
}

/** The word that an item writes at the start of the part: its text up to a space or, if that is unknown, a separator. */
function wordOf(
  { document: { text } }: Place,
  { label, kind, insert, snippet, span }: Completion,
  { start, known }: Query,
): string {
  // Most items, without looking at what they insert.
  if (kind === 'keyword' || (span.start === start && known.has(label))) return label;
  const written = snippet ? insert.replace(/\$\{\d+[:|]?|\$\d+/g, ' ') : insert;
  const whole =
    span.start <= start
      ? written.slice(start - span.start)
      : text.slice(start, span.start) + written;
  const word = /^\S*/.exec(whole)?.[0] ?? '';
  if (known.has(word)) return word;
  const short = word.replace(/[:=]+$/, '').replace(/\/$/, '');
  if (known.has(short)) return short;
  const first = /^[^\s,:=]+/.exec(word)?.[0] ?? '';
  return known.has(first) ? first : short;
}

/**
 * Lists of packages are often sorted. In such a list, the next package is probably the first one, in this order, of those
 * that are likely at all.
 */
function inSortedList(all: readonly Scored[], { kind, given }: Slot): Scored[] {
  const listed = given.filter((word) => /^[a-z]/i.test(word)).slice(-6);
  const last = listed.at(-1);
  const isSorted = listed.every((word, i) => i === 0 || (listed[i - 1] ?? '') <= word);
  if (kind !== 'package' || last === undefined || listed.length < 3 || !isSorted) return [...all];
  let passed = 1;
  return [...all]
    .sort((a, b) => (a.word < b.word ? -1 : 1))
    .map((one) => {
      if (!/^[a-z]/i.test(one.word)) return one;
      if (one.word <= last) return { ...one, score: one.score * unsorted };
      const score = one.score * passed;
      passed *= 1 - Math.min(0.5, one.score * 4);
      return { ...one, score };
    });
}

/** A package that would not be in its place is less likely. */
const unsorted = 0.25;

/** Leaves out what does not fit to what is typed, and then the least likely items, if there are too many. */
function cut({ document: { text } }: Place, items: readonly Completion[], most = maxItems): Ranked {
  if (items.length <= most) return { items, isIncomplete: false };
  const starting: Completion[] = [];
  const containing: Completion[] = [];
  for (const item of items) {
    const { label, filter = label, span } = item;
    const typed = text.slice(span.start, span.end).toLowerCase();
    const compared = filter.toLowerCase();
    if (compared.startsWith(typed)) starting.push(item);
    else if (fits(compared, typed)) containing.push(item);
  }
  return { items: [...starting, ...containing].slice(0, most), isIncomplete: true };
}
