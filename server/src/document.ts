/** One text and, on demand, all that is known of it. Immutable: a change is a new Document. */
import type { Model } from './model/model.ts';
import { understand } from './model/understand.ts';
import { parse } from './syntax/parse.ts';
import type { Dockerfile } from './syntax/tree.ts';
import { lines, type Lines } from './text/lines.ts';

export interface Document {
  readonly uri: string;
  readonly text: string;
  readonly version: number;
  readonly tree: Dockerfile;
  readonly model: Model;
  readonly lines: Lines;
}

export function document(uri: string, text: string, version = 0): Document {
  let tree: Dockerfile | undefined;
  let model: Model | undefined;
  let index: Lines | undefined;
  return {
    uri,
    text,
    version,
    get tree() {
      return (tree ??= parse(text));
    },
    get model() {
      return (model ??= understand(this.tree));
    },
    get lines() {
      return (index ??= lines(text));
    },
  };
}
