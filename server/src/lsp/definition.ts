/** Definition of the symbol at a position. */
import type { DefinitionParams, Location } from './protocol.ts';
import { definition as definitionAt } from '../features/definition.ts';
import { toRange } from './convert.ts';
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
