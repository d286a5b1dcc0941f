/** The contract of a command. Each command is a file; the names of its folder and file form its id. */
import type { Subjects, View } from '../explorer/item.ts';
import type { submenus } from '../manifest.ts';
import type { Files, Tools } from '../ui/tools.ts';

export interface Command<K extends keyof Subjects = keyof Subjects> {
  /** Title case; ends with `…` only if the command asks for something. Written to package.nls.json. */
  readonly title: string;
  /** For menus whose context already shows the object. */
  readonly shortTitle?: string;
  /** A codicon. */
  readonly icon?: string;
  /** The kind of object that it acts on; from the Command Palette, a picker asks for it. */
  readonly on?: K;
  /** Traits that the row must have: one of each alternative, such as `running|paused`. */
  readonly needs?: readonly string[];
  /** The position of its button on the row. */
  readonly inline?: 1 | 2 | 3;
  /** Its group in the context menu. */
  readonly group?: '0_daily' | '1_open' | '2_do' | '3_copy' | '4_change' | '5_remove';
  /** The place in its group or submenu, before commands without one; those are sorted by title. */
  readonly order?: number;
  /** Acts on one row only, the one that was clicked; by default, commands act on all selected rows. */
  readonly single?: true;
  /** Without rows, it is called without objects, and asks by itself; it also acts on files. */
  readonly choosesItself?: true;
  /** The submenu of rows and files that contains it, instead of their menus. */
  readonly submenu?: keyof typeof submenus;
  /** Also available on groups, where it acts on all rows with the required traits. */
  readonly groups?: true;
  /** Views that show it as a button in the title bar; the view's own commands come first, in the order of `titleOrder`. */
  readonly titleOf?: readonly View['id'][];
  readonly titleOrder?: number;
  /** Views that show it in the overflow menu of the title bar. */
  readonly titleMenu?: {
    readonly on: readonly View['id'][];
    readonly group: '1_look' | '2_make' | '3_clean' | '4_engine';
  };
  /** The `when` clause for files in the Explorer and the editor. */
  readonly onFiles?: string;
  /** Not for folders of the Explorer. */
  readonly filesOnly?: true;
  /** Also in the title of an editor, as a button or in its overflow menu. */
  readonly inEditorTitle?: { readonly as: 'button' | 'menu'; readonly when: string };
  /** Only in the Explorer, not in the editor. */
  readonly explorerOnly?: true;
  /** Only in the editor, not in the Explorer. */
  readonly editorOnly?: true;
  /** The id without prefix that it had before; key bindings with it still work. */
  readonly formerId?: string;
  /** A context key without which it is in no menu and disabled, for example because it requires another extension. */
  readonly onlyWhen?: string;
  /** Disabled in untrusted workspaces. */
  readonly trusted?: true;
  run(subjects: readonly Subjects[K][], tools: Tools, files: Files): Promise<void>;
}

/** A command with its id, created by the generated barrel. */
export interface RegisteredCommand {
  /** Without the prefix `drydock.`, for example `containers.start`. */
  readonly id: string;
  readonly command: Command;
}

/** Ends the identifiers of commands in the menus of rows. */
export const rowSuffix = '/row';

/** Whether the command has another title in the menus of rows. */
export function hasRowCommand({ on, group, submenu, shortTitle }: Command): boolean {
  return on !== undefined && (group ?? submenu) !== undefined && shortTitle !== undefined;
}

/** Defines a command; hides the type of its subjects from the list of commands. */
export function command<K extends keyof Subjects>(definition: Command<K>): Command {
  return definition;
}
