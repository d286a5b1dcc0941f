/** Keeps documents, settings and files of the session in sync with the client. */
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type DidChangeTextDocumentParams,
  type DidCloseTextDocumentParams,
  type DidOpenTextDocumentParams,
} from './protocol.ts';
import { projectFileNames } from '../project/project-file.ts';
import type { Feature } from './feature.ts';

const anyFile = { filters: [{ pattern: { glob: '**' } }] };

export const synchronization: Feature = {
  capability: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      // Sources of COPY appear and disappear with the files of the context.
      fileOperations: { didCreate: anyFile, didRename: anyFile, didDelete: anyFile },
    },
  },
  attach: (connection, session, direct) => {
    const { client } = session;
    const invalid = (method: string): void =>
      session.log(`${method} was ignored`, new Error('Its parameters are not valid'));
    const opened = (params: DidOpenTextDocumentParams): void => {
      if (isOpening(params)) session.open(params.textDocument);
      else invalid('textDocument/didOpen');
    };
    const changed = (params: DidChangeTextDocumentParams): void => {
      if (isChange(params)) session.change(params.textDocument, params.contentChanges);
      else invalid('textDocument/didChange');
    };
    const closed = (params: DidCloseTextDocumentParams): void => {
      if (isNaming(params)) session.close(params.textDocument.uri);
      else invalid('textDocument/didClose');
    };
    connection.onDidOpenTextDocument(opened);
    connection.onDidChangeTextDocument(changed);
    connection.onDidCloseTextDocument(closed);
    direct?.listen('textDocument/didOpen', opened, session.log);
    direct?.listen('textDocument/didChange', changed, session.log);
    direct?.listen('textDocument/didClose', closed, session.log);
    connection.onDidChangeConfiguration((params) => {
      const sent = params.settings as { readonly drydock?: unknown } | null | undefined;
      session.reconfigure(sent?.drydock ?? {});
    });
    connection.onDidChangeWatchedFiles(() => session.reconfigure());
    connection.workspace.onDidCreateFiles(() => session.reconfigure());
    connection.workspace.onDidRenameFiles(() => session.reconfigure());
    connection.workspace.onDidDeleteFiles(() => session.reconfigure());
    connection.onInitialized(() => {
      session.begin();
      if (client.changesFolders) {
        connection.workspace.onDidChangeWorkspaceFolders((event) => session.changeFolders(event));
      }
      const failed = (error: unknown): void => session.log('registration failed', error);
      if (client.registersConfiguration) {
        const options = { section: 'drydock' };
        connection.client.register(DidChangeConfigurationNotification.type, options).catch(failed);
      }
      if (client.watchesFiles) {
        const options = {
          watchers: [...projectFileNames, '*.dockerignore', '.dockerignore'].map((name) => ({
            globPattern: `**/${name}`,
          })),
        };
        connection.client.register(DidChangeWatchedFilesNotification.type, options).catch(failed);
      }
    });
  },
};

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

type Named = Fields & { readonly textDocument: Fields };

/** Clients in development send anything: without a text, every later request would fail. */
function isNaming(params: unknown): params is Named {
  const { textDocument } = (params ?? {}) as Partial<Named>;
  return typeof (textDocument as Fields | null | undefined)?.['uri'] === 'string';
}

function isOpening(params: unknown): boolean {
  return isNaming(params) && typeof params.textDocument['text'] === 'string';
}

function isChange(params: unknown): boolean {
  const changes = isNaming(params) && (params as Fields)['contentChanges'];
  return (
    Array.isArray(changes) &&
    changes.every(
      (change: unknown) =>
        isObject(change) &&
        typeof change['text'] === 'string' &&
        (change['range'] === undefined || isRange(change['range'])),
    )
  );
}

function isRange(range: unknown): boolean {
  return isObject(range) && isPosition(range['start']) && isPosition(range['end']);
}

function isPosition(position: unknown): boolean {
  return isObject(position) && [position['line'], position['character']].every(Number.isInteger);
}
