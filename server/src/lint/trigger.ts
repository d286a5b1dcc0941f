/** Selects the rules that apply to a file, so that the others need not be called. */
import type { Model } from '../model/model.ts';
import { kindBit } from '../model/reads.ts';
import type { Kind } from '../syntax/tree.ts';
import { wordHashes, type WordHashes } from '../text/fingerprint.ts';
import { memoize } from '../text/memoize.ts';
import { partsOf } from './file-parts.ts';

/** What a rule looks at. It cannot report anything in a file that contains none of these. */
export interface Trigger {
  /** Instructions, including triggers of ONBUILD. */
  readonly instructions?: readonly Kind[];
  /** Commands in RUN, by their names in the model. */
  readonly commands?: readonly (string | RegExp)[];
  /** Syntax errors. */
  readonly errors?: true;
  /** In addition to the others: the file must have one of these parts, a set of bits of lint/parts.ts. */
  readonly parts?: number;
  /** In addition to the others: the text must contain one of these, ignoring case. At least three characters each. */
  readonly words?: readonly string[];
  /** In addition to the others: the text must contain one of these as written, such as a character of the syntax, or match it. */
  readonly signs?: readonly (string | RegExp)[];
  /** In addition to the others: the text must contain a character that is not ASCII. */
  readonly beyondAscii?: true;
}

/** One condition, or alternatives of which a file must meet one. */
export type Triggers = Trigger | readonly [Trigger, ...Trigger[]];

interface Triggered {
  readonly on?: Triggers | undefined;
}

/** One of the conditions of a rule. */
interface Condition {
  readonly on: Trigger;
  /** The place of the rule in the list of rules. */
  readonly rule: number;
}

/** The conditions of a rule; a rule without any applies to every file. */
export function conditionsOf(on: Triggers | undefined): readonly Trigger[] {
  return Array.isArray(on) ? (on as readonly Trigger[]) : [(on as Trigger | undefined) ?? {}];
}

/** Returns a function that selects the rules that apply to a file. The work per file is small. */
export function rulesFor<T extends Triggered>(rules: readonly T[]): (model: Model) => readonly T[] {
  const conditions = rules.flatMap(({ on }, rule) => conditionsOf(on).map((one) => ({ on: one, rule }))); // prettier-ignore
  const { always, beyondAscii, byKind, byName, onErrors } = sorted(conditions);
  const { required, seen, selected, words, wordStarts } = filtersOf(conditions);
  let file = 0;
  return (model) => {
    file++;
    const parts = partsOf(model) | anyPart;
    const found: T[] = [];
    const take = (places: readonly number[]): void => {
      // Without an iterator: V8 runs this slowly until it is optimized, which takes thousands of files.
      for (let i = 0; i < places.length; i++) {
        const place = places[i] as number;
        if (seen[place] === file) continue;
        seen[place] = file;
        if (((required[place] as number) & parts) === 0) continue;
        const start = wordStarts[place] as number;
        const end = wordStarts[place + 1] as number;
        if (start < end && !model.mayContain(words, start, end)) continue;
        const { on, rule } = conditions[place] as Condition;
        if (selected[rule] === file) continue;
        if (on.signs !== undefined && !contains(model.source.text, on.signs)) continue;
        selected[rule] = file;
        found.push(rules[rule] as T);
      }
    };
    take(always);
    if (!model.isAscii()) take(beyondAscii);
    const kinds = model.layout.allKinds;
    for (let i = 0; i < byKind.length; i++) {
      const { bit, places } = byKind[i] as PlacesOfKind;
      if ((kinds & bit) !== 0) take(places);
    }
    for (const { name } of model.commands()) take(byName(name));
    if (model.source.errors.length > 0) take(onErrors);
    return found;
  };
}

/** A bit that every file has. */
const anyPart = 1 << 31;

function contains(text: string, signs: readonly (string | RegExp)[]): boolean {
  for (const sign of signs)
    if (typeof sign === 'string' ? text.includes(sign) : sign.test(text)) return true;
  return false;
}

/**
 * What is asked of each condition, by its place, before the condition itself is read. In lists of numbers, since two hundred
 * objects, and one for each of their words, are seldom in the caches of the processor.
 */
interface Filters {
  /** A set of parts; a bit that every file has if the condition names none. */
  readonly required: Int32Array;
  /** The number of the last file for which it was looked at, since a file may contain several of its instructions or commands. */
  readonly seen: Int32Array;
  /** For each rule, the number of the last file for which it was selected: others of its alternatives may be met too. */
  readonly selected: Int32Array;
  /** The words of all conditions. */
  readonly words: WordHashes;
  /** Where the words of each condition begin; those of the next one follow. */
  readonly wordStarts: Int32Array;
}

function filtersOf(conditions: readonly Condition[]): Filters {
  const packed = conditions.map(({ on }) => wordHashes(...(on.words ?? [])));
  const wordStarts = new Int32Array(conditions.length + 1);
  for (const [place, { length }] of packed.entries())
    wordStarts[place + 1] = (wordStarts[place] ?? 0) + length;
  return {
    required: Int32Array.from(conditions, ({ on }) => on.parts ?? anyPart),
    seen: new Int32Array(conditions.length),
    selected: new Int32Array((conditions.at(-1)?.rule ?? -1) + 1),
    words: Uint16Array.from(packed.flatMap((words) => [...words])),
    wordStarts,
  };
}

/** Places in the list of conditions. */
interface Sorted {
  readonly always: readonly number[];
  readonly beyondAscii: readonly number[];
  readonly byKind: readonly PlacesOfKind[];
  readonly byName: (name: string) => readonly number[];
  readonly onErrors: readonly number[];
}

interface PlacesOfKind {
  /** The kind of instruction, as a bit. */
  readonly bit: number;
  readonly places: readonly number[];
}

function sorted(conditions: readonly Condition[]): Sorted {
  const always: number[] = [];
  const beyondAscii: number[] = [];
  const byKind = new Map<Kind, number[]>();
  const byName = new Map<string, number[]>();
  const byPattern: (readonly [pattern: RegExp, place: number])[] = [];
  const onErrors: number[] = [];
  for (const [place, { on }] of conditions.entries()) {
    const { instructions, commands, errors } = on;
    if (on.beyondAscii) beyondAscii.push(place);
    else if (!instructions && !commands && !errors) always.push(place);
    for (const kind of instructions ?? []) put(byKind, kind, place);
    for (const name of commands ?? []) {
      if (typeof name === 'string') put(byName, name, place);
      else byPattern.push([name, place]);
    }
    if (errors) onErrors.push(place);
  }
  const like = (name: string): readonly number[] => [
    ...(byName.get(name) ?? []),
    ...byPattern.flatMap(([pattern, place]) => (pattern.test(name) ? [place] : [])),
  ];
  return {
    always,
    beyondAscii,
    byKind: Array.from(byKind, ([kind, places]) => ({ bit: kindBit(kind), places })),
    byName: memoize(mostNames, like),
    onErrors,
  };
}

/** Most files contain the same commands. */
const mostNames = 2000;

function put<K, T>(map: Map<K, T[]>, key: K, one: T): void {
  const list = map.get(key);
  if (list) list.push(one);
  else map.set(key, [one]);
}
