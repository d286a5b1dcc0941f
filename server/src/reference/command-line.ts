/** A subcommand or option of a program and its description, in Markdown. */
export interface Told {
  readonly name: string;
  readonly documentation: string;
}

export interface CommandLine {
  /** Without the directory. Two words if the subcommand has options of its own, as in `uv pip`. */
  readonly names: readonly string[];
  readonly subcommands?: readonly Told[];
  /** With dashes; the options of all subcommands together. */
  readonly options: readonly Told[];
}

/** Turns a table of names and descriptions into a list. */
export function told(table: Readonly<Record<string, string>>): readonly Told[] {
  return Object.entries(table).map(([name, documentation]) => ({ name, documentation }));
}
