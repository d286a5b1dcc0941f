/** One editor's visit: its open documents by uri and version, what is found in them, and the doors to the world. */
import type {
  Connection,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { document as documentOf, type Document } from '../document.ts';
import type { Outside } from '../features/outside.ts';
import { lint } from '../lint/lint.ts';
import type { Finding, LintConfig, Registered } from '../lint/rule.ts';
import type { Client, Encoding } from './client.ts';
import { configuration, type Checking } from './configuration.ts';
import { toSpan } from './convert.ts';
import type { Files } from './files.ts';
import type { Log } from './guard.ts';
import { clientImages } from './images.ts';

/** What is found in a document; `id` is another as soon as anything that it rests on is. */
export interface Checked {
  readonly id: string;
  readonly findings: readonly Finding[];
}

/** Told of what happens to the session. */
export interface Listener {
  changed?(document: Document): void;
  closed?(uri: string): void;
  reconfigured?(): void;
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
  listen(listener: Listener): void;
  /** Undefined when the document is closed, or was while settings were read. */
  check(uri: string): Promise<Checked | undefined>;
  checking(uri: string): Promise<Checking>;
  lint(document: Document, config: LintConfig): readonly Finding[];
}

export interface Composition {
  readonly connection: Connection;
  readonly client: Client;
  readonly files: Files;
  readonly rules: readonly Registered[];
}

/** A session with no document open. */
export function session({ connection, client, files, rules }: Composition): Session {
  const open = new Map<string, Document>();
  const listeners: Listener[] = [];
  const update = (document: Document): void => {
    open.set(document.uri, document);
    for (const listener of listeners) listener.changed?.(document);
  };
  const remembered = new WeakMap<Document, Checked & { readonly config: LintConfig }>();
  let checks = 0;
  const log = logTo(connection);
  const warn = (message: string): void => {
    connection.console.warn(message);
  };
  const settings = configuration({ connection, client: () => client, files, rules, warn });
  const lintDocument = (document: Document, config: LintConfig): readonly Finding[] =>
    lint(document.model, rules, config, log);
  return {
    client,
    outside: { images: clientImages(connection), rules },
    rules,
    log,
    documents: { [Symbol.iterator]: () => open.values() },
    document: (uri) => open.get(uri),
    open: ({ uri, text, version }) => {
      // Where nobody tells of changed files, opening a document is the moment to look again.
      if (!client.watchesFiles) settings.forget();
      update(documentOf(uri, text, version));
    },
    change: ({ uri, version }, changes) => {
      const before = open.get(uri);
      if (!before) return;
      update(documentOf(uri, changedText(before, changes, client.encoding), version));
    },
    close: (uri) => {
      open.delete(uri);
      for (const listener of listeners) listener.closed?.(uri);
    },
    reconfigure: (sent) => {
      settings.forget(sent);
      for (const listener of listeners) listener.reconfigured?.();
    },
    listen: (listener) => {
      listeners.push(listener);
    },
    check: async (uri) => {
      const { enabled, config } = await settings.of(uri);
      const document = open.get(uri);
      if (!document) return undefined;
      const before = remembered.get(document);
      if (before?.config === config) return before;
      const findings = enabled ? lintDocument(document, config) : [];
      const checked = { id: String(++checks), findings, config };
      remembered.set(document, checked);
      return checked;
    },
    checking: (uri) => settings.of(uri),
    lint: lintDocument,
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
    if ('range' in change) {
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
