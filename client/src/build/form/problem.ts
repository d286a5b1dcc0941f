/** A problem of a build, and what fixes it. */
import type { OptionName } from '../options/table.ts';
import type { BuildSpec } from '../spec.ts';

export interface Problem {
  readonly place: OptionName | 'context' | 'line';
  readonly index?: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly offers?: readonly Offer[];
}

export interface Offer {
  readonly label: string;
  /** The options after the fix, or `browse` to ask for another value. */
  readonly fix: BuildSpec | 'browse';
}
