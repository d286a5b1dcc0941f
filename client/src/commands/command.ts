/** The contract of a command: one file a command, folder and file name are its id. */
import type { Subjects, View } from '../explorer/item.ts';
import type { Files, Tools } from '../ui/tools.ts';

export interface Command<K extends keyof Subjects = keyof Subjects> {
  /** Title case; `…` only when something is asked. Becomes package.nls.json. */
  readonly title: string;
  /** Where the place already says what it acts on. */
  readonly shortTitle?: string;
  /** A codicon. */
  readonly icon?: string;
  /** What it acts on; from the palette a picker asks for it. Absent: palette only. */
  readonly on?: K;
  /** Traits that the row must carry, in every group at least one of the words: `running|paused`. */
  readonly needs?: readonly string[];
  /** Its place among the buttons on the row, three at most. */
  readonly inline?: 1 | 2 | 3;
  /** In the context menu. */
  readonly group?: '1_open' | '2_do' | '3_copy' | '4_change' | '5_remove';
  /** Acts on several rows unless said. */
  readonly single?: true;
  /** Also on a group of such rows: on all in it whose traits allow it. */
  readonly groups?: true;
  /** A view's title bar: `images` and so on. */
  readonly titleOf?: readonly View['id'][];
  /** In the menu behind the dots of a view's title bar. */
  readonly titleMenu?: {
    readonly on: readonly View['id'][];
    readonly group: '1_look' | '2_make' | '3_clean' | '4_engine';
  };
  /** Also on files in the explorer and the editor: a `when` clause. */
  readonly onFiles?: string;
  /** Of these, only in the explorer. */
  readonly explorerOnly?: true;
  /** Off in an untrusted workspace. */
  readonly trusted?: true;
  run(subjects: readonly Subjects[K][], tools: Tools, files: Files): Promise<void>;
}

/** Made by the generated barrel: id from folder and file. */
export interface RegisteredCommand {
  /** Behind `drydock.`: `containers.start`. */
  readonly id: string;
  readonly command: Command;
}

/** Closes a command over the kind of its subjects. */
export function command<K extends keyof Subjects>(definition: Command<K>): Command {
  return definition;
}
