/** Keeps documents, settings and files of the session in sync with the client. */
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
} from './protocol.ts';
import { projectFileNames } from '../project/project-file.ts';
import type { Feature } from './feature.ts';

export const synchronization: Feature = {
  capability: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
  attach: (connection, session) => {
    const { client } = session;
    connection.onDidOpenTextDocument(({ textDocument }) => session.open(textDocument));
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
      session.change(textDocument, contentChanges),
    );
    connection.onDidCloseTextDocument(({ textDocument }) => session.close(textDocument.uri));
    connection.onDidChangeConfiguration((params) => {
      const sent = params.settings as { readonly drydock?: unknown } | null | undefined;
      session.reconfigure(sent?.drydock ?? {});
    });
    connection.onDidChangeWatchedFiles(() => session.reconfigure());
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
