/** The session of one client: its open documents, their findings, and access to files, images and settings. */
import type {
  Connection,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
  WorkspaceFoldersChangeEvent,
} from './protocol.ts';
import { withText, document as documentOf, type Document } from '../model/document.ts';
import type { Context, Outside } from '../features/outside.ts';
import type { Registered } from '../lint/rule.ts';
import { checks, type Checked, type Checks } from './checks.ts';
import { changedText } from './changed-text.ts';
import type { Client } from './client.ts';
import { configuration, type Checking, type Configuration } from './configuration.ts';
import { contextRoots } from './context-roots.ts';
import { directoryWatches, type DirectoryWatches } from './directory-watches.ts';
import { isDisk, remembered, type Files } from './files.ts';
import { ignoreFiles, isIgnoreFile, type IgnoreFiles } from './ignore-files.ts';
import type { Folders } from './folders.ts';
import type { Log } from './guard.ts';
import type { MaybePromise } from './maybe-promise.ts';
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
  /** An ignore file was opened or changed. */
  ignoreFileChanged?(uri: string): void;
  /** An ignore file has more problems than were reported. */
  ignoreFileFound?(uri: string): void;
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
  /** Open files of the language `dockerignore`, which are not among the documents. */
  readonly ignoreFiles: IgnoreFiles;
  readonly files: Files;
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
  check(uri: string): MaybePromise<Checked | undefined>;
  checking(uri: string): MaybePromise<Checking>;
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
  const { connection, client, folders, files, rules } = composition;
  const open = new Map<string, Document>();
  const listeners = new Listeners();
  const update = (document: Document): void => {
    open.set(document.uri, document);
    listeners.notify('changed', document);
  };
  const log = logTo(connection);
  const { settings, lints, shells, watches, forget, trust } = reading(composition, log, (uri) => {
    const document = open.get(uri);
    if (document) listeners.notify('rechecked', document);
  });
  const ignores = openIgnoreFiles(composition, { settings, listeners, log });
  const reconfigure = (sent?: unknown): void => {
    forget(sent);
    ignores.forget();
    listeners.notify('reconfigured');
  };
  return {
    client,
    outside: outsideOf(composition),
    rules,
    log,
    documents: { [Symbol.iterator]: () => open.values() },
    document: (uri) => open.get(uri),
    ignoreFiles: ignores,
    files,
    open: (item) => {
      // If the client does not report changed files, they are read again when a document is opened.
      if (!client.watchesFiles) forget();
      if (isIgnoreFile(item)) ignores.open(item);
      else update(documentOf(item.uri, item.text, item.version));
    },
    change: ({ uri, version }, changes) => {
      const before = open.get(uri);
      if (before) update(withText(before, changedText(before, changes, client.encoding), version));
      else ignores.change(uri, changes, version);
    },
    close: (uri) => {
      open.delete(uri);
      for (const part of [ignores, shells, lints]) part.close(uri);
      if (open.size === 0) watches.release();
      listeners.notify('closed', uri);
    },
    reconfigure,
    ...events(listeners, { folders, trust, reconfigure }),
    check: (uri) => lints.check(uri, () => open.get(uri)),
    checking: (uri) => settings.of(uri),
    linter: lints.linter,
  };
}

type Events = Pick<Session, 'changeFolders' | 'begin' | 'trust' | 'listen'>;

function events(
  listeners: Listeners,
  {
    folders,
    trust,
    reconfigure,
  }: Pick<Composition, 'folders'> & {
    readonly trust: () => void;
    readonly reconfigure: () => void;
  },
): Events {
  return {
    changeFolders: (event) => {
      folders.change(event);
      reconfigure();
    },
    begin: () => listeners.notify('initialized'),
    trust: () => {
      trust();
      listeners.notify('trusted');
      reconfigure();
    },
    listen: (listener) => listeners.add(listener),
  };
}

function outsideOf({ connection, rules, context }: Composition): Outside {
  return { images: clientImages(connection), rules, ...(context && { context }) };
}

interface Parts {
  readonly settings: Configuration;
  readonly listeners: Listeners;
  readonly log: Log;
}

function openIgnoreFiles(
  { files, context, client }: Composition,
  { settings, listeners, log }: Parts,
): IgnoreFiles {
  return ignoreFiles({
    files,
    context,
    client,
    checking: (uri) => settings.of(uri),
    changed: (uri) => listeners.notify('ignoreFileChanged', uri),
    found: (uri) => listeners.notify('ignoreFileFound', uri),
    log,
  });
}

class Listeners {
  readonly #all: Listener[] = [];

  add(listener: Listener): void {
    this.#all.push(listener);
  }
  notify<Name extends keyof Listener>(
    name: Name,
    ...[given]: Parameters<NonNullable<Listener[Name]>>
  ): void {
    for (const listener of this.#all)
      (listener[name] as ((given: unknown) => void) | undefined)?.(given);
  }
}

interface Reading {
  readonly settings: Configuration;
  readonly lints: Checks;
  readonly shells: ShellChecks;
  readonly watches: DirectoryWatches;
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
  const watches = directoryWatches(connection, client, log);
  const { watch } = watches;
  const roots = isDisk(files)
    ? contextRoots({ disk: files, files: kept, folders, watch })
    : undefined;
  const lints = checks({ settings, files: kept, rules, log, shells, roots, found });
  return {
    settings,
    lints,
    shells,
    watches,
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
