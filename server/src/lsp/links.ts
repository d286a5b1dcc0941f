/** `textDocument/documentLink`. */
import type { DocumentLink, DocumentLinkParams } from './protocol.ts';
import { fileLinks, links as linksIn } from '../features/links.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const links: Feature = {
  capability: { documentLinkProvider: {} },
  attach: (connection, session) => {
    connection.onDocumentLinks(
      guarded<DocumentLinkParams, DocumentLink[]>(
        session.log,
        'textDocument/documentLink',
        [],
        async ({ textDocument: { uri } }) => {
          const document = session.document(uri);
          if (!document) return [];
          const { context } = session.outside;
          const files = context ? await fileLinks(document, context) : [];
          return [...linksIn(document, session.rules, session.client.rulePage), ...files].map(
            ({ span, target }) => ({
              range: toRange(document, span, session.client.encoding),
              target,
            }),
          );
        },
      ),
    );
  },
};
