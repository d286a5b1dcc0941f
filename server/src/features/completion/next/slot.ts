/** Slots: places for words, with what is known before a word is written. */

/** What a word is, which a measurement reports. */
export type SlotKind =
  | 'argument'
  | 'command'
  | 'image'
  | 'keyword'
  | 'label'
  | 'mount'
  | 'option'
  | 'package'
  | 'path'
  | 'stage'
  | 'subcommand'
  | 'tag'
  | 'user'
  | 'value'
  | 'variable';

/** How a word is divided: `name:tag`, `key=value`, `user:group`. */
export type SlotForm = 'flag' | 'image' | 'pair' | 'plain' | 'shell' | 'user';

/** The key of every argument of every command. */
export const anyArgument = '*';

/** The end of keys of all subcommands of a program, which have only options in common. */
export const optionsOnly = ' -';

/** Whether a word counts for a key. */
export function countsFor(key: string, word: string): boolean {
  return !key.endsWith(optionsOnly) || word.startsWith('-');
}

/** A place for a word. */
export interface Slot {
  readonly kind: SlotKind;
  readonly form: SlotForm;
  /** Slots of different groups have no keys in common, except that of any argument. */
  readonly group: string;
  /** Whether the last key is that of any argument of a command. */
  readonly isArgument?: boolean;
  /** What is known before the word, from the most specific to the most general. */
  readonly keys: readonly string[];
  /** The words of the same command or instruction before it, which are rarely repeated. */
  readonly given: readonly string[];
}

/** A word in its slot; `start` is an offset in the file. */
export interface SlotWord {
  readonly slot: Slot;
  readonly text: string;
  readonly start: number;
}

export interface FileWords {
  readonly words: readonly SlotWord[];
  /** The slot of a word that starts at the end. */
  readonly next: Slot | undefined;
}

/** Where words are read: the instruction, and what the stage is based on. */
export interface ReadContext {
  readonly keyword: string;
  readonly escape: string;
  /** The name of the base image, or a variable in it. */
  readonly image: string;
  /** The system of the base image, such as `alpine`; empty if unknown. */
  readonly system: string;
}
