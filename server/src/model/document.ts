/** A text and everything that is known about it, computed on first use. Immutable: a change creates a new Document. */
import type { Model } from './model.ts';
import { LazyModel } from './lazy-model.ts';
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

/** The same document with another text. What is known of the text before is reused where it is still valid. */
export function withText(before: Document, text: string, version: number): Document {
  const earlier = before instanceof LazyDocument ? before.latestTree() : undefined;
  return new LazyDocument(before.uri, text, version, earlier);
}

/**
 * Returns a function that answers a question for one text after another. Each text is treated as a change of the text
 * before, so that what is known of it is reused, and the answer for the same text is computed once. The answer for the
 * first text may be known already.
 */
export function answerForEachText<T>(
  first: Document,
  ask: (document: Document) => T,
  known?: { readonly answer: T },
): (text: string) => T {
  let latest = first;
  let current = known;
  return (text) => {
    if (text !== latest.text) {
      latest = withText(latest, text, latest.version);
      current = undefined;
    }
    current ??= { answer: ask(latest) };
    return current.answer;
  };
}

/**
 * A class, because V8 keeps everything that an object literal with getters references until the next full garbage
 * collection.
 */
class LazyDocument implements Document {
  readonly uri: string;
  readonly text: string;
  readonly version: number;
  private parsed: Dockerfile | undefined = undefined;
  private made: Model | undefined = undefined;
  private read: Lines | undefined = undefined;
  /** The tree of an earlier text, until this text has its own. */
  private earlier: Dockerfile | undefined = undefined;

  constructor(uri: string, text: string, version: number, earlier?: Dockerfile) {
    this.uri = uri;
    this.text = text;
    this.version = version;
    this.earlier = earlier;
  }
  get tree(): Dockerfile {
    if (this.parsed === undefined) {
      this.parsed = parse(this.text, this.earlier);
      this.earlier = undefined;
    }
    return this.parsed;
  }
  latestTree(): Dockerfile | undefined {
    return this.parsed ?? this.earlier;
  }
  get model(): Model {
    return (this.made ??= new LazyModel(this.tree));
  }
  get lines(): Lines {
    return (this.read ??= lines(this.text));
  }
}
