/** One editor's visit: its open documents by uri and version, what is found in them, and the doors to the world. */
import {
  TextDocumentContentChangeEvent,
  type Connection,
  type TextDocumentItem,
  type VersionedTextDocumentIdentifier,
  type WorkspaceFoldersChangeEvent,
} from './protocol.ts';
import { changed, document as documentOf, type Document } from '../model/document.ts';
import type { Context, Outside } from '../features/outside.ts';
import type { Registered } from '../lint/rule.ts';
import { checks, type Checked, type Checks } from './checks.ts';
import type { Client, Encoding } from './client.ts';
import { configuration, type Checking, type Configuration } from './configuration.ts';
import { toSpan } from './convert.ts';
import { remembered, type Files } from './files.ts';
import type { Folders } from './folders.ts';
import type { Log } from './guard.ts';
import { clientImages } from './images.ts';
import { shellChecks, type FindShellCheck, type ShellChecks } from './shell-checks.ts';

/** Told of what happens to the session. */
export interface Listener {
  changed?(document: Document): void;
  closed?(uri: string): void;
  /** The client takes requests from now on. */
  initialized?(): void;
  reconfigured?(): void;
  /** More is known of a document than was told. */
  rechecked?(document: Document): void;
  /** The workspace is trusted from now on. */
  trusted?(): void;
}

export interface Session {
  readonly client: Client;
  readonly outside: Outside;
  readonly rules: readonly Registered[];
  readonly log: Log;
  readonly documents: Iterable<Document>;
  document(uri: string): Document | undefined;
  open(item: TextDocumentItem): void;
  change(
    identifier: VersionedTextDocumentIdentifier,
    changes: readonly TextDocumentContentChangeEvent[],
  ): void;
  close(uri: string): void;
  /** Settings and project files are read anew; settings are given where the client sends them itself. */
  reconfigure(settings?: unknown): void;
  /** Folders of the workspace that came or went, and with them settings. */
  changeFolders(event: WorkspaceFoldersChangeEvent): void;
  /** Tells all that listen that the client takes requests. */
  begin(): void;
  /** The workspace is trusted from now on. */
  trust(): void;
  listen(listener: Listener): void;
  /** Undefined when the document is closed, or was while settings were read. */
  check(uri: string): Promise<Checked | undefined>;
  checking(uri: string): Promise<Checking>;
  /** How documents of this name are linted, with all that is read for it. */
  readonly linter: Checks['linter'];
}

export interface Composition {
  readonly connection: Connection;
  readonly client: Client;
  readonly files: Files;
  readonly folders: Folders;
  /** Absent where there are no folders. */
  readonly context: Context | undefined;
  readonly rules: readonly Registered[];
  /** Absent where no program can be run. */
  readonly findShellCheck?: FindShellCheck | undefined;
}

/** A session with no document open. */
export function session(composition: Composition): Session {
  const { connection, client, folders, context, rules } = composition;
  const open = new Map<string, Document>();
  const listeners: Listener[] = [];
  const update = (document: Document): void => {
    open.set(document.uri, document);
    for (const listener of listeners) listener.changed?.(document);
  };
  const log = logTo(connection);
  const { settings, made, shells, forget, trust } = reading(composition, log, (uri) => {
    const document = open.get(uri);
    if (document) for (const listener of listeners) listener.rechecked?.(document);
  });
  const reconfigure = (sent?: unknown): void => {
    forget(sent);
    for (const listener of listeners) listener.reconfigured?.();
  };
  return {
    client,
    outside: { images: clientImages(connection), rules, ...(context && { context }) },
    rules,
    log,
    documents: { [Symbol.iterator]: () => open.values() },
    document: (uri) => open.get(uri),
    open: ({ uri, text, version }) => {
      // Where nobody tells of changed files, opening a document is the moment to look again.
      if (!client.watchesFiles) forget();
      update(documentOf(uri, text, version));
    },
    change: ({ uri, version }, changes) => {
      const before = open.get(uri);
      if (!before) return;
      update(changed(before, changedText(before, changes, client.encoding), version));
    },
    close: (uri) => {
      open.delete(uri);
      shells.close(uri);
      for (const listener of listeners) listener.closed?.(uri);
    },
    reconfigure,
    changeFolders: (event) => {
      folders.change(event);
      reconfigure();
    },
    begin: () => {
      for (const listener of listeners) listener.initialized?.();
    },
    trust: () => {
      trust();
      for (const listener of listeners) listener.trusted?.();
      reconfigure();
    },
    listen: (listener) => {
      listeners.push(listener);
    },
    check: (uri) => made.check(uri, () => open.get(uri)),
    checking: (uri) => settings.of(uri),
    linter: made.linter,
  };
}

interface Reading {
  readonly settings: Configuration;
  readonly made: Checks;
  readonly shells: ShellChecks;
  readonly forget: (sent?: unknown) => void;
  readonly trust: () => void;
}

/** All that is read for documents; `found` is told when ShellCheck has said more of one. */
function reading(
  { connection, client, files, folders, rules, findShellCheck }: Composition,
  log: Log,
  found: (uri: string) => void,
): Reading {
  let isTrusted = client.trusted;
  const warn = (message: string): void => {
    connection.console.warn(message);
  };
  const kept = remembered(files);
  const settings = configuration({
    connection,
    client,
    files: kept,
    folders,
    rules,
    warn,
    trusted: () => isTrusted,
  });
  const shells = shellChecks({ find: findShellCheck, warn, found });
  const made = checks({ settings, files: kept, rules, log, shells });
  return {
    settings,
    made,
    shells,
    forget: (sent) => {
      kept.forget();
      made.forget(sent);
    },
    trust: () => {
      isTrusted = true;
    },
  };
}

function logTo(connection: Connection): Log {
  return (message, error) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`${message}: ${reason}`);
  };
}

/** Each change is told in places of the text that the one before it left. */
function changedText(
  before: Document,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: Encoding,
): string {
  let placed: Pick<Document, 'text' | 'lines'> = before;
  for (const change of changes) {
    let { text } = change;
    if (TextDocumentContentChangeEvent.isIncremental(change)) {
      const { start, end } = toSpan(placed, change.range, encoding);
      text = placed.text.slice(0, start) + change.text + placed.text.slice(end);
    }
    placed = placedText(text);
  }
  return placed.text;
}

/** The index of lines is made only when a further change needs it. */
function placedText(text: string): Pick<Document, 'text' | 'lines'> {
  return documentOf('', text);
}
