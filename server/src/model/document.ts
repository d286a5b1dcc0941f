/** One text and, on demand, all that is known of it. Immutable: a change is a new Document. */
import type { Model } from './model.ts';
import { understand } from './understand.ts';
import { parse } from '../syntax/parse.ts';
import type { Dockerfile } from '../syntax/tree.ts';
import { lines, type Lines } from '../text/lines.ts';

export interface Document {
  readonly uri: string;
  readonly text: string;
  readonly version: number;
  readonly tree: Dockerfile;
  readonly model: Model;
  readonly lines: Lines;
}

export function document(uri: string, text: string, version = 0): Document {
  return new LazyDocument(uri, text, version);
}

/** The same document with another text. What is known of the one before is taken over where it still holds. */
export function changed(before: Document, text: string, version: number): Document {
  const earlier = before instanceof LazyDocument ? before.latestTree() : undefined;
  return new LazyDocument(before.uri, text, version, earlier);
}

/**
 * Asks of one text after another, each taken for a change of the one before: what is known of that is taken over, and of
 * the same text nothing is asked twice. The answer of the first may be known.
 */
export function inTurn<T>(
  first: Document,
  ask: (document: Document) => T,
  known?: { readonly answer: T },
): (text: string) => T {
  let latest = first;
  let told = known;
  return (text) => {
    if (text !== latest.text) {
      latest = changed(latest, text, latest.version);
      told = undefined;
    }
    told ??= { answer: ask(latest) };
    return told.answer;
  };
}

/** A class, as V8 keeps what a literal with getters reaches until the next full collection of garbage. */
class LazyDocument implements Document {
  readonly uri: string;
  readonly text: string;
  readonly version: number;
  #tree: Dockerfile | undefined;
  #model: Model | undefined;
  #lines: Lines | undefined;
  /** Of a text before this one, until there is an own. */
  #earlier: Dockerfile | undefined;

  constructor(uri: string, text: string, version: number, earlier?: Dockerfile) {
    this.uri = uri;
    this.text = text;
    this.version = version;
    this.#earlier = earlier;
  }
  get tree(): Dockerfile {
    if (this.#tree === undefined) {
      this.#tree = parse(this.text, this.#earlier);
      this.#earlier = undefined;
    }
    return this.#tree;
  }
  latestTree(): Dockerfile | undefined {
    return this.#tree ?? this.#earlier;
  }
  get model(): Model {
    return (this.#model ??= understand(this.tree));
  }
  get lines(): Lines {
    return (this.#lines ??= lines(this.text));
  }
}
