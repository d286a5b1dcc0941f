/** Renames the symbol at a position. */
import {
  LSPErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type WorkspaceEdit,
} from './protocol.ts';
import { rename as renameAt, renameable } from '../features/rename.ts';
import { toRange, toWorkspaceEdit } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

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
            return result.refused !== undefined
              ? new ResponseError(LSPErrorCodes.RequestFailed, result.refused)
              : toWorkspaceEdit(document, result.edits, client);
          });
          return found ?? null;
        },
      ),
    );
  },
};
