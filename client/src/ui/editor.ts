/** The editor as commands and features use it; the only implementation is in vscode/. All texts are already translated. */
import type { Duplex, TerminalSize } from '../engine/engine.ts';
import type { BuildCosts, BuildProblem, StatusItem } from './build-marks.ts';
import type { FileRef } from './files.ts';
import type { OpenPage, PageDescription, PageListener } from './page.ts';

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon. */
  readonly icon?: string;
  /** Selected initially, in pickers with multiple selection. */
  readonly picked?: boolean;
  /** The heading above this choice. */
  readonly heading?: string;
  readonly value: T;
}

/** A suggested value for an input. */
export interface Suggestion {
  readonly text: string;
  readonly description?: string;
}

/** An entry of a directory, for a picker that walks directories. */
export interface PathEntry {
  readonly name: string;
  /** Itself or through links. */
  readonly leadsToDirectory: boolean;
  readonly description?: string;
}

export interface PathPickerOptions {
  readonly placeholder: string;
  /** The directory whose entries are shown first. */
  readonly start: string;
  /** Which entries can be chosen. Paths of others can be typed. */
  readonly kind: 'directory' | 'any';
  /** The label of the choice of the shown directory or of the typed path. */
  readonly acceptLabel: string;
  /** The entries of a directory; rejects with the reason if it cannot be read. */
  list(directory: string): Promise<readonly PathEntry[]>;
  /** The error message for a path, if it is invalid. */
  check(path: string): string | undefined;
  /** A question that can be answered before a path is chosen. */
  readonly option?: { readonly icon: string; label(): string; choose(): Promise<void> };
}

