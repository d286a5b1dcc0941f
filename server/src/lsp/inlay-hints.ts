/** `textDocument/inlayHint`, with the kinds that the settings enable. */
import type { InlayHint, InlayHintParams } from './protocol.ts';
import { inlayHints as inlayHintsIn } from '../features/inlay-hints.ts';
import { toPosition, toSpan } from './convert.ts';
import type { Feature } from './feature.ts';
import { guarded } from './guard.ts';

export const inlayHints: Feature = {
  capability: { inlayHintProvider: true },
  attach: (connection, session) => {
    const { log, client } = session;
    connection.languages.inlayHint.on(
      guarded<InlayHintParams, InlayHint[]>(
        log,
        'textDocument/inlayHint',
        [],
        async ({ textDocument: { uri }, range }) => {
          const { hints } = await session.checking(uri);
          const document = session.document(uri);
          if (!document) return [];
          const within = toSpan(document, range, client.encoding);
          return inlayHintsIn(document, within, hints).map(({ offset, text }) => ({
            position: toPosition(document, offset, client.encoding),
            label: text,
            paddingLeft: true,
          }));
        },
      ),
    );
    session.listen({
      reconfigured: () => {
        if (!client.refreshesHints) return;
        connection.languages.inlayHint.refresh().catch((error: unknown) => {
          log('workspace/inlayHint/refresh failed', error);
        });
      },
    });
  },
};
