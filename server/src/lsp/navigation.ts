/** Definition, references, highlights and rename: all about the symbol at a place. */
import {
  DocumentHighlightKind,
  LSPErrorCodes,
  ResponseError,
  type DefinitionParams,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type Location,
  type PrepareRenameParams,
  type Range,
  type ReferenceParams,
  type RenameParams,
  type WorkspaceEdit,
} from './protocol.ts';
import { definition } from '../features/definition.ts';
import { highlights } from '../features/highlights.ts';
import { references } from '../features/references.ts';
import { rename, renameable } from '../features/rename.ts';
import { toRange, toWorkspaceEdit } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const defining: Feature = {
  capability: { definitionProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onDefinition(
      guarded<DefinitionParams, Location[]>(log, 'textDocument/definition', [], (params) => {
        const found = at(session, params, (document, offset) =>
          definition(document, offset).map((span) => ({
            uri: document.uri,
            range: toRange(document, span, client.encoding),
          })),
        );
        return found ?? [];
      }),
    );
  },
};

export const referring: Feature = {
  capability: { referencesProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onReferences(
      guarded<ReferenceParams, Location[]>(log, 'textDocument/references', [], (params) => {
        const { includeDeclaration } = params.context;
        const found = at(session, params, (document, offset) =>
          references(document, offset, { declaration: includeDeclaration }).map((span) => ({
            uri: document.uri,
            range: toRange(document, span, client.encoding),
          })),
        );
        return found ?? [];
      }),
    );
  },
};

export const highlighting: Feature = {
  capability: { documentHighlightProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onDocumentHighlight(
      guarded<DocumentHighlightParams, DocumentHighlight[]>(
        log,
        'textDocument/documentHighlight',
        [],
        (params) => {
          const found = at(session, params, (document, offset) =>
            highlights(document, offset).map(({ span, role }) => ({
              range: toRange(document, span, client.encoding),
              kind: role === 'read' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
            })),
          );
          return found ?? [];
        },
      ),
    );
  },
};

export const renaming: Feature = {
  capability: { renameProvider: { prepareProvider: true } },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onPrepareRename(
      guarded<PrepareRenameParams, Range | null>(
        log,
        'textDocument/prepareRename',
        null,
        (params) => {
          const found = at(session, params, (document, offset) => {
            const span = renameable(document, offset);
            return span && toRange(document, span, client.encoding);
          });
          return found ?? null;
        },
      ),
    );
    connection.onRenameRequest(
      guarded<RenameParams, WorkspaceEdit | ResponseError | null>(
        log,
        'textDocument/rename',
        null,
        (params) => {
          const found = at(session, params, (document, offset) => {
            const renamed = rename(document, offset, params.newName);
            if (renamed === undefined) return null;
            return renamed.refused !== undefined
              ? new ResponseError(LSPErrorCodes.RequestFailed, renamed.refused)
              : toWorkspaceEdit(document, renamed.edits, client);
          });
          return found ?? null;
        },
      ),
    );
  },
};
