/** Selects the rules that apply to a file, so that the others need not be called. */
import type { Model } from '../model/model.ts';
import type { Kind } from '../syntax/tree.ts';
import { wordHashes, type WordHashes } from '../text/fingerprint.ts';
import { memoize } from '../text/memoize.ts';
import { partBits, partsOf, type Part } from './file-parts.ts';

/** What a rule looks at. It cannot report anything in a file that contains none of these. */
export interface Trigger {
  /** Instructions, including triggers of ONBUILD. */
  readonly instructions?: readonly Kind[];
  /** Commands in RUN, by their names in the model. */
  readonly commands?: readonly (string | RegExp)[];
  /** Syntax errors. */
  readonly errors?: true;
  /** In addition to the others: the file must have one of these. */
  readonly parts?: readonly Part[];
  /** In addition to the others: the text must contain one of these, ignoring case. At least three characters each. */
  readonly words?: readonly string[];
  /** In addition to the others: the text must contain one of these as written, such as a character of the syntax. */
  readonly signs?: readonly string[];
  /** In addition to the others: the text must contain a character that is not ASCII. */
  readonly beyondAscii?: true;
}

interface Triggered {
  readonly on?: Trigger | undefined;
}

/** A rule with the fingerprints of its words. */
interface Waiting<T> {
  readonly one: T;
  /** A set of parts; all of them if the rule names none. */
  readonly parts: number;
  readonly words: readonly WordHashes[] | undefined;
  readonly signs: readonly string[] | undefined;
  /** The number of the last file it was selected for, since a file may contain several of its triggers. */
  seen: number;
}

/** Returns a function that selects the rules that apply to a file. The work per file is small. */
export function rulesFor<T extends Triggered>(rules: readonly T[]): (model: Model) => readonly T[] {
  const { always, beyondAscii, byKind, byName, onErrors } = sorted(rules);
  let file = 0;
  return (model) => {
    file++;
    const parts = partsOf(model) | anyPart;
    const found: T[] = [];
    const take = (some: readonly Waiting<T>[] | undefined): void => {
      if (some === undefined) return;
      // Without an iterator: V8 runs this slowly until it is optimized, which takes thousands of files.
      for (let i = 0; i < some.length; i++) {
        const waiting = some[i];
        if (waiting === undefined || waiting.seen === file) continue;
        waiting.seen = file;
        const { one, words, signs } = waiting;
        if ((waiting.parts & parts) === 0) continue;
        if (words !== undefined && !model.mayContain(words)) continue;
        if (signs === undefined || contains(model.tree.text, signs)) found.push(one);
      }
    };
    take(always);
    if (!model.isAscii()) take(beyondAscii);
    for (const kind of model.kinds()) take(byKind.get(kind));
    for (const name of model.commandNames()) take(byName(name));
    if (model.tree.errors.length > 0) take(onErrors);
    return found;
  };
}

/** A bit that every file has. */
const anyPart = 1 << 30;

function contains(text: string, signs: readonly string[]): boolean {
  for (const sign of signs) if (text.includes(sign)) return true;
  return false;
}

interface Sorted<T> {
  readonly always: readonly Waiting<T>[];
  readonly beyondAscii: readonly Waiting<T>[];
  readonly byKind: ReadonlyMap<Kind, readonly Waiting<T>[]>;
  readonly byName: (name: string) => readonly Waiting<T>[];
  readonly onErrors: readonly Waiting<T>[];
}

function sorted<T extends Triggered>(rules: readonly T[]): Sorted<T> {
  const always: Waiting<T>[] = [];
  const beyondAscii: Waiting<T>[] = [];
  const byKind = new Map<Kind, Waiting<T>[]>();
  const byName = new Map<string, Waiting<T>[]>();
  const byPattern: (readonly [pattern: RegExp, waiting: Waiting<T>])[] = [];
  const onErrors: Waiting<T>[] = [];
  for (const one of rules) {
    const { on } = one;
    const words = on?.words && wordHashes(...on.words);
    const parts = on?.parts ? partBits(on.parts) : anyPart;
    const waiting = { one, parts, words, signs: on?.signs, seen: 0 };
    const { instructions, commands, errors } = on ?? {};
    if (on?.beyondAscii) beyondAscii.push(waiting);
    else if (!instructions && !commands && !errors) always.push(waiting);
    for (const kind of instructions ?? []) put(byKind, kind, waiting);
    for (const name of commands ?? []) {
      if (typeof name === 'string') put(byName, name, waiting);
      else byPattern.push([name, waiting]);
    }
    if (errors) onErrors.push(waiting);
  }
  const like = (name: string): readonly Waiting<T>[] => [
    ...(byName.get(name) ?? []),
    ...byPattern.flatMap(([pattern, waiting]) => (pattern.test(name) ? [waiting] : [])),
  ];
  return { always, beyondAscii, byKind, byName: memoize(mostNames, like), onErrors };
}

/** Most files contain the same commands. */
const mostNames = 2000;

function put<K, T>(map: Map<K, T[]>, key: K, one: T): void {
  const list = map.get(key);
  if (list) list.push(one);
  else map.set(key, [one]);
}
