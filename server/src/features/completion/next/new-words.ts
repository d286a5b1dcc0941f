/** Likely words that no list contains. */
import { baseOf, isOfOtherSystem } from '../base.ts';
import type { Completion, CompletionKind } from '../item.ts';
import { plain } from '../item.ts';
import type { Place } from '../place.ts';
import type { Part } from './parts.ts';
import { anyArgument, optionsOnly, type FileWords, type Slot, type SlotKind } from './slot.ts';
import type { Table } from './table.ts';

/** The slot of the word at the cursor. */
export interface Here {
  readonly part: Part;
  /** The offset at which the part starts. */
  readonly start: number;
  readonly words: FileWords;
}

/** A completion with its word. */
export interface Scored {
  readonly item: Completion;
  readonly word: string;
  readonly score: number;
}

/** Whether commands of RUN start here. */
export function isScriptStart(group: string): boolean {
  return group === 'c:' || group === 'w:';
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

/**
 * Likely words that are not among the items. In scripts, also those of other files; elsewhere, what is known of the stage is
 * already complete, apart from what the file has used.
 */
export function newItems(place: Place, here: Here, candidates: Candidates): readonly Scored[] {
  const { start, part } = here;
  const { typed, likely, own, known } = candidates;
  const { slot } = part;
  // What is quoted is rarely a command or an option.
  const isQuoted = /^["']/.test(place.typed);
  if (isQuoted && !inQuotes.has(slot.kind)) return [];
  if (!hasOtherWords(slot) || !/^[\w@./~:+*-]*$/.test(typed)) return [];
  const span = { start, end: place.offset };
  const lower = typed.toLowerCase();
  const accepts = wordFilter(place, here, candidates.items);
  const specific = specificWords(slot, candidates.table);
  const sharesFlag = sharedFlags(slot, candidates.table);
  const found: Scored[] = [];
  for (const [word, score] of likely) {
    if (known.has(word) || word === typed || word.length < 2 || score < least) continue;
    if (word.startsWith('-') && (isQuoted || !sharesFlag(word))) continue;
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

export const closedGroups = new Set([
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

/** Programs whose subcommands have hardly any options in common. */
const ownFlags: ReadonlySet<string> = new Set(['git']);

/** Whether an option can belong to the subcommand: with some programs, those of other subcommands cannot. */
function sharedFlags({ group, keys }: Slot, table: Table): (word: string) => boolean {
  if (!ownFlags.has(group)) return () => true;
  const rows = keys
    .filter((key) => key !== anyArgument && !key.endsWith(optionsOnly))
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
