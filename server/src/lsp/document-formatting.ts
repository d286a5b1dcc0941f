/** Formats a document. */
import type { DocumentFormattingParams, TextEdit } from './protocol.ts';
import { format } from '../features/formatting/format.ts';
import { toTextEdits } from './convert.ts';
import type { Feature } from './feature.ts';
import { formatOptions } from './format-options.ts';
import { guarded } from './guard.ts';

export const documentFormatting: Feature = {
  capability: { documentFormattingProvider: true },
  attach: (connection, session) => {
    connection.onDocumentFormatting(
      guarded<DocumentFormattingParams, TextEdit[]>(
        session.log,
        'textDocument/formatting',
        [],
        async ({ textDocument: { uri }, options }) => {
          // The edits are for this text, which may change while settings are read.
          const document = session.document(uri);
          const chosen = await formatOptions(session, uri, options);
          if (!document || session.document(uri) !== document) return [];
          return toTextEdits(document, format(document, chosen), session.client.encoding);
        },
      ),
    );
  },
};
