/** Definition, references, highlights and rename of the symbol at a position. */
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
import { definition as definitionAt } from '../features/definition.ts';
import { highlights as highlightsAt } from '../features/highlights.ts';
import { references as referencesAt } from '../features/references.ts';
import { rename as renameAt, renameable } from '../features/rename.ts';
import { toRange, toWorkspaceEdit } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const definition: Feature = {
  capability: { definitionProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onDefinition(
      guarded<DefinitionParams, Location[]>(log, 'textDocument/definition', [], (params) => {
        const found = at(session, params, (document, offset) =>
          definitionAt(document, offset).map((span) => ({
            uri: document.uri,
            range: toRange(document, span, client.encoding),
          })),
        );
        return found ?? [];
      }),
    );
  },
};

export const references: Feature = {
  capability: { referencesProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onReferences(
      guarded<ReferenceParams, Location[]>(log, 'textDocument/references', [], (params) => {
        const { includeDeclaration } = params.context;
        const found = at(session, params, (document, offset) =>
          referencesAt(document, offset, { declaration: includeDeclaration }).map((span) => ({
            uri: document.uri,
            range: toRange(document, span, client.encoding),
          })),
        );
        return found ?? [];
      }),
    );
  },
};

export const highlights: Feature = {
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
            highlightsAt(document, offset).map(({ span, role }) => ({
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

export const rename: Feature = {
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
            const result = renameAt(document, offset, params.newName);
            if (result === undefined) return null;
            return 'refused' in result
              ? new ResponseError(LSPErrorCodes.RequestFailed, result.refused)
              : toWorkspaceEdit(document, result.edits, client);
          });
          return found ?? null;
        },
      ),
    );
  },
};
