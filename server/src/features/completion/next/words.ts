/**
 * The words of a file, each with the slot that it fills: what comes before it decides what is likely. The table of
 * frequencies is learned with the same slots.
 */
import type { Document } from '../../../model/document.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { firstFrom } from '../../../text/sorted.ts';
import { systemKey } from './system.ts';
import { containsLine } from '../place.ts';
import { add } from './parts.ts';
import { readScript } from './script-words.ts';
import type { FileWords, ReadContext, Slot, SlotForm, SlotKind, SlotWord } from './slot.ts';

/** The keywords up to an offset, and the slot of one there. */
export function keywordsUpTo({ tree }: Document, end: number): FileWords {
  const words: SlotWord[] = [];
  let before: readonly string[] = ['^'];
  const { instructions } = tree;
  const count = firstFrom(instructions, end);
  for (let i = Math.max(0, count - mostInstructions); i < count; i++) {
    const instruction = instructions[i];
    if (instruction === undefined) continue;
    // The parts of an instruction far down in a long file are parsed when one of them is read.
    const { kind } = instruction;
    const text = kind === 'unknown' ? instruction.keyword.text.toUpperCase() : kind;
    words.push({ slot: keywordSlot(before), text, start: instruction.span.start });
    before = [...before.slice(-1), text];
  }
  return { words, next: keywordSlot(before) };
}

/** Those further above count less than a billionth: the weight of a use halves with every 250 words. */
const mostInstructions = 8000;

/**
 * All words up to an offset, and the slot of a word that starts there. `searchLength` is the number of
 * characters before the offset that are read. Time is linear in the text.
 */
export function wordsUpTo(
  { text, tree, model }: Document,
  end: number,
  searchLength = Infinity,
): FileWords {
  const words: SlotWord[] = [];
  let [before, image, system] = [['^'], '', ''];
  let next: Slot | undefined;
  const { instructions } = tree;
  const count = firstFrom(instructions, end);
  let last = count - 1;
  while (last >= 0 && instructions[last]?.kind !== 'FROM') last--;
  const lastFrom = instructions[last];
  const nearest = firstFrom(instructions, end - searchLength) - 1;
  const first = Math.max(0, Math.min(nearest, count - mostInstructions));
  for (let i = last < 0 ? first : Math.min(last, first); i < count; i = Math.max(i + 1, first)) {
    const outer = instructions[i];
    if (outer === undefined) continue;
    // What is far above hardly matters, and reading it would take time.
    if (outer.span.end < end - searchLength && outer !== lastFrom)
      if (outer.kind !== 'FROM' || i < count - mostInstructions) continue;
    const instruction = outer.kind === 'ONBUILD' ? (outer.trigger ?? outer) : outer;
    next = undefined;
    if (instruction.kind === 'FROM') {
      // Following the stages up to their base takes time: among many, that of the last one is enough.
      const isNeeded = searchLength === Infinity || instruction === lastFrom;
      [image, system] = isNeeded ? systemKey(model.stageOf(instruction), tree.escape) : ['', ''];
    }
    const keyword = instruction.keyword.text.toUpperCase();
    const from = startWithin(text, instruction.keyword.span.end, end - searchLength);
    add(words, keywordSlot(before), instruction.keyword.raw.toUpperCase(), instruction.span.start);
    before = [...before.slice(-1), keyword];
    if (end <= from) break;
    const context = { keyword, escape: tree.escape, image, system };
    const to = endOf(instruction);
    const isHere = end <= to || (to === outer.span.end && containsLine(tree, outer.span, end));
    next = read(text, { from, to: isHere ? end : to, context, instruction }, words);
    if (!isHere) next = undefined;
  }
  return { words, next: next ?? (startsLine(text, end) ? keywordSlot(before) : undefined) };
}

/** A long instruction is read from the first word after an offset. */
function startWithin(text: string, start: number, offset: number): number {
  if (start >= offset) return start;
  let at = offset;
  while (at < text.length && !/\s/.test(text.charAt(at))) at++;
  return at;
}

/** Without the bodies of heredocs that are files. */
function endOf({ kind, span, heredocs }: Instruction): number {
  const bodyStart = heredocs[0]?.body.start;
  return kind !== 'RUN' && bodyStart !== undefined ? Math.min(span.end, bodyStart) : span.end;
}

function startsLine(text: string, offset: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, offset - 100), offset));
}

