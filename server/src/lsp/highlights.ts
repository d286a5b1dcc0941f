/** Uses of the symbol at a position in the same file. */
import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type DocumentHighlightParams,
} from './protocol.ts';
import { highlights as highlightsAt } from '../features/highlights.ts';
import { toRange } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

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
