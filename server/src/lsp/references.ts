/** References of the symbol at a position. */
import type { Location, ReferenceParams } from './protocol.ts';
import { references as referencesAt } from '../features/references.ts';
import { toRange } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';

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
