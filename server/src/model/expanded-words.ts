/** Expands words with the values of variables at their place. */
import type { Model } from './model.ts';
import type { Expansion } from '../syntax/expand.ts';
import type { Word } from '../syntax/tree.ts';
import { keepCode } from '../text/kept-code.ts';

/** The word as BuildKit expands it without build arguments; undefined if it is not known or not valid. */
export function expandWord(model: Model, word: Word): Expansion | undefined {
  if (word.variables.length === 0) {
    return new PlainExpansion(word.text);
  }
  const expansion = model.expand(word);
  return expansion?.trouble ? undefined : expansion;
}

/** A word in FROM, expanded; undefined if it depends on a build argument without a default. */
export function expandFromWord(model: Model, word: Word): string | undefined {
  const expansion = expandWord(model, word);
  const isUnknown = word.variables.some(
    (variable) => expansion?.unset.has(variable.name) && model.resolve(variable) !== undefined,
  );
  return isUnknown ? undefined : expansion?.text;
}

const none: ReadonlySet<string> = new Set();

/** A text without variables. Its words are rarely used, so they are computed on demand. */
class PlainExpansion implements Expansion {
  readonly text: string;
  readonly set = none;
  readonly unset = none;

  constructor(text: string) {
    this.text = text;
  }
  get words(): readonly string[] {
    return this.text.split(/\s+/).filter(Boolean);
  }
}

keepCode(new PlainExpansion(''));
