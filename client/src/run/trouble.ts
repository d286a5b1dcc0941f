/** Problems of a spec. */
import type { OptionName } from './options.ts';

/** The option or field that has the problem. */
export type Place = OptionName | 'image' | 'command' | 'line' | 'other';

export interface Trouble {
  readonly place: Place;
  /** Index of the value, for options with several values. */
  readonly index?: number;
  /** An error prevents the run, a warning does not. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** A value that fixes the problem. */
  readonly offer?: { readonly label: string; readonly value: string };
}
