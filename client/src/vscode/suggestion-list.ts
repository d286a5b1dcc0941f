/** The suggestions for a typed text: the text itself, then matching suggestions. */
import type { Suggestion } from '../ui/editor.ts';

export interface SuggestionInputOptions {
  readonly prompt?: string | undefined;
  readonly value?: string | undefined;
  readonly suggestions: Promise<(typed: string) => readonly Suggestion[]>;
  readonly check?: ((text: string) => string | undefined) | undefined;
  readonly note?: ((text: string) => string | undefined) | undefined;
}

export interface SuggestionItem extends Suggestion {
  /** Cannot be accepted; `description` says why. */
  readonly invalid?: boolean;
}

/** Showing more would delay each keystroke. */
const maxSuggestions = 100;

/** The typed text first, so that Enter accepts it; then suggestions that start with it; then others that contain it. */
export function listSuggestions(
  typed: string,
  suggestions: readonly Suggestion[],
  { check, note }: Pick<SuggestionInputOptions, 'check' | 'note'>,
): readonly SuggestionItem[] {
  const text = typed.trim();
  const matching = suggestions.filter((one) => one.text.includes(text));
  if (text === '') return matching.slice(0, maxSuggestions);
  const error = check?.(text);
  const description =
    error ?? note?.(text) ?? matching.find((one) => one.text === text)?.description;
  const own: SuggestionItem = {
    text,
    ...(description !== undefined && { description }),
    ...(error !== undefined && { invalid: true }),
  };
  const others = matching.filter((one) => one.text !== text);
  const [prefixMatches = [], rest = []] = [true, false].map((isPrefix) =>
    others.filter((one) => one.text.startsWith(text) === isPrefix),
  );
  return [own, ...prefixMatches, ...rest].slice(0, maxSuggestions);
}