function keywordSlot(before: readonly string[]): Slot {
  const last = before.at(-1) ?? '^';
  return {
    kind: 'keyword',
    form: 'plain',
    group: 'k:',
    keys: [`k:${before.join(' ')}`, `k:${last}`, 'k:'],
    given: [],
  };
}

interface Reading {
  readonly from: number;
  readonly to: number;
  readonly context: ReadContext;
  readonly instruction: Instruction;
}

/** Adds the words of an instruction; returns the slot after them. */
function read(text: string, reading: Reading, words: SlotWord[]): Slot | undefined {
  const { context, from, to, instruction } = reading;
  const { keyword } = context;
  const isScript =
    keyword === 'RUN' ||
    ((keyword === 'CMD' || keyword === 'ENTRYPOINT') && !/^\s*\[/.test(text.slice(from, to)));
  if (isScript) return readScript(text, { from, to, context }, words);
  if (keyword === 'HEALTHCHECK') {
    const command = /\bCMD\s/i.exec(text.slice(from, to));
    if (command && !/^\s*\[/.test(text.slice(from + command.index + 4, to))) {
      const at = from + command.index + 4;
      readArguments(text, { ...reading, to: at }, words);
      return readScript(text, { from: at, to, context }, words);
    }
  }
  return instruction.kind === 'unknown' ? undefined : readArguments(text, reading, words);
}

const elementPattern = /"((?:[^"\\\n]|\\.)*)"/g;
/** A word, or a comment that fills a line. */
const wordPattern = /(?<=\n[ \t]*)#[^\n]*|(?:"(?:[^"\\]|\\[^])*"?|'[^']*'?|[^\s"'])+/g;

/** Words of an instruction that is not a script, or the elements of an array. */
function readArguments(
  text: string,
  { from, to, context }: Reading,
  words: SlotWord[],
): Slot | undefined {
  const given: string[] = [];
  let seen: Seen = { index: 0, flag: '' };
  const body = text.slice(from, to);
  const array = /^\s*\[/.test(body);
  for (const piece of body.matchAll(array ? elementPattern : wordPattern)) {
    const whole = array ? (piece[1] ?? '') : piece[0].replace(/[\\`]$/, '');
    if (whole === '' || piece[0].startsWith('#')) continue;
    const at = from + piece.index + (array ? 1 : 0);
    add(words, argumentSlot(context, given, seen), whole, at);
    given.push(whole);
    if (!whole.startsWith('--')) seen = { ...seen, index: seen.index + 1 };
    else if (whole.startsWith('--from')) seen = { ...seen, flag: '--from' };
  }
  return array && /\]\s*$/.test(body) ? undefined : argumentSlot(context, given, seen);
}

const kinds: Readonly<Record<string, readonly [SlotKind, SlotForm]>> = {
  ADD: ['path', 'flag'],
  ARG: ['variable', 'pair'],
  COPY: ['path', 'flag'],
  ENV: ['variable', 'pair'],
  FROM: ['image', 'image'],
  HEALTHCHECK: ['option', 'flag'],
  LABEL: ['label', 'pair'],
  USER: ['user', 'user'],
  VOLUME: ['path', 'plain'],
  WORKDIR: ['path', 'plain'],
};

/** The number of words without flags, and the flag that decides what they are. */
interface Seen {
  readonly index: number;
  readonly flag: '' | '--from';
}

function argumentSlot(
  { keyword, image, system }: ReadContext,
  given: readonly string[],
  { index, flag }: Seen,
): Slot {
  const [kind, form] = kinds[keyword] ?? ['argument', 'plain'];
  const last = given.at(-1)?.replace(/=[^]*/, '') ?? '^';
  if (keyword === 'FROM' && index > 0) {
    const slotKind = index === 1 ? 'argument' : 'stage';
    return {
      kind: slotKind,
      form: 'plain',
      group: keyword,
      keys: [`FROM#${String(Math.min(index, 3))}`],
      given,
    };
  }
  return {
    kind,
    form,
    group: keyword,
    keys: [
      `${keyword}${flag}|${last}`,
      ...(image === '' ? [] : [`${keyword}#${String(Math.min(index, 2))}@${image}`]),
      ...(system === '' ? [] : [`${keyword}#${String(Math.min(index, 2))}@${system}`]),
      `${keyword}#${String(Math.min(index, 2))}`,
    ],
    given,
  };
}
