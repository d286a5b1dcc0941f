import type { WordInfo } from './words.ts';

/** A program with its subcommands and options. */
export interface CommandLine {
  /** Without the directory. Two words if the subcommand has options of its own, as in `uv pip`. */
  readonly names: readonly string[];
  readonly subcommands?: readonly WordInfo[];
  /** With dashes; the options of all subcommands together. */
  readonly options: readonly WordInfo[];
  /** Usual arguments and options that need no description, most common first. */
  readonly usual?: readonly string[];
}

/** Turns a table of names and descriptions into a list. */
export function wordInfos(table: Readonly<Record<string, string>>): readonly WordInfo[] {
  return Object.entries(table).map(([name, documentation]) => ({ name, documentation }));
}
