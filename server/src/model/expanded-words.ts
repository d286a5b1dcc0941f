/** Words with the values that variables have where they stand. */
import type { Model } from './model.ts';
import type { Expansion } from '../syntax/expand.ts';
import type { Word } from '../syntax/tree.ts';

/** What BuildKit makes of a word without build arguments; undefined where it is not known, or refused for its form. */
export function expanded(model: Model, word: Word): Expansion | undefined {
  if (word.variables.length === 0) {
    return new Plain(word.text);
  }
  const made = model.expand(word);
  return made?.trouble ? undefined : made;
}

/** What a word in FROM stands for; undefined where it waits for a build argument that has no default. */
export function expandedInFrom(model: Model, word: Word): string | undefined {
  const made = expanded(model, word);
  const waits = word.variables.some(
    (variable) => made?.unset.has(variable.name) && model.resolve(variable) !== undefined,
  );
  return waits ? undefined : made?.text;
}

const none: ReadonlySet<string> = new Set();

/** A text without variables; its words are hardly ever asked for. */
class Plain implements Expansion {
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
