/** What stands below a text that is being typed: the text itself, and what it could become. */
import type { Suggestion } from '../ui/editor.ts';

export interface Asking {
  readonly prompt?: string | undefined;
  readonly value?: string | undefined;
  readonly suggestions: Promise<(typed: string) => readonly Suggestion[]>;
  readonly check?: ((text: string) => string | undefined) | undefined;
  readonly note?: ((text: string) => string | undefined) | undefined;
}

export interface Offer extends Suggestion {
  /** Cannot be taken; `about` says why. */
  readonly refused?: boolean;
}

/** More than anyone reads; drawing them all would be felt at each keystroke. */
const most = 100;

/** The typed text first, so that Enter takes what was typed; then suggestions that hold it, those that begin with it in front. */
export function offers(
  typed: string,
  suggestions: readonly Suggestion[],
  { check, note }: Pick<Asking, 'check' | 'note'>,
): readonly Offer[] {
  const text = typed.trim();
  const fitting = suggestions.filter((one) => one.text.includes(text));
  if (text === '') return fitting.slice(0, most);
  const trouble = check?.(text);
  const about = trouble ?? note?.(text) ?? fitting.find((one) => one.text === text)?.about;
  const own: Offer = {
    text,
    ...(about !== undefined && { about }),
    ...(trouble !== undefined && { refused: true }),
  };
  const others = fitting.filter((one) => one.text !== text);
  const [front, rest] = [true, false].map((begins) =>
    others.filter((one) => one.text.startsWith(text) === begins),
  );
  return [own, ...(front ?? []), ...(rest ?? [])].slice(0, most);
}
