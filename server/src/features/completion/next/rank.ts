/** Orders completions by what is likely to be written, and adds likely words that nothing else offers. */
import { baseOf, isOfOtherSystem } from '../base.ts';
import type { Completion, CompletionKind } from '../item.ts';
import { plain } from '../item.ts';
import type { Place } from '../place.ts';
import { likelyWords } from './likely.ts';
import { partsOf, type Part } from './parts.ts';
import { nextWordTable } from './table.ts';
import type { FileWords, Slot, SlotKind } from './slot.ts';
import { wordsUpTo } from './words.ts';

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
  const likely = likelyWords(words, part.slot, await nextWordTable());
  const typed = place.document.text.slice(start, place.offset);
  const known = new Set<string>();
  const scored = items.map((item, rank): Scored => {
    const word = wordOf(place, item, { start, known: likely });
    const share = known.has(word) ? another : item.isEndOfLife === true ? ended : 1;
    known.add(word);
    return { item, word, score: share * (likely.get(word) ?? 0) + prior / (rank + 4) };
  });
  const added = adds ? newItems(place, here, { typed, likely, known }) : [];
  // The sort is stable, so that items of the same score stay in their order.
  const all = inSortedList([...scored, ...added], part.slot).sort((a, b) => b.score - a.score);
  return cut(
    place,
    all.map(({ item }) => item),
    part.slot.kind === 'stage' && typed === '' ? maxSources : maxItems,
  );
}

/** The weight of the order in which items come: it is that of people who know the programs. */
const prior = 0.12;

/** Tags past their end of life are common in old files. */
const ended = 0.3;

/** Of several items that start with the same word, all but the first are less likely. */
const another = 0.1;

interface Here {
  readonly part: Part;
  /** The offset at which the part starts. */
  readonly start: number;
  readonly words: FileWords;
}

function slotAt({ document, word, typed, inComment, instruction }: Place): Here | undefined {
  if (inComment) return undefined;
  const words = wordsUpTo(document, word.start);
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
  { insert, snippet, span }: Completion,
  { start, known }: Query,
): string {
  const written = snippet ? insert.replace(/\$\{\d+[:|]?|\$\d+/g, ' ') : insert;
  const whole =
    span.start <= start ? written.slice(start - span.start) : text.slice(start, span.start) + written;
  const word = /^\S*/.exec(whole)?.[0] ?? '';
  if (known.has(word)) return word;
  const short = word.replace(/[:=]+$/, '').replace(/\/$/, '');
  if (known.has(short)) return short;
  const first = /^[^\s,:=]+/.exec(word)?.[0] ?? '';
  return known.has(first) ? first : short;
}

const itemKinds: Readonly<Record<SlotKind, CompletionKind>> = {
  argument: 'value',
  command: 'command',
  image: 'image',
  keyword: 'keyword',
  label: 'label',
  mount: 'value',
  option: 'flag',
  package: 'package',
  path: 'path',
  stage: 'stage',
  subcommand: 'command',
  tag: 'tag',
  user: 'user',
  value: 'value',
  variable: 'variable',
};

interface Candidates {
  readonly typed: string;
  readonly likely: ReadonlyMap<string, number>;
  /** The words of items. */
  readonly known: ReadonlySet<string>;
}

interface Scored {
  readonly item: Completion;
  readonly word: string;
  readonly score: number;
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

function newItems(place: Place, { part: { slot }, start }: Here, candidates: Candidates): readonly Scored[] {
  const { typed, likely, known } = candidates;
  if (slot.kind === 'keyword' || !/^[\w@./~:+*-]*$/.test(typed)) return [];
  const span = { start, end: place.offset };
  const lower = typed.toLowerCase();
  const found: Scored[] = [];
  const system = systemAt(place);
  for (const [word, score] of likely) {
    if (known.has(word) || word === typed || word.length < 2 || score < least) continue;
    if (slot.kind === 'command' && isOfOtherSystem(word, system)) continue;
    if (!word.toLowerCase().startsWith(lower) || !/^[\w@./~-][\w@./~:+*-]*$/.test(word)) continue;
    found.push({ item: asItem(place, slot, word, span), word, score });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, maxNew);
}

function systemAt({ document: { model }, instruction }: Place): ReturnType<typeof baseOf>['system'] {
  return baseOf(instruction && model.stageOf(instruction)).system;
}

/** Words that are less likely are not offered. */
const least = 0.0005;
const maxNew = 40;

function asItem(
  { document: { text }, offset }: Place,
  slot: Slot,
  word: string,
  span: Completion['span'],
): Completion {
  const kind = kindOf(slot, word);
  if (slot.kind === 'image') return plain(word, span, { kind });
  const opened = slot.kind === 'variable' && text.slice(span.start - 2, span.start) === '${';
  const closes = opened && !/^\w*[}:+?#%/-]/.test(text.slice(offset, offset + 100));
  return plain(word, span, { kind, ...(closes && { insert: `${word}}` }) });
}

function kindOf({ kind }: Slot, word: string): CompletionKind {
  if (word.startsWith('-')) return 'flag';
  if (kind === 'argument' && /^[./~]|\//.test(word)) return word.endsWith('/') ? 'folder' : 'path';
  return itemKinds[kind];
}

/** Leaves out what does not fit to what is typed, and then the least likely items, if there are too many. */
function cut({ document: { text } }: Place, items: readonly Completion[], most = maxItems): Ranked {
  if (items.length <= most) return { items, isIncomplete: false };
  const fitting = items.filter(({ label, filter = label, span }) =>
    contains(filter.toLowerCase(), text.slice(span.start, span.end).toLowerCase()),
  );
  return { items: fitting.slice(0, most), isIncomplete: true };
}

/** Whether the characters occur in this order, as editors compare. */
function contains(text: string, typed: string): boolean {
  let at = 0;
  for (const character of typed) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
