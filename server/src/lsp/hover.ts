/** `textDocument/hover`. */
import { MarkupKind, type Hover, type HoverParams } from './protocol.ts';
import { hover as hoverAt } from '../features/hover.ts';
import { toRange } from './convert.ts';
import { at, type Feature } from './feature.ts';
import { guarded } from './guard.ts';
import { ignoreHover } from './ignore-answers.ts';

export const hover: Feature = {
  capability: { hoverProvider: true },
  attach: (connection, session) => {
    connection.onHover(
      guarded<HoverParams, Hover | null>(session.log, 'textDocument/hover', null, (params) => {
        const { ignoreFiles, client } = session;
        const ignoring = ignoreFiles.document(params.textDocument.uri);
        if (ignoring) return ignoreHover(ignoreFiles, ignoring, params.position, client);
        const found = at(session, params, (document, offset) => {
          const answer = hoverAt(document, offset, session.rules, session.client.rulePage);
          return (
            answer && {
              contents: { kind: MarkupKind.Markdown, value: answer.markdown },
              range: toRange(document, answer.span, session.client.encoding),
            }
          );
        });
        return found ?? null;
      }),
    );
  },
};
