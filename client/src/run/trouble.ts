/** What is wrong with what was typed, and where. */
import type { OptionName } from './options.ts';

/** Where a form shows it. */
export type Place = OptionName | 'image' | 'command' | 'line' | 'other';

export interface Trouble {
  readonly place: Place;
  /** Which of several values, counted from 0. */
  readonly index?: number;
  /** An error keeps the container from running; a warning does not. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** What would help, as a value for the place. */
  readonly offer?: { readonly label: string; readonly value: string };
}
