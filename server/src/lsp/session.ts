/** The session of one client: its open documents, their findings, and access to files, images and settings. */
import {
  TextDocumentContentChangeEvent,
  type Connection,
  type TextDocumentItem,
  type VersionedTextDocumentIdentifier,
  type WorkspaceFoldersChangeEvent,
} from './protocol.ts';
import { withText, document as documentOf, type Document } from '../model/document.ts';
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

/** Callbacks for events of the session. */
export interface Listener {
  changed?(document: Document): void;
  closed?(uri: string): void;
  /** The client accepts requests from now on. */
  initialized?(): void;
  reconfigured?(): void;
  /** A document has more findings than were reported. */
  rechecked?(document: Document): void;
  /** The workspace has become trusted. */
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
  /** Discards settings and project files that were read; `settings` are given if the client sends them. */
  reconfigure(settings?: unknown): void;
  /** Workspace folders were added or removed, and their settings with them. */
  changeFolders(event: WorkspaceFoldersChangeEvent): void;
  /** Notifies the listeners that the client accepts requests. */
  begin(): void;
  /** The workspace has become trusted. */
  trust(): void;
  listen(listener: Listener): void;
  /** Undefined if the document is closed, or was closed while settings were read. */
  check(uri: string): Promise<Checked | undefined>;
  checking(uri: string): Promise<Checking>;
  /** The lint function for documents with this URI, with their settings and files. */
  readonly linter: Checks['linter'];
}

export interface Composition {
  readonly connection: Connection;
  readonly client: Client;
  readonly files: Files;
  readonly folders: Folders;
  /** Undefined if directories cannot be listed. */
  readonly context: Context | undefined;
  readonly rules: readonly Registered[];
  /** Absent if programs cannot be run. */
  readonly findShellCheck?: FindShellCheck | undefined;
}

/** A session without open documents. */
export function session(composition: Composition): Session {
  const { connection, client, folders, context, rules } = composition;
  const open = new Map<string, Document>();
  const listeners: Listener[] = [];
  const update = (document: Document): void => {
    open.set(document.uri, document);
    for (const listener of listeners) listener.changed?.(document);
  };
  const log = logTo(connection);
  const { settings, lints, shells, forget, trust } = reading(composition, log, (uri) => {
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
      // If the client does not report changed files, they are read again when a document is opened.
      if (!client.watchesFiles) forget();
      update(documentOf(uri, text, version));
    },
    change: ({ uri, version }, changes) => {
      const before = open.get(uri);
      if (!before) return;
      update(withText(before, changedText(before, changes, client.encoding), version));
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
    check: (uri) => lints.check(uri, () => open.get(uri)),
    checking: (uri) => settings.of(uri),
    linter: lints.linter,
  };
}

interface Reading {
  readonly settings: Configuration;
  readonly lints: Checks;
  readonly shells: ShellChecks;
  readonly forget: (sent?: unknown) => void;
  readonly trust: () => void;
}

/** Settings, files and checks of documents; `found` is called when ShellCheck has more findings for one. */
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
  const lints = checks({ settings, files: kept, rules, log, shells });
  return {
    settings,
    lints,
    shells,
    forget: (sent) => {
      kept.forget();
      lints.forget(sent);
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

/** Positions of each change refer to the text after the previous change. */
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

/** The line index is computed only if another change needs it. */
function placedText(text: string): Pick<Document, 'text' | 'lines'> {
  return documentOf('', text);
}