/** Reports the progress of an operation; `fraction` is from 0 to 1. */
export type ReportProgress = (message: string, fraction?: number) => void;

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A part of a line, counted from 0. */
export interface LineRange {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export type ComparedFile = { readonly resource: string } | { readonly file: string };

/** A process, and the terminal that shows it. */
export interface ProcessTerminal {
  /** What it is: `web: sh`. */
  readonly name: string;
  /** A codicon. */
  readonly icon?: string;
  /** Shown above the output. */
  readonly note?: string;
  /** The process cannot be started again. */
  readonly once?: true;
  /** Starts the process, and again when the user asks for it after it has ended. The size is undefined if it is not known yet. */
  readonly start: (size: TerminalSize | undefined) => Promise<Duplex>;
  /** A sentence about the end of the process; undefined for the exit code alone. */
  readonly describeEnd?: (exitCode: number | undefined) => Promise<string | undefined>;
}

export type Platform = 'linux' | 'wsl' | 'mac' | 'windows';

export interface Editor {
  /** A modal question that names the object and what will be lost; the button repeats the verb. */
  confirm(question: string, detail: string | undefined, button: string): Promise<boolean>;
  /** A modal question with several buttons; resolves to the pressed button, or undefined for cancel. */
  chooseButton(
    question: string,
    detail: string | undefined,
    ...buttons: readonly string[]
  ): Promise<string | undefined>;
  pick<T>(
    title: string,
    choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>,
    /** The reason for an unexpected question; the picker then stays open when it loses focus. */
    note?: string,
  ): Promise<T | undefined>;
  /** Any number of the choices, also none. */
  pickMany<T>(title: string, choices: readonly Choice<T>[]): Promise<readonly T[] | undefined>;
  /** At least one of the choices: while none is checked, Enter accepts the one that has the focus. */
  pickSome<T>(
    title: string,
    choices: readonly Choice<T>[],
    /** The reason for an unexpected question. */
    note?: string,
  ): Promise<readonly T[] | undefined>;
  /** A picker of paths with `/`: choosing a directory enters it, typing filters or is a path. */
  pickPath(title: string, options: PathPickerOptions): Promise<string | undefined>;
  ask(
    title: string,
    options?: {
      readonly prompt?: string;
      readonly value?: string;
      readonly placeholder?: string;
      /** Masked input; never stored. */
      readonly secret?: true;
      /** The error message for the typed text, if it is invalid. */
      readonly check?: (text: string) => string | undefined;
      /** Describes the effect of the typed text. */
      readonly note?: (text: string) => string | undefined;
      /** Suggestions for the typed text; other texts are accepted as well. */
      readonly suggestions?: Promise<(typed: string) => readonly Suggestion[]>;
    },
  ): Promise<string | undefined>;
  /** Progress in a notification, with cancel. */
  withProgress<T>(
    title: string,
    work: (signal: AbortSignal, report: ReportProgress) => Promise<T>,
  ): Promise<T>;
  /** Progress of a short operation in the status bar; it cannot be cancelled. */
  withWindowProgress<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** A read-only document. */
  showDocument(name: string, text: string, language: string): Promise<void>;
  /** A read-only page from Markdown, in the Markdown preview. */
  showMarkdown(name: string, markdown: string): Promise<void>;
  /**
   * A terminal for a process. It stays after the process has ended, until the user closes it. Resolves when the process has
   * been started; if it could not be started, closes the terminal and rejects with the error.
   */
  openTerminal(terminal: ProcessTerminal): Promise<void>;
  /** A terminal that shows output only; closing it aborts. Text may contain ANSI colors. */
  openOutputTerminal(
    name: string,
    icon: string,
    write: (print: (text: string) => void, signal: AbortSignal) => Promise<void>,
  ): void;
  /** Opens a page in a webview; all webviews use this channel. */
  openPage<ToPage, FromPage>(
    page: PageDescription<FromPage>,
    title: string,
    listener: PageListener<FromPage>,
  ): OpenPage<ToPage>;
  /** Shows a line of a file, counted from 0; opens the file if it is not open. */
  showLine(path: string, line: number): Promise<void>;
  /** Opens a file in an editor, in whatever editor VS Code has for it. */
  openFile(path: string): Promise<void>;
  /** Opens a file of a container, volume or image, given as the path of its `drydock:` URI, and selects the range. */
  openResource(path: string, selected?: LineRange): Promise<void>;
  /** Compares two files; each is the path of a `drydock:` URI, or a file of this machine. */
  compareFiles(left: ComparedFile, right: ComparedFile, title: string): Promise<void>;
  /** Compares two texts, which cannot be edited; the names are those of their documents. */
  compareTexts(left: NamedText, right: NamedText, title: string): Promise<void>;
  /** Adds a directory of a container, volume or image to the workspace. */
  addWorkspaceFolder(path: string, name: string): Promise<void>;
  /** The text of a file that is open, with its unsaved changes; undefined if it is not open. */
  openText(path: string): string | undefined;
  /** Shows a text as a file that does not exist yet; it is written when the user saves it. */
  showUnsavedFile(path: string, text: string): Promise<void>;
  /** Calls back after the text of an open file has changed, debounced; the returned function ends it. */
  onDocumentChange(path: string, changed: () => void): () => void;
  /** The text of a file as it is in the editor, or on disk; undefined if it cannot be read or is not text. */
  readText(path: string): Promise<string | undefined>;
  /**
   * A file of the workspace at one of these relative paths, which are tried in this order; or the only one whose path ends with
   * one of them. Undefined if there is none.
   */
  findInWorkspace(paths: readonly string[]): Promise<string | undefined>;
  /** The absolute path of the first workspace folder. */
  firstWorkspaceFolder(): string | undefined;
  chooseFolder(title: string): Promise<string | undefined>;
  chooseFiles(title: string): Promise<readonly string[] | undefined>;
  /** An existing file with one of these extensions, given without the dot. */
  chooseFile(title: string, extensions?: readonly string[]): Promise<string | undefined>;
  /** The path of a file to write; VS Code has confirmed overwriting. */
  chooseSaveFile(title: string, name: string): Promise<string | undefined>;
  /** An information message; resolves to the pressed button. */
  showInformation(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  showWarning(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  showError(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  revealInExplorer(path: string): Promise<void>;
  /** Selects the row of a file of a container or volume, and expands its directories. */
  revealFile(file: FileRef): Promise<void>;
  /** Inserts a command line into a terminal, which is opened in the folder if one is given, without running it. */
  typeInTerminal(commandLine: string, folder?: string): void;
  /** Opens an address in the browser. Must not be used for addresses from containers without a check. */
  openInBrowser(address: string): Promise<void>;
  /** Opens the Settings editor at `drydock.<name>`. */
  openSettings(name: string): Promise<void>;
  /** The effective value of the setting `drydock.<name>`. */
  getSetting(name: string): unknown;
  /** Changes the setting in the workspace if it is set there, otherwise for the user. */
  updateSetting(name: string, value: unknown): Promise<void>;
  /** Reads all views again. */
  refreshViews(): void;
  /** Redraws all views from the data that was read, with the current settings. */
  redrawViews(): void;
  /** Expands the row of a volume and the files below it. */
  showVolumeFiles(name: string): Promise<void>;
  showLog(): void;
  /** The platform on which the extension and its terminals run. */
  readonly platform: Platform;
  /** The absolute paths of the Dockerfiles in the workspace. */
  findDockerfiles(): Promise<readonly string[]>;
  /** The absolute paths of the Compose files in the workspace. */
  findComposeFiles(): Promise<readonly string[]>;
  /** The workspace folder that contains the path. */
  workspaceFolderOf(path: string): string | undefined;
  /** Saves the file if it is open with unsaved changes. */
  saveDocument(path: string): Promise<void>;
  /** The absolute path of the file in the active editor. */
  activeFile(): string | undefined;
  /** The line of the cursor in the active editor, from 0. */
  activeLine(): number | undefined;
  /** A value in the workspace state, which is kept between sessions. */
  getState(key: string): string | undefined;
  setState(key: string, value: string): Promise<void>;
  /** A value in VS Code's secret storage, which is encrypted and the same in all workspaces. */
  getSecret(key: string): Promise<string | undefined>;
  setSecret(key: string, value: string): Promise<void>;
  copyToClipboard(text: string): Promise<void>;
  readClipboard(): Promise<string>;
  /** An item in the status bar, hidden at first; a click on it runs the command, given without the prefix `drydock.`. */
  createStatusItem(name: string, command: string): StatusItem;
  /** Shows where a build failed, as a problem in its Dockerfile; never on another line than the one that was built. */
  showBuildProblem(problem: BuildProblem): void;
  clearBuildProblem(path: string): void;
  /** Shows what each instruction cost beside it. */
  showBuildCosts(costs: BuildCosts): void;
  /** Runs a command of the extension, given without the prefix `drydock.`, on an object or a file. */
  runCommand(
    id: string,
    on?: { readonly subject: object } | { readonly file: string },
    ...others: readonly unknown[]
  ): Promise<void>;
  hasCommand(id: string): Promise<boolean>;
  /** Opens a window in a running container, given by id, by the Dev Containers extension. */
  attachWindow(container: string): Promise<void>;
  /** Opens a folder with a `devcontainer.json` in its container, by the Dev Containers extension. */
  openInDevContainer(folder: string): Promise<void>;
}
