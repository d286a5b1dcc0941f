/** Orders completions by what is likely to be written, and adds likely words that nothing else offers. */
import { baseOf, isOfOtherSystem } from '../base.ts';
import type { Completion, CompletionKind } from '../item.ts';
import { plain } from '../item.ts';
import { atKeyword, type Place } from '../place.ts';
import { likelyWords } from './likely.ts';
import { partsOf, type Part } from './parts.ts';
import { nextWordTable, type Table } from './table.ts';
import type { FileWords, Slot, SlotKind } from './slot.ts';
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
    const word = wordOf(place, item, { start, known: likely });
    const share = shareOf(item, part.slot, known.has(word));
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
  if (group === 'COPY' || group === 'ADD') return 0.6 / (rank + 2);
  if (group === '$') return 0.3 / (rank + 2);
  return closedGroups.has(group) || kind === 'user' ? 20 / (rank + 1) : 1.5 / (rank + 1.5);
}

/** Whether commands of RUN start here. */
function isScriptStart(group: string): boolean {
  return group === 'c:' || group === 'w:';
}

const expectedWeight = 0.3;

/** Of several items that start with the same word, all but the first are less likely, and so are old tags. */
function shareOf(
  { kind, isEndOfLife, isExpected }: Completion,
  slot: Slot,
  isAnother: boolean,
): number {
  if (slot.kind === 'keyword' && kind === 'snippet') return 0;
  if (isExpected === false) return 0.05;
  if (isAnother) return kind === 'command' ? 0.3 : 0.1;
  return isEndOfLife === true ? 0.3 : 1;
}

interface Here {
  readonly part: Part;
  /** The offset at which the part starts. */
  readonly start: number;
  readonly words: FileWords;
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
  readonly table: Table;
  readonly items: readonly Completion[];
  readonly typed: string;
  readonly likely: ReadonlyMap<string, number>;
  readonly own: ReadonlySet<string>;
  /** The words and labels of items. */
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

/**
 * Likely words that are not among the items. In scripts, also those of other files; elsewhere, what is known of the stage is
 * already complete, apart from what the file has used.
 */
function newItems(place: Place, here: Here, candidates: Candidates): readonly Scored[] {
  const { start, part } = here;
  const { typed, likely, own, known } = candidates;
  const { slot } = part;
  // What is quoted is rarely a command or an option.
  if (/^["']/.test(place.typed) && !inQuotes.has(slot.kind)) return [];
  if (!hasOtherWords(slot) || !/^[\w@./~:+*-]*$/.test(typed)) return [];
  const span = { start, end: place.offset };
  const lower = typed.toLowerCase();
  const accepts = wordFilter(place, here, candidates.items);
  const specific = specificWords(slot, candidates.table);
  const found: Scored[] = [];
  for (const [word, score] of likely) {
    if (known.has(word) || word === typed || word.length < 2 || score < least) continue;
    if (!word.toLowerCase().startsWith(lower) || !/^[\w@./~-][\w@./~:+*-]*$/.test(word)) continue;
    if ((own.has(word) || isOpen(slot, typed) || specific(word)) && accepts(word))
      found.push({ item: asItem(place, slot, word, span), word, score });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, maxNew);
}

const inQuotes: ReadonlySet<SlotKind> = new Set(['package', 'value', 'variable']);

/** Whether anything may be written here that no list contains. */
function hasOtherWords({ kind, group }: Slot): boolean {
  return kind !== 'keyword' && !closedGroups.has(group);
}

const closedGroups = new Set([
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'SHELL',
  'STOPSIGNAL',
  '=--platform',
]);

/** Whether words of other files are offered. */
function isOpen({ isArgument, group, kind }: Slot, typed: string): boolean {
  // Any path starts like this, also those that are deleted.
  if (typed === '/') return false;
  if (group === 'ENV') return typed !== '' && kind === 'variable';
  // What scripts assign is not known otherwise.
  if (group === '$') return true;
  return (
    isArgument === true || isScriptStart(group) || group.startsWith('ENV=') || group.endsWith('=')
  );
}

/** Names that other files set for the same base image, or after the same variable. */
function specificWords({ group, keys }: Slot, table: Table): (word: string) => boolean {
  if (group !== 'ENV') return () => false;
  const rows = keys
    .filter((key) => key.includes('@') || (key.includes('|') && !key.endsWith('|^')))
    .map((key) => table.row(key)?.words);
  return (word) => rows.some((row) => row?.has(word));
}

/** Whether a word can be meant at all. */
function wordFilter(
  place: Place,
  { part: { slot }, words }: Here,
  items: readonly Completion[],
): (word: string) => boolean {
  const { document, instruction } = place;
  if (slot.group === '$') return scriptVariables(words, instruction);
  const { system } = baseOf(instruction && document.model.stageOf(instruction));
  if (slot.kind === 'command') {
    return (word) => !word.startsWith('-') && !isOfOtherSystem(word, system);
  }
  // The value of an option is not a package.
  const noPackage = slot.kind === 'package' && !items.some(({ kind }) => kind === 'package');
  if (slot.isArgument === true)
    return (word) => (!noPackage || word.startsWith('-')) && !isOfOtherSystem(word, system);
  if (slot.group.startsWith('ENV=')) return (word) => !/^\d+\.\d/.test(word);
  if (slot.kind === 'stage' && slot.group === 'FROM') {
    const names = new Set(document.model.stages.map(({ name }) => name));
    return (word) => !names.has(word);
  }
  if (slot.group === 'ARG' && instruction) {
    const declared = document.model.stateAt(instruction).variables;
    return (word) => !declared.has(word);
  }
  // Flags of instructions are known, and each value of a mount is used once.
  const text = document.text.slice(instruction?.span.start ?? 0, place.word.end);
  return (word) => !word.startsWith('-') && !text.includes(`=${word}`);
}

/** Variables that scripts assign or use, without those that the file declares: these are offered where they exist. */
function scriptVariables(
  { words }: FileWords,
  instruction: Place['instruction'],
): (word: string) => boolean {
  if (instruction?.kind !== 'RUN') return () => false;
  const declared = new Set(
    words.filter(({ slot }) => slot.form === 'pair').map(({ text }) => text),
  );
  return (word) => !declared.has(word);
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
  const starting: Completion[] = [];
  const containing: Completion[] = [];
  for (const item of items) {
    const { label, filter = label, span } = item;
    const typed = text.slice(span.start, span.end).toLowerCase();
    const compared = filter.toLowerCase();
    if (compared.startsWith(typed)) starting.push(item);
    else if (contains(compared, typed)) containing.push(item);
  }
  return { items: [...starting, ...containing].slice(0, most), isIncomplete: true };
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
