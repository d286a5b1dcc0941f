/** A word of a command line and what it does, in Markdown and plain English. */
export interface Told {
  readonly name: string;
  readonly documentation: string;
}

export interface CommandLine {
  /** Without folder; two words where the program is named by both: `uv pip`. */
  readonly names: readonly string[];
  readonly subcommands?: readonly Told[];
  /** With their dashes; of all subcommands together. */
  readonly options: readonly Told[];
}

/** Words with what they do, from a table by name. */
export function told(table: Readonly<Record<string, string>>): readonly Told[] {
  return Object.entries(table).map(([name, documentation]) => ({ name, documentation }));
}
