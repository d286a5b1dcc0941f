/** The editor as commands and features use it; the only implementation is in vscode/. All texts arrive localised. */
import type { Duplex } from '../engine/engine.ts';
import type { OpenPage, PageDescription, PageListener } from './page.ts';

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon. */
  readonly icon?: string;
  /** Chosen beforehand, where several may be. */
  readonly picked?: boolean;
  /** The heading above it, where it is the first under it. */
  readonly heading?: string;
  readonly value: T;
}

/** What a text that is asked for could be. */
export interface Suggestion {
  readonly text: string;
  readonly about?: string;
}

/** What a running work says of itself. */
export type Report = (message: string, fraction?: number) => void;

export type Platform = 'linux' | 'wsl' | 'mac' | 'windows';

export interface Editor {
  /** A modal question that names the object and the loss; the button repeats the verb. */
  confirm(question: string, detail: string | undefined, yes: string): Promise<boolean>;
  /** A modal question with several answers; the pressed button, undefined for cancel. */
  choose(
    question: string,
    detail: string | undefined,
    ...buttons: readonly string[]
  ): Promise<string | undefined>;
  pick<T>(
    title: string,
    choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>,
    /** Why it is asked at all, where nobody awaits a question: it stays then until it is answered. */
    note?: string,
  ): Promise<T | undefined>;
  pickMany<T>(
    title: string,
    choices: readonly Choice<T>[],
    /** What the present choice means, said while it is made. */
    note?: (chosen: readonly T[]) => string,
  ): Promise<readonly T[] | undefined>;
  ask(
    title: string,
    options?: {
      readonly prompt?: string;
      readonly value?: string;
      readonly placeholder?: string;
      /** Shown as dots, kept nowhere. */
      readonly secret?: true;
      /** The sentence that says what is wrong, as typed. */
      readonly check?: (text: string) => string | undefined;
      /** What will happen with this text, as typed. */
      readonly note?: (text: string) => string | undefined;
      /** Offered while it is typed; any other text may be given all the same. */
      readonly suggestions?: Promise<(typed: string) => readonly Suggestion[]>;
    },
  ): Promise<string | undefined>;
  /** Progress in a notification, with cancel. */
  during<T>(title: string, work: (signal: AbortSignal, report: Report) => Promise<T>): Promise<T>;
  /** A quiet sign that something short is going on; it cannot be cancelled. */
  meanwhile<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** A read-only document. */
  show(name: string, text: string, language: string): Promise<void>;
  /** A read-only page from Markdown, set for reading. */
  page(name: string, markdown: string): Promise<void>;
  /** A terminal over a process in a container; closes with it. */
  terminal(name: string, stream: Duplex, icon?: string): void;
  /** A terminal that is written to and not read; closing it aborts. Text may hold ANSI colours. */
  printout(
    name: string,
    icon: string,
    write: (print: (text: string) => void, signal: AbortSignal) => Promise<void>,
  ): void;
  /** A page in a webview: the one channel for all of them. */
  openPage<ToPage, FromPage>(
    page: PageDescription<FromPage>,
    title: string,
    listener: PageListener<FromPage>,
  ): OpenPage<ToPage>;
  /** Shows a line, from 0, of a file where it is open, or else opens it. */
  goTo(path: string, line: number): Promise<void>;
  /** Calls back when the text of an open file has changed and rests; until it is ended. */
  whenChanged(path: string, changed: () => void): () => void;
  /** The first folder of the workspace, absolute path. */
  openFolder(): string | undefined;
  chooseFolder(title: string): Promise<string | undefined>;
  chooseFiles(title: string): Promise<readonly string[] | undefined>;
  /** A file that exists, of these kinds: endings without the dot. */
  chooseFile(title: string, endings?: readonly string[]): Promise<string | undefined>;
  /** A file to write; overwriting has been agreed to. */
  chooseNewFile(title: string, name: string): Promise<string | undefined>;
  /** An information message; resolves to the pressed button. */
  tell(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  warn(message: string, ...buttons: readonly string[]): Promise<string | undefined>;
  reveal(path: string): Promise<void>;
  /** Puts a command line in a terminal; the person presses Enter, or does not. */
  typeInTerminal(commandLine: string): void;
  /** In the browser; only addresses that we wrote ourselves. */
  openInBrowser(address: string): Promise<void>;
  /** Settings of ours with this name behind `drydock.`. */
  openSetting(name: string): Promise<void>;
  /** A setting of ours, as it is in force. */
  preference(name: string): unknown;
  /** Changes it where it is set: in the workspace, else for this user. */
  prefer(name: string, value: unknown): Promise<void>;
  /** The views, read again. */
  refresh(): void;
  /** The views, shown as they were read, under their present settings. */
  redraw(): void;
  showLog(): void;
  /** Where the extension runs, which is where its terminals are. */
  readonly platform: Platform;
  /** Dockerfiles of the workspace, absolute paths. */
  dockerfiles(): Promise<readonly string[]>;
  /** The workspace folder that the path lies in. */
  workspaceFolder(path: string): string | undefined;
  /** Writes the file to disk if it is open with changes. */
  save(path: string): Promise<void>;
  /** The active editor's file, absolute path. */
  activeFile(): string | undefined;
  /** Kept in the workspace between sessions. */
  recall(key: string): string | undefined;
  remember(key: string, value: string): Promise<void>;
  copyText(text: string): Promise<void>;
}
