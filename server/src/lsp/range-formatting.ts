/** Formats part of a document. */
import type { DocumentRangeFormattingParams, TextEdit } from './protocol.ts';
import { format } from '../features/formatting/format.ts';
import { toSpan, toTextEdits } from './convert.ts';
import type { Feature } from './feature.ts';
import { formatOptions } from './format-options.ts';
import { guarded } from './guard.ts';

export const rangeFormatting: Feature = {
  capability: { documentRangeFormattingProvider: true },
  attach: (connection, session) => {
    const { encoding } = session.client;
    connection.onDocumentRangeFormatting(
      guarded<DocumentRangeFormattingParams, TextEdit[]>(
        session.log,
        'textDocument/rangeFormatting',
        [],
        async ({ textDocument: { uri }, range, options }) => {
          const document = session.document(uri);
          const chosen = await formatOptions(session, uri, options);
          if (!document || session.document(uri) !== document) return [];
          const span = toSpan(document, range, encoding);
          return toTextEdits(document, format(document, chosen, span), encoding);
        },
      ),
    );
  },
};
