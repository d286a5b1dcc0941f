/** Renames the symbol at a position. */
import {
  LSPErrorCodes,
  ResponseError,
  type ChangeAnnotation,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type WorkspaceEdit,
} from './protocol.ts';
import { rename as renameAt, renameable, type Renamed } from '../features/rename.ts';
import type { Document } from '../model/document.ts';
import { toRange, toTextEdits, toWorkspaceEdit } from './convert.ts';
import type { Client } from './client.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const rename: Feature = {
  capability: { renameProvider: { prepareProvider: true } },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.onPrepareRename(
      guarded<PrepareRenameParams, Range | ResponseError | null>(
        log,
        'textDocument/prepareRename',
        null,
        (params) => {
          const found = at(session, params, (document, offset) => {
            const found = renameable(document, offset);
            if (found === undefined) return undefined;
            return 'refused' in found
              ? new ResponseError(LSPErrorCodes.RequestFailed, found.refused)
              : toRange(document, found, client.encoding);
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
            return answer(document, result, client);
          });
          return found ?? null;
        },
      ),
    );
  },
};

function answer(
  document: Document,
  result: Renamed,
  client: Client,
): WorkspaceEdit | ResponseError {
  if (result.refused !== undefined)
    return new ResponseError(LSPErrorCodes.RequestFailed, result.refused);
  const { edits, questions } = result;
  if (questions.length === 0) return toWorkspaceEdit(document, edits, client);
  if (client.versionedEdits && client.confirmsEdits) return confirmedEdit(document, result, client);
  const mention = questions.find(({ about }) => about === 'mention');
  if (mention !== undefined) return new ResponseError(LSPErrorCodes.RequestFailed, mention.reason);
  const all = [...edits, ...questions.flatMap((question) => question.edits)];
  return toWorkspaceEdit(document, all, client);
}

/** The editor shows the edits of each question with its reason, and makes them if the user selects them. */
function confirmedEdit(
  document: Document,
  { edits, questions }: Exclude<Renamed, { readonly refused: string }>,
  { encoding }: Client,
): WorkspaceEdit {
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const annotated = questions.flatMap(({ reason, edits: asked }, index) => {
    changeAnnotations[String(index)] = { label: reason, needsConfirmation: true };
    return toTextEdits(document, asked, encoding).map((edit) => ({
      ...edit,
      annotationId: String(index),
    }));
  });
  return {
    documentChanges: [
      {
        textDocument: { uri: document.uri, version: document.version },
        edits: [...toTextEdits(document, edits, encoding), ...annotated],
      },
    ],
    changeAnnotations,
  };
}
